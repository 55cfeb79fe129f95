"""Reads of the log."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import IntegerField, QuerySet, Value

READ_LOG = "wagtailcore.view_modellogentry"


def may_read_log(user: Any) -> bool:
    """Whether a user may read the whole log, whoever acted and on what."""
    return bool(user.has_perm(READ_LOG))


def list_entries(logs: Sequence[Any], narrow: Callable[[QuerySet[Any]], QuerySet[Any]]) -> QuerySet[Any]:
    """Return the key and time of entries of several logs, newest first, each log narrowed before they are joined."""
    parts = [
        narrow(log.objects.values("pk", "timestamp").annotate(log_model_index=Value(index, IntegerField()))).order_by()
        for index, log in enumerate(logs)
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-timestamp")


def read_entries(logs: Sequence[Any], keys: Iterable[dict[str, Any]]) -> list[Any]:
    """Return the entries with these keys, in their order, in one query a log and two for people and kinds."""
    wanted = [(row["log_model_index"], row["pk"]) for row in keys]
    found: dict[tuple[int, int], Any] = {}
    for index, log in enumerate(logs):
        pks = [pk for of, pk in wanted if of == index]
        for entry in log.objects.filter(pk__in=pks).prefetch_related("user", "content_type"):
            found[index, entry.pk] = entry
    return [found[key] for key in wanted if key in found]
