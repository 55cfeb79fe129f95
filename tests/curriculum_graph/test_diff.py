"""What differs between two states of the curriculum."""

from typing import Any

from curriculum_graph.diff import FieldChange, ModuleChanges, diff_courses, diff_snapshots
from curriculum_graph.snapshot import (
    FORMAT,
    Course,
    Goal,
    Group,
    MarkdownBlock,
    Module,
    Programme,
    Requirement,
    Snapshot,
    Term,
)


def course(code: str = "a", **fields: Any) -> Course:
    return Course(**{"code": code, "title": "T", "minutes": 10, **fields})


def group(*codes: str) -> Group:
    return Group(any_of=tuple(Requirement(course=code) for code in codes))


def test_courses_that_came_and_went_are_named() -> None:
    before = Snapshot(format=FORMAT, courses=(course("a"), course("b")))
    after = Snapshot(format=FORMAT, courses=(course("c"), course("b")))
    difference = diff_snapshots(before, after)
    assert (difference.added, difference.removed, difference.changed) == (("c",), ("a",), ())


def test_a_changed_field_is_shown_before_and_after() -> None:
    change = diff_courses(course(minutes=10), course(minutes=20, regions=("r",)))
    assert change is not None
    assert change.fields == (
        FieldChange(field="regions", before=None, after=["r"]),
        FieldChange(field="minutes", before=10, after=20),
    )
    assert change.aspects == ("targeting", "effort")


def test_another_order_of_a_set_is_no_change() -> None:
    before = course(audiences=("x", "y"), requires=(group("p", "q"), group("r")), languages=("vi", "en", "km"))
    after = course(audiences=("y", "x"), requires=(group("r"), group("q", "p")), languages=("vi", "km", "en"))
    assert diff_courses(before, after) is None


def test_another_first_language_is_a_change() -> None:
    change = diff_courses(course(languages=("vi", "en")), course(languages=("en", "vi")))
    assert change is not None
    assert change.aspects == ("targeting",)


def test_modules_that_came_went_changed_or_moved_are_named() -> None:
    def module(code: str, **fields: Any) -> Module:
        return Module(**{"code": code, "title": code, **fields})

    before = course(modules=(module("m1"), module("m2"), module("m3"), module("m4", markdown="x")))
    after = course(
        modules=(module("m3"), module("m2", minutes=5), module("m5"), module("m4", blocks=(MarkdownBlock(text="x"),)))
    )
    change = diff_courses(before, after)
    assert change is not None
    assert change.modules == ModuleChanges(added=("m5",), removed=("m1",), changed=("m2",), reordered=True)


def test_other_sections_name_what_came_went_or_changed() -> None:
    before = Snapshot(format=FORMAT, regions=(Term(code="r", title="R"), Term(code="s", title="S")))
    after = Snapshot(format=FORMAT, regions=(Term(code="s", title="Z"), Term(code="t", title="T")))
    (section,) = diff_snapshots(before, after).sections
    assert (section.section, section.added, section.removed, section.changed) == ("regions", ("t",), ("r",), ("s",))


def test_a_weight_of_one_is_no_weight() -> None:
    def snapshot(weight: float | None) -> Snapshot:
        goals = (Goal(course="a", weight=weight),)
        return Snapshot(format=FORMAT, programmes=(Programme(code="p", title="P", goals=goals),))

    assert diff_snapshots(snapshot(None), snapshot(1.0)).is_empty
    assert not diff_snapshots(snapshot(None), snapshot(2.0)).is_empty
