"""What courses stand on and lead to."""

import pytest

from curriculum_graph.errors import NotFound
from curriculum_graph.paths import depths, map_courses, needed_by_all, prerequisites_of, unlocked_by, unreachable
from tests.curriculum_graph.test_deadlocks import course, group

COURSES = map_courses(
    [
        course("a", teaches=(("k", 2),)),
        course("b"),
        course("c", group("a", "b")),
        course("d", group("c"), group(("k", 1))),
        course("e", group("f")),
        course("f", group("e")),
        course("g", group("e")),
    ]
)


def test_prerequisites_reach_back_through_groups_and_levels() -> None:
    assert prerequisites_of(COURSES, "d") == {"a", "b", "c"}


def test_what_a_course_unlocks_reaches_all_the_way_on() -> None:
    assert unlocked_by(COURSES, "a") == {"c", "d"}


def test_only_what_no_way_avoids_is_needed() -> None:
    assert needed_by_all(COURSES, "d") == {"a", "c"}
    assert needed_by_all(COURSES, "c") == set()


def test_depth_is_the_earliest_round() -> None:
    assert depths(COURSES) == {"a": 1, "b": 1, "c": 2, "d": 3}


def test_the_unreachable_are_those_in_a_deadlock_and_behind_it() -> None:
    assert unreachable(COURSES) == {"e", "f", "g"}


def test_an_unknown_course_is_not_found() -> None:
    with pytest.raises(NotFound):
        prerequisites_of(COURSES, "x")


def test_an_arrow_says_which_groups_it_may_satisfy() -> None:
    assert COURSES.graph["a"]["d"]["groups"] == (1,)
