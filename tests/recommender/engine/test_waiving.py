"""A waived requirement is met, and is nothing else."""

import datetime as dt
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.waiving import WaivedRequirement, waived_on, without_requirements
from tests.recommender.engine.catalogues import COMPETENCES, catalogue, learner
from tests.recommender.engine.planners import TODAY, Document, catalogue_of, course, graph_of, level, needs, program_of
from tests.validity import violations

STAIRS = catalogue_of(
    course("one", teaches=[level("f:1", 1)]),
    course("two", teaches=[level("f:1", 2)], requires=[needs(("f:1", 1))]),
    course("three", teaches=[level("f:1", 3)], requires=[needs(("f:1", 2)), needs("key", "spare")]),
    course("key"),
    course("spare", 20),
)


def steps(waived: list[WaivedRequirement], *goals: Document) -> list[str]:
    program = program_of(without_requirements(graph_of(STAIRS), waived), {"learner": "a", "goals": list(goals)})
    return [step["course"] for step in program["steps"]]


def test_a_waived_level_opens_what_asks_for_it_and_for_levels_below() -> None:
    waived = [WaivedRequirement(competence="f:1", level=2)]
    assert steps(waived, {"course": "three"}) == ["key", "three"]
    assert steps(waived, {"course": "two"}) == ["two"]


def test_a_waived_level_is_no_goal_reached() -> None:
    assert steps([WaivedRequirement(competence="f:1", level=1)], level("f:1", 1)) == ["one"]


def test_a_level_waived_for_one_course_is_asked_for_by_the_others() -> None:
    waived = [WaivedRequirement(competence="f:1", level=2, required_by="three")]
    assert steps(waived, {"course": "three"}) == ["key", "three"]
    assert steps(waived, {"course": "two"}) == ["one", "two"]


def test_a_lower_level_than_is_asked_for_waives_nothing() -> None:
    assert steps([WaivedRequirement(competence="f:1", level=1)], {"course": "three"}) == ["key", "two", "three"]


def test_any_course_of_a_group_stands_for_the_requirement() -> None:
    waived = [WaivedRequirement(course="spare", required_by="three"), WaivedRequirement(competence="f:1", level=4)]
    assert steps(waived, {"course": "three"}) == ["three"]
    assert steps(waived, {"course": "spare"}) == ["spare"]


def test_what_the_release_does_not_know_waives_nothing() -> None:
    graph = graph_of(STAIRS)
    unknown = [
        WaivedRequirement(competence="f:9", level=1),
        WaivedRequirement(course="gone", required_by="three"),
        WaivedRequirement(course="key", required_by="gone"),
    ]
    assert without_requirements(graph, unknown) is graph


def test_a_requirement_is_waived_on_its_date_and_not_on_the_day_after() -> None:
    one = WaivedRequirement(competence="f:1", level=1, until="2026-06-01")
    assert waived_on([one], dt.date(2026, 6, 1)) == (one,)
    assert waived_on([one], dt.date(2026, 6, 2)) == ()


def _relaxed(document: Document, waived: list[WaivedRequirement]) -> Document:
    """Return a catalogue without the groups, taken out of the document rather than of the arrays."""

    def names(entry: dict[str, Any], one: WaivedRequirement) -> bool:
        if one.course is not None:
            return entry.get("course") == one.course
        return entry.get("competence") == one.competence and entry["level"] <= (one.level or 0)

    def is_met(group: Document, code: str) -> bool:
        asked = [one for one in waived if one.required_by in (None, code)]
        return any(names(entry, one) for entry in group["any_of"] for one in asked)

    courses = [
        {**one, "requires": [group for group in one.get("requires", []) if not is_met(group, one["code"])]}
        for one in document["courses"]
    ]
    return {**document, "courses": courses}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 12))
def test_programs_with_waived_requirements_are_valid_where_these_are_not_asked_for(seed: int, size: int) -> None:
    random = Random(seed)
    document, who = catalogue(seed, size), learner(seed + 1, size)
    codes = [f"c{n}" for n in range(size)]
    waived = [
        random.choice(
            [
                WaivedRequirement(course=random.choice(codes), required_by=random.choice(codes)),
                WaivedRequirement(
                    competence=(name := random.choice(list(COMPETENCES))),
                    level=random.randint(1, COMPETENCES[name]),
                    required_by=random.choice([None, *codes]),
                ),
            ]
        )
        for _ in range(random.randint(1, 3))
    ]
    program = program_of(without_requirements(graph_of(document), waived), who)
    assert violations(_relaxed(document, waived), who, program, TODAY) == []
