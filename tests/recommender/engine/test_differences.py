"""What changed between two programs is told without a word too many."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from curriculum_graph.snapshot import Goal
from recommender.engine.differences import Difference, difference, moved
from recommender.engine.program import Program, Step, Unmet


def program(*courses: str, unmet: tuple[str, ...] = (), pace: int | None = None) -> Program:
    minutes = 10 * len(courses)
    return Program(
        learner="a", release="r", model="none", objective="balanced", status="partial" if unmet else "complete",
        steps=tuple(Step(position=n, course=code, minutes=10, reasons=()) for n, code in enumerate(courses, 1)),
        unmet=tuple(Unmet(goal=Goal(course=code), reason="over_budget") for code in unmet),
        total_minutes=minutes, weeks=None if pace is None else -(-minutes // pace),
    )  # fmt: skip


def changed(before: Program, after: Program, taken: tuple[str, ...] = (), goals: tuple[str, ...] = ()) -> Difference:
    return difference(before, after, taken=taken, goals=[Goal(course=code) for code in goals])


def test_the_same_program_differs_in_nothing() -> None:
    same = program("a", "b")
    assert changed(same, same) == Difference(minutes=(20, 20))


def test_a_step_that_was_taken_is_not_among_the_removed() -> None:
    found = changed(program("a", "b", "c"), program("c", "d"), taken=("a",))
    assert (found.added, found.taken, found.removed) == (("d",), ("a",), ("b",))


def test_minutes_and_weeks_are_told_as_they_were_and_are() -> None:
    found = changed(program("a", "b", "c", pace=10), program("c", pace=10))
    assert (found.minutes, found.weeks) == ((30, 10), (3, 1))


def test_weeks_are_not_compared_with_none() -> None:
    assert changed(program("a", pace=10), program("a")).weeks is None


def test_a_goal_that_was_given_up_was_not_reached() -> None:
    before, after = program(unmet=("x", "y")), program(unmet=("z",))
    found = changed(before, after, goals=("y", "z"))
    assert found.reached == (Goal(course="y"),)
    assert found.lost == (Goal(course="z"),)


@given(st.permutations("abcdef"), st.permutations("abcdefgh"))
def test_without_those_that_moved_the_order_is_the_old_one_and_no_fewer_would_do(
    before: list[str], after: list[str]
) -> None:
    found = moved(before, after)
    still = [course for course in after if course in before and course not in found]
    assert still == [course for course in before if course in still]
    assert len(still) == _longest_common_order(before, after)


def _longest_common_order(before: list[str], after: list[str]) -> int:
    places = [after.index(course) for course in before]
    longest = [1] * len(places)
    for end, place in enumerate(places):
        longest[end] = 1 + max((longest[start] for start in range(end) if places[start] < place), default=0)
    return max(longest)


def test_one_step_brought_forward_is_one_move() -> None:
    for order in permutations("ab"):
        assert moved([*order, "c", "z"], ["z", *order, "c"]) == ("z",)
