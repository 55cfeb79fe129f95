"""Taking out what a document does not name.

What people write is unpublished: its drafts and its history stay, and its code stays taken. Taxonomies and assets,
which have no drafts, are deleted, unless a draft that stays refers to them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from cms.catalogue.interchange.publication import Occasion, unpublish
from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.taxonomy.api import Report, prune_taxonomies, read_taxonomies
from curriculum_graph.api import Problem
from curriculum_graph.snapshot import Snapshot

AUTHORED: tuple[tuple[str, Any], ...] = (
    ("course", CoursePage),
    ("module", Module),
    ("variant", Variant),
    ("item", TestItem),
)
REFERENCES = {
    "audiences": "audience",
    "regions": "region",
    "industries": "industry",
    "competence": "competence",
    "asset": "asset",
}
"""Fields of drafts that hold codes of things which pruning deletes, and their kinds."""


def prune(document: Snapshot, report: Report, occasion: Occasion | None) -> None:
    """Take out what ``document`` does not name, users before what they use; without an occasion only count it."""
    named = _named(document)
    for kind, model in AUTHORED:
        keys = ("pk", "module__code", "code") if model is Variant else ("pk", "code")
        gone = [row[0] for row in model.objects.filter(live=True).values_list(*keys) if row[1:] not in named[kind]]
        report.of(kind).removed += len(gone)
        if occasion is not None:
            unpublish(model, gone, occasion)
    unused = Asset.objects.exclude(code__in=[asset.code for asset in document.assets])
    report.of("asset").removed += unused.count()
    if occasion is not None:
        unused.delete()
    prune_taxonomies(document, report, dry_run=occasion is None)


def check_prune(document: Snapshot) -> Iterator[Problem]:
    """Yield what cannot be deleted because a draft that stays refers to it."""
    gone = _deleted(document)
    if not any(gone.values()):
        return
    for kind, model in AUTHORED:
        drafts = model.objects.filter(Q(first_published_at=None) | Q(live=True, has_unpublished_changes=True))
        for row in drafts.select_related("latest_revision").iterator(200):
            content = row.latest_revision.content if row.latest_revision else row.serializable_data()
            used = {(name, code) for name, code in _references(content) if code in gone[name]}
            for name, code in sorted(used):
                yield Problem(
                    code="still_used",
                    place=f"installed/{kind}s/{row.code}",
                    fields={"kind": name, "code": code, "user": f"{kind} {row.code}"},
                )


def _named(document: Snapshot) -> dict[str, set[tuple[str, ...]]]:
    modules = [module for course in document.courses for module in course.modules]
    return {
        "course": {(course.code,) for course in document.courses},
        "module": {(module.code,) for module in modules},
        "variant": {(module.code, variant.code) for module in modules for variant in module.variants},
        "item": {(item.code,) for item in document.items},
    }


def _deleted(document: Snapshot) -> dict[str, set[str]]:
    live = read_taxonomies()
    parts = {"audience": "audiences", "region": "regions", "industry": "industries"}
    gone = {
        kind: {value.code for value in live[part]} - {value.code for value in getattr(document, part)}
        for kind, part in parts.items()
    }
    named = {value.code for framework in document.frameworks for value in framework.competences}
    gone["competence"] = {value.code for framework in live["frameworks"] for value in framework.competences} - named
    assets = {asset.code for asset in document.assets}
    gone["asset"] = set(Asset.objects.values_list("code", flat=True)) - assets
    return gone


def _references(content: Any) -> Iterator[tuple[str, str]]:
    """Yield the kind and code of everything that a revision names, whatever its depth."""
    if isinstance(content, list):
        for part in content:
            yield from _references(part)
    elif isinstance(content, dict):
        for name, part in content.items():
            kind = REFERENCES.get(name)
            if kind and isinstance(part, str | list):
                yield from ((kind, code) for code in _codes(part))
            else:
                yield from _references(_unpacked(part))


def _codes(part: str | list[Any]) -> Iterable[str]:
    """Return the codes in a field; revisions hold some lists as JSON text."""
    unpacked = _unpacked(part)
    return [unpacked] if isinstance(unpacked, str) else [code for code in unpacked if isinstance(code, str)]


def _unpacked(part: Any) -> Any:
    if isinstance(part, str) and part[:1] in "[{":
        try:
            return json.loads(part)
        except ValueError:  # a text that merely looks like it
            return part
    return part
