"""Reads of notices."""

from typing import Any

from django.db.models import QuerySet

from cms.notices.models import Notice


def list_notices(user: Any, *, unread: bool = False) -> QuerySet[Notice]:
    """Return the notices of a user, newest first."""
    rows = Notice.objects.filter(recipient=user)
    return rows.filter(read_at=None) if unread else rows


def count_unread(user: Any) -> int:
    """Return how many notices a user has not read. Kept on the user for the request."""
    known: int | None = getattr(user, "_unread_notices", None)
    if known is None:
        known = user._unread_notices = Notice.objects.filter(recipient=user, read_at=None).count()
    return known
