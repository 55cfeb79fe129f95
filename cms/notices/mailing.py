"""E-mails of notices: whatever is still due is sent, each in its reader's language."""

from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.notices import wording
from cms.notices.models import Notice

log = structlog.get_logger(__name__)


def mail_waiting() -> int:
    """Send every e-mail that is still due; return how many went out. What fails stays due and is tried again."""
    due = list(Notice.objects.filter(mail_due=True).select_related("recipient__wagtail_userprofile")[:500])
    if not due:
        return 0
    sent = 0
    with get_connection() as connection:
        for notice in due:
            claimed = Notice.objects.filter(pk=notice.pk, mail_due=True).update(mail_due=False)
            sent += bool(claimed) and _send(notice, connection)
    return sent


def _send(notice: Notice, connection: Any) -> bool:
    try:
        _message(notice, connection).send()
    except OSError as error:  # what smtplib and sockets raise: no server, refused, cut off
        Notice.objects.filter(pk=notice.pk).update(mail_due=True)
        log.warning("notice_not_mailed", notice=notice.pk, error=type(error).__name__)
        return False
    return True


def _message(notice: Notice, connection: Any) -> EmailMessage:
    user = notice.recipient
    profile = getattr(user, "wagtail_userprofile", None)
    with override((profile and profile.preferred_language) or settings.LANGUAGE_CODE):
        link = f"{settings.WAGTAILADMIN_BASE_URL}{notice.url}"
        end = _("You get this because you work on the curriculum. Your account says which e-mails you get.")
        body = f"{wording.sentence_of(notice)}\n\n{link}\n\n{end}\n"
        subject = " ".join(wording.title_of(notice).split())
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[user.email], connection=connection, headers=headers)
