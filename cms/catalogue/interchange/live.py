"""What is live, as the values of the catalogue document."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from cms.catalogue.interchange import values
from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.taxonomy.api import bulk, read_taxonomies
from curriculum_graph import snapshot
from curriculum_graph.errors import Problem
from curriculum_graph.snapshot import Snapshot

Value = TypeVar("Value")


def read_live() -> tuple[Snapshot, list[Problem]]:
    """Return all live content, and what of it had to be left out.

    Left out, with a problem, are modules that a live course lists and that are not live themselves, and things that are
    not as the document could say them. A live module that no live course lists has no place in the document at all.
    """
    problems: list[Problem] = []
    snapshot = _read(problems, tuple(_read_courses(problems)))
    return snapshot, problems


def read_outline() -> Snapshot:
    """Return all live content but the modules: what requirements and references are checked against."""
    rows = CoursePage.objects.filter(live=True).order_by("code").iterator(bulk.CHUNK)
    return _read([], tuple(_readable("course", lambda row: values.course_value(row, ()), rows, [])))


def _read(problems: list[Problem], courses: tuple[snapshot.Course, ...]) -> Snapshot:
    items = TestItem.objects.filter(live=True).order_by("code")
    return Snapshot(
        format="curriculum-catalogue/1",
        courses=courses,
        items=tuple(_readable("item", values.item_value, items, problems)),
        assets=tuple(_readable("asset", values.asset_value, Asset.objects.order_by("code"), problems)),
        **read_taxonomies(),
    )


def _read_courses(problems: list[Problem]) -> Iterator[snapshot.Course]:
    rows = list(CoursePage.objects.filter(live=True).order_by("code"))
    modules: dict[str, snapshot.Module] = {}
    for codes in bulk.chunks(list(dict.fromkeys(code for row in rows for code in row.modules))):
        modules.update((module.code, module) for module in _read_modules(codes, problems))

    def read(row: CoursePage) -> snapshot.Course:
        return values.course_value(row, [modules[code] for code in row.modules if code in modules])

    for row in rows:
        problems.extend(
            Problem(
                code="module_not_live",
                place=f"installed/courses/{row.code}",
                fields={"course": row.code, "module": code},
            )
            for code in row.modules
            if code not in modules
        )
    yield from _readable("course", read, rows, problems)


def _read_modules(codes: Sequence[str], problems: list[Problem]) -> Iterator[snapshot.Module]:
    rows = list(Module.objects.filter(live=True, code__in=codes))
    variants: dict[int, list[snapshot.Variant]] = {}

    def read_variant(row: Variant) -> tuple[int, snapshot.Variant]:
        return row.module_id, values.variant_value(row)

    those = Variant.objects.filter(live=True, module__in=rows).order_by("module", "code")
    for module_id, variant in _readable("variant", read_variant, those, problems):
        variants.setdefault(module_id, []).append(variant)
    return _readable("module", lambda row: values.module_value(row, variants.get(row.pk, ())), rows, problems)


def _readable(kind: str, read: Callable[[Any], Value], rows: Iterable[Any], problems: list[Problem]) -> Iterator[Value]:
    """Yield what ``read`` makes of each row; a row that the document cannot say becomes a problem."""
    for row in rows:
        try:
            yield read(row)
        except msgspec.ValidationError as error:
            fields = {"kind": kind, "code": row.code, "detail": str(error)}
            problems.append(
                Problem(code="content_unreadable", place=f"installed/{kind}s/{row.code}", fields={**fields})
            )
