"""What may I take next, what unlocks this course, how long is it, what if: by hand, and by brute force."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.change import Change, changed
from recommender.engine.comparing import Comparison, what_if
from recommender.engine.errors import UnknownCode
from recommender.engine.learner import LearnerGoal
from recommender.engine.questions import next_courses, time_to, unlocking
from recommender.engine.situation import Situation
from tests.recommender.engine.catalogues import catalogue
from tests.recommender.engine.catalogues import learner as some_learner
from tests.recommender.engine.planners import (
    TODAY,
    Document,
    catalogue_of,
    course,
    graph_of,
    learner_of,
    level,
    needs,
    relevance_of,
)
from tests.validity import World

STAIRS = (
    course("a", 10, teaches=[level("f:1", 1)]),
    course("b", 20, requires=[needs(("f:1", 1))], teaches=[level("f:1", 2)]),
    course("c", 30, requires=[needs("b"), needs("a", "z")]),
    course("x", 50, teaches=[level("f:1", 2)]),
    course("z", 5, requires=[needs("closed")]),
    course("closed", 5, regions=["south"]),
)
SOUTH = {"regions": [{"code": "south", "title": "…"}]}


def situation(learner: Document, relevance: list[float] | None = None, *courses: Document) -> Situation:
    graph = graph_of(catalogue_of(*(courses or STAIRS), **SOUTH))
    values = None if relevance is None else np.array(relevance)
    return Situation(graph, learner_of({"learner": "l", **learner}), values, TODAY)


def test_next_are_the_courses_whose_requirements_hold_now_with_what_each_opens() -> None:
    found = next_courses(situation({}))
    assert [(each.course, each.opens) for each in found] == [("a", ("b",)), ("x", ("b",))]


def test_steps_of_the_program_come_first_then_the_more_relevant() -> None:
    courses = [course(code) for code in "pqrs"]
    found = next_courses(situation({}, [0.1, 0.2, 0.9, 0.3], *courses), steps=["q", "p"])
    assert [(each.course, each.position) for each in found] == [("q", 1), ("p", 2), ("r", None), ("s", None)]


def test_what_teaches_only_levels_that_are_held_comes_last() -> None:
    found = next_courses(situation({"mastered": [level("f:1", 1)]}, [0.9, 0.5, 0.5, 0.5, 0.5, 0.5]))
    assert [each.course for each in found] == ["b", "x", "a"]


def test_what_unlocks_a_course_is_the_shortest_program_and_the_groups_that_do_not_hold() -> None:
    found = unlocking(situation({"minutes_budget": 0}), "c")
    assert (found.state, [step.course for step in found.program.steps]) == ("locked", ["a", "b", "c"])
    assert msgspec.to_builtins(found.missing) == (
        {"any_of": ({"course": "b"},)},
        {"any_of": ({"course": "a"}, {"course": "z"})},
    )


@pytest.mark.parametrize(
    ("learner", "code", "state"),
    [
        ({}, "a", "next"),
        ({"completed": ["a"]}, "a", "taken"),
        ({}, "closed", "out_of_reach"),
        ({}, "z", "out_of_reach"),
    ],
)
def test_a_course_is_taken_or_next_or_out_of_reach(learner: Document, code: str, state: str) -> None:
    found = unlocking(situation(learner), code)
    assert found.state == state
    assert bool(found.program.unmet) == (state == "out_of_reach")


def test_what_unlocks_a_course_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownCode):
        unlocking(situation({}), "alchemy")


def test_the_time_to_a_goal_is_said_for_the_learners_pace_and_for_others() -> None:
    found = time_to(situation({"minutes_per_week": 20}), LearnerGoal(course="c"), paces=(60, 20, 30))
    assert found.straight is not None
    assert (found.straight.courses, found.straight.minutes) == (("a", "b", "c"), 60)
    assert [(pace.minutes_per_week, pace.weeks) for pace in found.straight.paces] == [(20, 3), (60, 1), (30, 2)]


def test_on_the_path_a_goal_takes_as_long_as_the_steps_up_to_it() -> None:
    goal = LearnerGoal(competence="f:1", level=2)
    found = time_to(situation({}), goal, steps=["a", "x", "b", "c"])
    assert found.on_path is not None
    assert (found.on_path.courses, found.on_path.minutes) == (("a", "x"), 60)
    assert time_to(situation({}), goal, steps=["a"]).on_path is None


def test_a_goal_that_is_held_takes_no_time() -> None:
    found = time_to(situation({"completed": ["a"]}), LearnerGoal(course="a"))
    assert found.held
    assert found.straight is not None
    assert (found.straight.minutes, found.on_path) == (0, None)


def test_a_goal_out_of_reach_says_why_instead_of_how_long() -> None:
    found = time_to(situation({}), LearnerGoal(course="closed"))
    assert (found.straight, found.unmet[0].reason) == (None, "not_open_to_learner")


def compared(learner: Document, **change: Any) -> Comparison:
    return what_if(situation(learner), msgspec.convert(change, Change))


TO_C: Document = {"goals": [{"course": "c"}], "minutes_per_week": 20}


def test_with_more_time_a_week_only_the_weeks_change() -> None:
    found = compared(TO_C, minutes_per_week=60)
    assert (found.difference.weeks, found.difference.minutes) == ((3, 1), (60, 60))
    assert (found.difference.added, found.difference.removed, found.difference.moved) == ((), (), ())


def test_with_less_budget_a_goal_is_lost() -> None:
    found = compared(TO_C, minutes_budget=30)
    assert [goal.course for goal in found.difference.lost] == ["c"]
    assert found.difference.removed == ("a", "b", "c")


def test_without_the_budget_a_goal_is_gained() -> None:
    found = compared({**TO_C, "minutes_budget": 30}, minutes_budget=None)
    assert [goal.course for goal in found.difference.reached] == ["c"]


def test_a_skipped_course_gives_way_to_another_way_there() -> None:
    found = compared({"goals": [{"competence": "f:1", "level": 2}]}, skip=["b"])
    assert [step.course for step in found.after.steps] == ["x"]
    assert (found.difference.added, found.difference.removed) == (("x",), ("a", "b"))


def test_a_goal_that_only_a_skipped_course_reaches_is_lost() -> None:
    found = compared(TO_C, skip=["b"])
    assert (found.after.steps, [goal.course for goal in found.difference.lost]) == ((), ["c"])


def test_an_added_course_comes_before_other_goals_in_a_budget() -> None:
    found = compared({**TO_C, "minutes_budget": 60}, add=["x"])
    assert [step.course for step in found.after.steps] == ["x"]
    assert [goal.course for goal in found.difference.reached] == ["x"]
    assert [goal.course for goal in found.difference.lost] == ["c"]


def test_goals_are_added_and_given_up() -> None:
    found = compared(TO_C, add_goals=[{"course": "x"}], remove_goals=[{"course": "c", "weight": 2}])
    assert [step.course for step in found.after.steps] == ["x"]
    assert found.difference.lost == ()


def test_an_added_course_outweighs_all_goals_together() -> None:
    learner = learner_of({"learner": "l", "goals": [{"course": "a", "weight": 3}, {"course": "b"}]})
    assert changed(learner, Change(add=("x",))).goals[-1] == LearnerGoal(course="x", weight=5.0)


seeds = st.integers(min_value=0, max_value=10**6)


def some_situation(seed: int, size: int) -> tuple[Document, Document, Situation]:
    content, learner = catalogue(seed, size), some_learner(seed, size)
    return content, learner, Situation(graph_of(content), learner_of(learner), relevance_of(seed, size), TODAY)


@given(seeds, st.integers(1, 12))
def test_the_fringe_is_what_its_definition_says_and_so_is_what_it_opens(seed: int, size: int) -> None:
    content, learner, asked = some_situation(seed, size)
    world = World(content, learner, TODAY)
    able = {code for code in world.open if code not in world.start.taken and world.start.allows(world.courses[code])}
    found = next_courses(asked)
    assert {each.course for each in found} == able
    assert len(found) == len(able)
    for each in found:
        then = world.start.copy()
        then.take(world.courses[each.course])
        opened = {code for code in world.open - able if code not in then.taken and then.allows(world.courses[code])}
        assert set(each.opens) == opened


@given(seeds, st.integers(1, 12), st.integers(0, 11))
def test_what_unlocks_a_course_ends_with_it_or_says_why_there_is_nothing(seed: int, size: int, which: int) -> None:
    _content, _learner, asked = some_situation(seed, size)
    code = f"c{which % size}"
    found = unlocking(asked, code)
    if found.state in {"next", "locked"}:
        assert found.program.steps[-1].course == code
    else:
        assert found.program.steps == ()
    assert (found.state == "next") == (code in {each.course for each in next_courses(asked)})


@given(seeds, st.integers(1, 12), st.sets(st.integers(0, 11), max_size=4))
def test_what_if_never_takes_a_course_that_is_skipped(seed: int, size: int, skipped: set[int]) -> None:
    _content, _learner, asked = some_situation(seed, size)
    skip = {f"c{number}" for number in skipped}
    found = what_if(asked, Change(skip=tuple(sorted(skip))))
    assert skip.isdisjoint(step.course for step in found.after.steps)
    assert {step.course for step in found.before.steps} - set(found.difference.removed) | set(
        found.difference.added
    ) == {step.course for step in found.after.steps}


@given(seeds, st.integers(1, 12))
def test_where_nothing_changes_nothing_differs(seed: int, size: int) -> None:
    _content, _learner, asked = some_situation(seed, size)
    found = what_if(asked, Change())
    assert found.after == found.before
