"""Publishing many things at once: the rows, revisions and log entries that Wagtail's own publishing would have left.

One thing at a time, Wagtail saves a revision, reads it back, saves the row again, logs and indexes: some fifteen
statements. Here each of these is one statement for hundreds of things. No signals are sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from cms.taxonomy.api import bulk

STATE = ("live", "expired", "has_unpublished_changes", "latest_revision", "live_revision", "first_published_at",
         "last_published_at", "latest_revision_created_at", "draft_title")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who publishes, when, and the id under which the log groups it all."""

    actor: Any
    at: datetime
    uuid: UUID


@dataclass(frozen=True, slots=True)
class Change:
    """A row that holds its new values, not written yet.

    ``draft`` is a person's revision that must stay newest; ``name`` is what the row was called before.
    """

    row: Any
    draft: Revision | None = None
    name: str | None = None

    @property
    def is_new(self) -> bool:
        """Whether the row has never been written."""
        return bool(self.row._state.adding)


def publish(changes: Sequence[Change], names: Iterable[str], occasion: Occasion) -> None:
    """Write rows of one model and make what they hold live; ``names`` are the fields written of a row that exists."""
    new = [change for change in changes if change.is_new]
    old = [change for change in changes if not change.is_new]
    _without_children([change.row for change in new])
    _with_children([change.row for change in old])
    bulk.insert([change.row for change in new])
    revisions = Revision.objects.bulk_create([_revision(change, occasion) for change in changes])
    for change, revision in zip(changes, revisions, strict=True):
        _mark_published(change, revision, occasion)
    bulk.update([change.row for change in old], [*names, *STATE])
    _write_state_of_new([change.row for change in new], occasion)
    bulk.index([change.row for change in new], new=True)
    bulk.index([change.row for change in old], new=False)
    _log(changes, {change.row.pk for change in new}, occasion)


def unpublish(model: Any, pks: Sequence[int], occasion: Occasion) -> None:
    """Take live rows of one model out of the catalogue. Their content and history stay, as drafts."""
    for some in bulk.chunks(pks):
        rows = list(model.objects.filter(pk__in=some))
        _base(model)._base_manager.filter(pk__in=some).update(
            live=False, has_unpublished_changes=True, live_revision=None
        )
        Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(_base(model), for_concrete_model=False),
            object_id__in=[str(row.pk) for row in rows],
        ).update(approved_go_live_at=None)
        bulk.log(
            [(row, "wagtail.unpublish", None, {}) for row in rows],
            actor=occasion.actor,
            at=occasion.at,
            uuid=occasion.uuid,
        )


def _base(model: Any) -> Any:
    return Page if issubclass(model, Page) else model


def _without_children(rows: Iterable[Any]) -> None:
    """Say of new rows that nothing hangs below them (comments, for a page), so that nobody asks the database."""
    for row in rows:
        names = [relation.get_accessor_name() for relation in get_all_child_relations(row)]
        if names:
            row._cluster_related_objects = {name: [] for name in names}


def _with_children(rows: Sequence[Any]) -> None:
    """Read what hangs below existing rows, which belongs in their revisions: one query for each relation."""
    if not rows:
        return
    for relation in get_all_child_relations(type(rows[0])):
        below: dict[int, list[Any]] = {}
        for child in relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": rows}):
            below.setdefault(getattr(child, relation.field.attname), []).append(child)
        for row in rows:
            related = row.__dict__.setdefault("_cluster_related_objects", {})
            related[relation.get_accessor_name()] = below.get(row.pk, [])


def _revision(change: Change, occasion: Occasion) -> Revision:
    row = change.row
    return Revision(
        content_type=ContentType.objects.get_for_model(row, for_concrete_model=False),
        base_content_type=ContentType.objects.get_for_model(_base(type(row)), for_concrete_model=False),
        object_id=str(row.pk),
        created_at=_moment(change, occasion),
        user=occasion.actor,
        object_str=str(row),
        content=row.serializable_data(),
    )


def _moment(change: Change, occasion: Occasion) -> datetime:
    """Return when the revision was made: now; or, below somebody's draft, just before that, so that it stays newest."""
    if change.draft is None:
        return occasion.at
    newest: datetime = change.draft.created_at
    return newest - timedelta(microseconds=1)


def _mark_published(change: Change, revision: Revision, occasion: Occasion) -> None:
    row = change.row
    row.live = True
    row.expired = False
    row.live_revision = revision
    row.first_published_at = row.first_published_at or occasion.at
    row.last_published_at = occasion.at
    row.has_unpublished_changes = change.draft is not None
    if change.draft is None:
        row.latest_revision = revision
        if isinstance(row, Page):
            row.latest_revision_created_at = occasion.at
            row.draft_title = row.title


def _write_state_of_new(rows: Sequence[Any], occasion: Occasion) -> None:
    """Write what only the revisions of new rows could tell, without writing their content a second time."""
    if not rows:
        return
    base = _base(type(rows[0]))
    revision = Subquery(
        Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(base, for_concrete_model=False),
            object_id=Cast(OuterRef("pk"), TextField()),
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    pages = {"latest_revision_created_at": Value(occasion.at), "draft_title": F("title")} if base is Page else {}
    base._base_manager.filter(pk__in=[row.pk for row in rows]).update(
        latest_revision=revision,
        live_revision=revision,
        first_published_at=Coalesce(F("first_published_at"), Value(occasion.at)),
        last_published_at=occasion.at,
        **pages,
    )


def _log(changes: Sequence[Change], new: set[int], occasion: Occasion) -> None:
    entries: list[tuple[Any, str, int | None, dict[str, Any]]] = []
    for change in changes:
        row, revision = change.row, change.row.live_revision_id
        data: dict[str, Any] = {}
        if change.name not in (None, str(row)):
            data = {"title": {"old": change.name, "new": str(row)}}
            entries.append((row, "wagtail.rename", revision, data))
        if row.pk in new and isinstance(row, Page):
            entries.append((row, "wagtail.create", None, {}))
        entries.append((row, "wagtail.publish", revision, data))
    bulk.log(entries, actor=occasion.actor, at=occasion.at, uuid=occasion.uuid)
