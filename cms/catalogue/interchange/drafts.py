"""What people wrote and have not published yet, which an import must not lose."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from wagtail.models import Revision


def find_drafts(rows: Sequence[tuple[Any, Any]], read: Callable[[Any], Any]) -> dict[int, Revision]:
    """Return, by primary key, the newest revision of the rows on which somebody has unpublished edits.

    ``rows`` are rows of one model, each with the value that is about to be published; ``read`` turns a row into such a
    value. A newest revision that says the same as what is published or about to be holds no edits.
    """
    newest = {row.latest_revision_id: (row, value) for row, value in rows if row.has_unpublished_changes}
    drafts = {}
    for revision in Revision.objects.filter(pk__in=[pk for pk in newest if pk]):
        row, coming = newest[revision.pk]
        published = read_or_none(read, row) if row.first_published_at else None
        draft = read_or_none(read, type(row).from_serializable_data(revision.content, check_fks=False))
        if draft is None or draft not in (published, coming):
            drafts[row.pk] = revision
    return drafts


def read_or_none(read: Callable[[Any], Any], row: Any) -> Any:
    """Return the value that a row holds, or None where it is not one that the document could hold."""
    try:
        return read(row)
    except msgspec.ValidationError:
        return None
