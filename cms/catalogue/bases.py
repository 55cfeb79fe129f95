"""Reads of the bases of variants: what a variant was written from, and which stand on an earlier version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from cms.catalogue.merging.aligning import Block
from cms.catalogue.models import Module, Variant
from cms.catalogue.versions import BaseVersion, said_by, version_of
from curriculum_graph.snapshot import Text

REVISIONS_SEARCHED = 20
OUTDATED = ~Q(base_version="") & ~Q(base_version=F("module__version"))
"""The condition for variants whose base says something else than what they were written from."""
_IN_DRAFT = KeyTextTransform("base_version", "latest_revision__content")  # as text: PostgreSQL compares no JSON with it
_BASE_OF_DRAFT = Coalesce(_IN_DRAFT, Value(""), output_field=TextField())
UNMERGED = OUTDATED & ~(Q(has_unpublished_changes=True) & Q(Exact(_BASE_OF_DRAFT, F("module__version"))))
"""The condition for those of them of which no draft stands on the newest base either."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a base said: its version, its texts and sizes, its blocks, and when it was published."""

    version: str
    title: Text
    minutes: int | None
    megabytes: float | None
    body: list[dict[str, Any]]
    published_at: datetime | None

    @property
    def blocks(self) -> list[Block]:
        """The body to merge."""
        return read_blocks(self.body)


def read_blocks(body: Iterable[dict[str, Any]]) -> list[Block]:
    """Return the blocks of a body as its column has it."""
    return [Block(str(block.get("id") or ""), block["type"], block["value"]) for block in body]


def write_blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return a body as its column has it."""
    return [{"type": block.type, "value": block.value, "id": block.id} for block in blocks]


def current_base(module: Module) -> Base:
    """Return what a module's base says now."""
    return Base(module.version, published_at=module.last_published_at, **said_by(module))


def find_base(module: Module, version: str) -> Base | None:
    """Return what a base said in a version, or ``None`` where nobody kept it."""
    if version == module.version:
        return current_base(module)
    kept = BaseVersion.objects.filter(module=module, version=version).first()
    if kept is not None:
        return Base(version, kept.title, kept.minutes, kept.megabytes, kept.body, kept.published_at)
    for revision in module.revisions.order_by("-created_at")[:REVISIONS_SEARCHED]:
        said = said_by(revision.as_object())
        if version_of(said) == version:
            return Base(version, published_at=revision.created_at, **said)
    return None


def list_outdated(modules: Iterable[int] | None = None) -> QuerySet[Variant]:
    """Return the variants whose base has changed, of these modules (by primary key) or of all."""
    rows = Variant.objects.filter(OUTDATED).select_related("module")
    return rows if modules is None else rows.filter(module__in=list(modules))


def list_authors(variants: Iterable[Variant]) -> dict[int, Any]:
    """Return who wrote the newest revision of each variant, by the variant's primary key, in one query."""
    revisions = {variant.latest_revision_id: variant.pk for variant in variants if variant.latest_revision_id}
    rows = Variant.latest_revision.field.related_model.objects.filter(pk__in=revisions, user__isnull=False)
    return {revisions[row.pk]: row.user for row in rows.select_related("user").defer("content")}
