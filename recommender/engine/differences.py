"""How one program differs from the one before it."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

import msgspec

from curriculum_graph.snapshot import Goal
from recommender.engine.program import Program


class Difference(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is different in a program, by course codes.

    Attributes
    ----------
    added : steps that are new, in their order.
    taken : steps before that the learner has taken since, or need no longer take; they are no loss.
    removed : the other steps that are gone, in the order that they had.
    moved : the fewest steps that have to change places for the steps of both to stand in the new order.
    minutes, weeks : before and now; no weeks where one of the two has none.
    reached : goals that the program before did not reach and this one does.
    lost : goals that this one does not reach and the one before did, or did not have.
    """

    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    minutes: tuple[int, int] = (0, 0)
    weeks: tuple[int, int] | None = None
    reached: tuple[Goal, ...] = ()
    lost: tuple[Goal, ...] = ()


def difference(before: Program, after: Program, *, taken: Collection[str], goals: Collection[Goal]) -> Difference:
    """Return how a learner's program differs from the one before.

    Parameters
    ----------
    taken : courses that count as taken now.
    goals : the learner's goals now, expanded: a goal that was given up was not reached.
    """
    then, now = [step.course for step in before.steps], [step.course for step in after.steps]
    gone = [course for course in then if course not in now]
    missed, misses = [unmet.goal for unmet in before.unmet], [unmet.goal for unmet in after.unmet]
    return Difference(
        added=tuple(course for course in now if course not in then),
        taken=tuple(course for course in gone if course in taken),
        removed=tuple(course for course in gone if course not in taken),
        moved=moved(then, now),
        minutes=(before.total_minutes, after.total_minutes),
        weeks=None if before.weeks is None or after.weeks is None else (before.weeks, after.weeks),
        reached=tuple(goal for goal in missed if goal not in misses and goal in goals),
        lost=tuple(goal for goal in misses if goal not in missed),
    )


def moved(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest of the courses in both that have to move, in the new order: all but a longest common order.

    Complexity: n log n (patience sorting; M. L. Fredman, On computing the length of longest increasing subsequences,
    Discrete Mathematics 11 (1975) 29-35).

    Examples
    --------
    >>> moved(["a", "b", "c", "d"], ["d", "a", "b", "new", "c"])
    ('d',)
    """
    place = {course: number for number, course in enumerate(before)}
    shared = [course for course in after if course in place]
    tops: list[int] = []  # the least place that a common order of each length can end with
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for course in shared:
        length = bisect_left(tops, place[course])
        previous[course] = ends[length - 1] if length else None
        tops[length:] = [place[course], *tops[length + 1 :]]
        ends[length:] = [course, *ends[length + 1 :]]
    still: set[str] = set()
    course_or_none = ends[-1] if ends else None
    while course_or_none is not None:
        still.add(course_or_none)
        course_or_none = previous[course_or_none]
    return tuple(course for course in shared if course not in still)
