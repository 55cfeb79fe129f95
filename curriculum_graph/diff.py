"""What differs between two states of the curriculum, course by course and section by section."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec

from curriculum_graph.normal import Document, normal_course, normal_item, normal_programme
from curriculum_graph.snapshot import Course, Item, Programme, Snapshot

Aspect = Literal["texts", "requirements", "teaching", "targeting", "modules", "effort", "about"]
"""What a change is about, so that screens can group changes by what they mean for learners."""

ASPECTS: Mapping[str, Aspect] = {
    "title": "texts",
    "summary": "texts",
    "keywords": "texts",
    "requires": "requirements",
    "recommended_after": "requirements",
    "teaches": "teaching",
    "audiences": "targeting",
    "regions": "targeting",
    "industries": "targeting",
    "languages": "targeting",
    "accessibility": "targeting",
    "megabytes": "effort",
    "minutes": "effort",
    "modules": "modules",
    "mode": "about",
    "owner": "about",
    "licence": "about",
}
"""The aspect of each field of a course."""

OTHER_SECTIONS = (
    "languages", "frameworks", "regions", "audiences", "industries", "programmes", "items", "assets", "crosswalks",
)  # fmt: skip


class FieldChange(msgspec.Struct, frozen=True):
    """A field of a course before and after, as the document writes it (``None``: absent)."""

    field: str
    before: Any
    after: Any


class ModuleChanges(msgspec.Struct, frozen=True):
    """Codes of a course's modules that came, went, or hold something else; ``reordered``: the order changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reordered: bool = False


class CourseChange(msgspec.Struct, frozen=True):
    """One course that differs."""

    code: str
    fields: tuple[FieldChange, ...]
    modules: ModuleChanges

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """What the change is about, in the order of :data:`Aspect`."""
        found = {ASPECTS[change.field] for change in self.fields}
        return tuple(aspect for aspect in get_args(Aspect) if aspect in found)


class SectionChanges(msgspec.Struct, frozen=True):
    """Codes of one section that came, went, or hold something else. A crosswalk goes by ``from → to (relation)``."""

    section: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class SnapshotDiff(msgspec.Struct, frozen=True):
    """What differs between two snapshots. Codes are sorted; ``sections`` lists only those that differ."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[CourseChange, ...] = ()
    sections: tuple[SectionChanges, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two snapshots say the same."""
        return not (self.added or self.removed or self.changed or self.sections)


def diff_snapshots(before: Snapshot, after: Snapshot) -> SnapshotDiff:
    """Return what differs, the order of courses, of sections and of sets apart.

    Parameters
    ----------
    before, after : two states of the curriculum, each with distinct codes.

    Notes
    -----
    Linear in the sizes of both.

    Examples
    --------
    >>> from curriculum_graph.snapshot import FORMAT
    >>> old = Snapshot(format=FORMAT, courses=(Course(code="C1", title="A", minutes=10),))
    >>> new = Snapshot(format=FORMAT, courses=(Course(code="C1", title="A", minutes=20),))
    >>> diff_snapshots(old, new).changed[0].aspects
    ('effort',)
    """
    old = {course.code: course for course in before.courses}
    new = {course.code: course for course in after.courses}
    changes = (diff_courses(old[code], new[code]) for code in sorted(old.keys() & new.keys()))
    sections = (_diff_section(section, before, after) for section in OTHER_SECTIONS)
    return SnapshotDiff(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(change for change in changes if change is not None),
        sections=tuple(section for section in sections if section.added or section.removed or section.changed),
    )


def diff_courses(before: Course, after: Course) -> CourseChange | None:
    """Return what differs between two states of one course, or ``None`` if nothing does."""
    if before == after:
        return None
    old, new = normal_course(before), normal_course(after)
    changes = tuple(
        FieldChange(field=field, before=old.get(field), after=new.get(field))
        for field in ASPECTS
        if old.get(field) != new.get(field)
    )
    if not changes:
        return None
    return CourseChange(code=after.code, fields=changes, modules=_diff_modules(old, new))


def _diff_modules(before: Document, after: Document) -> ModuleChanges:
    old = {module["code"]: module for module in before.get("modules", ())}
    new = {module["code"]: module for module in after.get("modules", ())}
    stayed_before = [code for code in old if code in new]
    stayed_after = [code for code in new if code in old]
    return ModuleChanges(
        added=tuple(code for code in new if code not in old),
        removed=tuple(code for code in old if code not in new),
        changed=tuple(code for code in stayed_after if old[code] != new[code]),
        reordered=stayed_before != stayed_after,
    )


def _diff_section(section: str, before: Snapshot, after: Snapshot) -> SectionChanges:
    old, new = _by_name(getattr(before, section)), _by_name(getattr(after, section))
    return SectionChanges(
        section=section,
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(code for code in old.keys() & new.keys() if old[code] != new[code])),
    )


def _by_name(entries: Sequence[Any]) -> dict[str, Any]:
    return {getattr(entry, "code", None) or entry.name: _normal(entry) for entry in entries}


def _normal(entry: Any) -> Any:
    if isinstance(entry, Programme):
        return normal_programme(entry)
    return normal_item(entry) if isinstance(entry, Item) else entry
