"""The kinds of things that have codes, and how to find them: what pickers ask.

Taxonomies are registered here; apps above register theirs when they are ready (this app never imports them).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse

from cms.searching import api as searching
from cms.taxonomy.fields import localised
from curriculum_graph.snapshot import Text

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a picker offers."""

    code: str
    title: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How to find the things of one kind.

    ``title`` and ``note`` are the names of fields that hold a text (``note`` may follow a relation); ``edit`` is the
    name of the address of the editor.
    """

    model: str
    edit: str
    title: str = "title"
    note: str = ""

    def rows(self) -> QuerySet[Any]:
        """Return every row of the kind."""
        rows: QuerySet[Any] = apps.get_model(self.model)._default_manager.all()
        return rows

    def read(self, rows: QuerySet[Any]) -> Any:
        """Return id, code, title and note of rows."""
        names = ["pk", "code", self.title, self.note or self.title]
        return rows.values_list(*names)


Limit = Callable[[QuerySet[Any], Any], QuerySet[Any]]
_kinds: dict[str, Kind] = {}
_limits: dict[str, Limit] = {}


def register_kind(name: str, kind: Kind) -> None:
    """Make things of a kind findable under a name."""
    _kinds[name] = kind


def limit_kind(name: str, limit: Limit) -> None:
    """Narrow what a user is offered of a kind. Apps above know who may choose what (and are ready first)."""
    _limits[name] = limit


def find_kind(name: str) -> Kind | None:
    """Return the kind with this name."""
    return _kinds.get(name)


def search(name: str, words: str, user: Any) -> list[Found]:
    """Return what a user may choose of a kind that answer some words (all, without words), the best first."""
    kind = _kinds[name]
    rows = kind.rows()
    if name in _limits:
        rows = _limits[name](rows, user)
    if not words.strip():
        return [_found(kind, row) for row in kind.read(rows.order_by("code"))[:LIMIT]]
    keys = searching.find_keys(rows, words)[:LIMIT]
    found = {row[0]: row for row in kind.read(rows.filter(pk__in=keys))}
    return [_found(kind, found[key]) for key in keys]


def resolve(kind: Kind, codes: list[str]) -> list[Found]:
    """Return those of the codes that exist, whoever asks."""
    return [_found(kind, row) for row in kind.read(kind.rows().filter(code__in=codes).order_by("code"))]


def _found(kind: Kind, row: tuple[int, str, Text | None, Text | None]) -> Found:
    pk, code, title, note = row
    return Found(
        code=code,
        title=localised(title) or code,
        url=reverse(kind.edit, args=[pk]),
        note=localised(note) if kind.note else "",
    )
