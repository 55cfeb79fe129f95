"""Writes: give notices, and mark them read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cms.notices import wording
from cms.notices.models import Notice
from cms.notices.tasks import send_mails


def notify(
    recipients: Iterable[Any], kind: str, *, about: str, url: str, data: Mapping[str, Any], at: datetime
) -> list[Notice]:
    """Tell people something once: whoever has had a notice of this kind about the same thing is left alone.

    Read recipients with ``select_related("wagtail_userprofile")``: their preferences are there.
    E-mails follow when the transaction is committed, from a worker where there is one.
    """
    people = {user.pk: user for user in recipients if user and user.is_active}
    told = Notice.objects.filter(kind=kind, about=about, recipient__in=people).values_list("recipient", flat=True)
    for pk in set(told) if about else ():
        del people[pk]
    notices = Notice.objects.bulk_create(
        Notice(
            recipient=user,
            kind=kind,
            about=about,
            url=url,
            data=dict(data),
            created_at=at,
            mail_due=_mailed(user, kind),
        )
        for user in people.values()
    )
    if any(notice.mail_due for notice in notices):
        transaction.on_commit(send_mails.delay)
    return notices


def mark_read(user: Any, *, at: datetime, pk: int | None = None) -> int:
    """Mark one notice of a user, or all, as read; return how many were unread."""
    unread = Notice.objects.filter(recipient=user, read_at=None)
    return (unread if pk is None else unread.filter(pk=pk)).update(read_at=at)


def _mailed(user: Any, kind: str) -> bool:
    if not user.email:
        return False
    known = wording.find_kind(kind)
    profile = getattr(user, "wagtail_userprofile", None)
    return profile is None or not (known and known.preference) or getattr(profile, f"{known.preference}_notifications")
