"""Writing many rows in few statements, with the search and reference indexes that Wagtail keeps beside them.

Saving row by row costs some thirty milliseconds a page; most of that is signals, savepoints and a query for each
index. These functions leave the rows that ``save()`` would have left, and send no signals.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.constants import OnConflict
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import class_is_indexed
from wagtail.log_actions import registry as log_registry
from wagtail.models import PageLogEntry, ReferenceIndex

T = TypeVar("T")
CHUNK = 500
"""Rows handled at once: enough that a statement's own cost counts for little, few enough that their memory does."""

_CONTENT_ACTIONS = {"wagtail.create", "wagtail.publish"}


def chunks(things: Sequence[T], size: int = CHUNK) -> Iterable[Sequence[T]]:
    """Yield ``things`` in pieces of at most ``size``."""
    for start in range(0, len(things), size):
        yield things[start : start + size]


def insert(objects: Sequence[Any]) -> None:
    """Insert new rows of one model and give the objects their primary keys. The model may derive from another (a page).

    Each table of a derived model is filled as ``Model.save`` does it, only many rows at a time, which ``bulk_create``
    refuses to do.
    """
    if not objects:
        return
    for table in reversed(_tables(type(objects[0]))):
        link = table._meta.pk
        if link.remote_field is not None:
            for thing in objects:
                setattr(thing, link.attname, getattr(thing, link.target_field.attname))
        fields = [field for field in _fields(table) if not isinstance(field, models.AutoField)]
        returned = table._base_manager.all()._batched_insert(objects, fields, batch_size=None)
        for thing, row in zip(objects, returned, strict=False):
            for value, field in zip(row, table._meta.db_returning_fields, strict=True):
                setattr(thing, field.attname, value)
    for thing in objects:
        thing._state.adding = False


def update(objects: Sequence[Any], names: Iterable[str]) -> None:
    """Write the fields ``names`` of existing rows of one model.

    An insert that conflicts with the row's own key and then updates it: one statement for many rows, where
    ``bulk_update`` builds a CASE of as many branches for each field.
    """
    if not objects:
        return
    wanted = set(names)
    for table in _tables(type(objects[0])):
        changing = [field for field in _fields(table) if field.name in wanted]
        if changing:
            table._base_manager.all()._batched_insert(
                objects,
                _fields(table),
                batch_size=None,
                on_conflict=OnConflict.UPDATE,
                update_fields=changing,
                unique_fields=[table._meta.pk],
            )


def index(objects: Sequence[Any], *, new: bool) -> None:
    """Bring the search index and the reference index up to date with rows of one model that were just written."""
    if objects:
        _index_for_search(objects)
        _index_references(objects, new=new)


def log(
    entries: Sequence[tuple[Any, str, int | None, dict[str, Any]]], *, actor: Any, at: datetime, uuid: UUID
) -> None:
    """Append to the log that people see as a thing's history; the things are of one model.

    An entry is a thing, an action, the id of a revision and what else there is to say.
    """
    if not entries:
        return
    model = type(entries[0][0])
    table = log_registry.get_log_model_for_model(model)
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    is_page = issubclass(table, PageLogEntry)
    table.objects.bulk_create(
        [
            table(
                **({"page_id": thing.pk} if is_page else {"object_id": str(thing.pk)}),
                content_type=content_type,
                label=thing.get_admin_display_title() if is_page else str(thing),
                action=action,
                timestamp=at,
                user=actor,
                uuid=uuid,
                revision_id=revision,
                content_changed=action in _CONTENT_ACTIONS,
                data=data,
            )
            for thing, action, revision, data in entries
        ]
    )


def _tables(model: type[models.Model]) -> list[Any]:
    return [model, *model._meta.get_parent_list()]


def _fields(table: Any) -> list[Any]:
    return [field for field in table._meta.local_concrete_fields if not field.generated]


def _index_for_search(objects: Sequence[Any]) -> None:
    model = type(objects[0])
    if not class_is_indexed(model):
        return
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(model, objects)


def _index_references(objects: Sequence[Any], *, new: bool) -> None:
    model = type(objects[0])
    if not ReferenceIndex.is_indexed(model):
        return
    known = [ContentType.objects.get_for_model(table, for_concrete_model=False) for table in _tables(model)]
    if not new:
        ReferenceIndex.objects.filter(
            base_content_type=known[-1], content_type__in=known, object_id__in=[str(thing.pk) for thing in objects]
        ).delete()
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=known[0],
                base_content_type=known[-1],
                object_id=thing.pk,
                to_content_type_id=target_type,
                to_object_id=target,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for thing in objects
            for target_type, target, model_path, content_path in sorted(
                set(ReferenceIndex._extract_references_from_object(thing))
            )
        ]
    )
