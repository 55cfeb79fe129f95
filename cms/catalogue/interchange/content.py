"""Test items, assets, modules, variants and courses from a document into content, in pieces of a few hundred."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cms.catalogue.interchange import values
from cms.catalogue.interchange.drafts import find_drafts, read_or_none
from cms.catalogue.interchange.normal import normal_course, normal_module, normal_variant
from cms.catalogue.interchange.publication import Change, Occasion, publish
from cms.catalogue.interchange.shelves import Shelves
from cms.catalogue.interchange.tree import attach
from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.catalogue.searching import follow_modules
from cms.catalogue.versions import replace_bases
from cms.taxonomy.api import Report, bulk, write_rows
from curriculum_graph import snapshot
from curriculum_graph.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
"""Called with a kind, how many of it are done and how many there are."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How things of one kind are read from a row, and compared: ``read`` of a row is ``normal`` of what it holds."""

    name: str
    model: Any
    read: Callable[[Any], Any]
    normal: Callable[[Any], Any]


_ITEM = _Kind("item", TestItem, values.item_value, lambda value: value)
_MODULE = _Kind("module", Module, lambda row: normal_module(values.module_value(row, ())), normal_module)
_VARIANT = _Kind("variant", Variant, lambda row: normal_variant(values.variant_value(row)), normal_variant)
_COURSE = _Kind(
    "course",
    CoursePage,
    lambda row: normal_course(values.course_value(row, [snapshot.Module(code=c, title="") for c in row.modules])),
    normal_course,
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A thing as the document has it: its key among the rows, its label for people, its value and fields.

    ``start`` are the fields that only a new row gets.
    """

    key: Any
    label: str
    value: Any
    fields: dict[str, Any]
    start: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """Writes content of a document. Without an occasion nothing is written, and the report says what would be."""

    report: Report
    occasion: Occasion | None
    progress: Progress

    def write_assets(self, assets: Sequence[snapshot.Asset]) -> None:
        """Write the assets' rows. Their bytes are kept elsewhere."""
        write_rows("asset", Asset, [values.asset_fields(asset) for asset in assets], self.report, not self.occasion)

    def write_items(self, items: Sequence[snapshot.Item]) -> None:
        """Write test items."""
        for done, some in _counted(items):
            rows = TestItem.objects.in_bulk([item.code for item in some], field_name="code")
            wanted = [_Wanted(item.code, f"item {item.code}", item, values.item_fields(item)) for item in some]
            self._publish(_ITEM, wanted, rows)
            self.progress("item", done, len(items))

    def write_modules(self, courses: Sequence[snapshot.Course]) -> None:
        """Write the modules of courses and their variants, each once however many courses list it."""
        modules = {module.code: (module, course) for course in courses for module in course.modules}
        for done, some in _counted(list(modules.values()), 200):
            rows = Module.objects.in_bulk([module.code for module, _course in some], field_name="code")
            wanted = [
                _Wanted(
                    module.code, f"module {module.code}", module, values.module_fields(module),
                    {"owner": course.owner or ""},
                )
                for module, course in some
            ]  # fmt: skip
            self._publish(_MODULE, wanted, rows)
            self._write_variants([module for module, _course in some], {w.key: w.fields["version"] for w in wanted})
            self.progress("module", done, len(modules))

    def _write_variants(self, modules: Sequence[snapshot.Module], versions: Mapping[str, str]) -> None:
        """Write the variants of modules. A document's variants stand on the bases that it has beside them."""
        ids = dict(Module.objects.filter(code__in=[module.code for module in modules]).values_list("code", "pk"))
        rows = {(row.module_id, row.code): row for row in Variant.objects.filter(module__in=ids.values())}
        wanted = [
            _Wanted(
                (ids.get(module.code), variant.code), f"variant {module.code} {variant.code}", variant,
                {**values.variant_fields(module.code, variant), "base_version": versions[module.code]},
                {"module_id": ids.get(module.code)},
            )
            for module in modules
            for variant in module.variants
        ]  # fmt: skip
        for some in bulk.chunks(wanted):
            self._publish(_VARIANT, some, rows)

    def write_courses(self, document: Snapshot) -> None:
        """Write the courses' pages; a new one goes below its owner and subject."""
        shelves = Shelves(document, self.occasion) if self.occasion else None
        for done, some in _counted(document.courses):
            rows = CoursePage.objects.in_bulk([course.code for course in some], field_name="code")
            wanted = [
                _Wanted(course.code, f"course {course.code}", course, values.course_fields(course)) for course in some
            ]
            self._publish(_COURSE, wanted, rows, shelves)
            self.progress("course", done, len(document.courses))

    def _publish(
        self, kind: _Kind, wanted: Iterable[_Wanted], rows: Mapping[Any, Any], shelves: Shelves | None = None
    ) -> None:
        """Publish the things that differ from what is live, and count them all."""
        tally = self.report.of(kind.name)
        created, updated = [], []
        for thing in wanted:
            row = rows.get(thing.key)
            if row is None:
                created.append(thing)
            elif row.live and read_or_none(kind.read, row) == kind.normal(thing.value):
                tally.unchanged += 1
            else:
                updated.append((thing, row))
        tally.created += len(created)
        tally.updated += len(updated)
        drafts = find_drafts([(row, kind.normal(thing.value)) for thing, row in updated], kind.read)
        self.report.drafts_kept += [thing.label for thing, row in updated if row.pk in drafts]
        if self.occasion is None or not (created or updated):
            return
        new = [Change(kind.model(**thing.fields, **thing.start)) for thing in created]
        if shelves and new:
            places = shelves.place([thing.value for thing in created])
            attach([(place, change.row) for place, change in zip(places, new, strict=True)])
        if kind is _MODULE:
            replace_bases([row for thing, row in updated if row.version != thing.fields["version"]])
        old = [Change(name=str(row), row=_set(row, thing.fields), draft=drafts.get(row.pk)) for thing, row in updated]
        publish([*new, *old], _names(updated), self.occasion)
        if kind.model is Module and old:
            follow_modules([change.row for change in old])


def _names(updated: Sequence[tuple[_Wanted, Any]]) -> set[str]:
    """Return the fields of existing rows that are written. A page keeps the address it has."""
    return {name for thing, _row in updated for name in thing.fields} - {"slug"}


def _set(row: Any, fields: Mapping[str, Any]) -> Any:
    for name, value in fields.items():
        if name != "slug":
            setattr(row, name, value)
    return row


def _counted(things: Sequence[Any], size: int = 500) -> Iterable[tuple[int, Sequence[Any]]]:
    """Yield pieces of ``things``, each with how many are done after it."""
    done = 0
    for some in bulk.chunks(things, size):
        done += len(some)
        yield done, some
