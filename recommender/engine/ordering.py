"""The order of a program's steps, and its weeks."""

from collections.abc import Sequence

from curriculum_graph.compile import Float64
from recommender.engine.closure import FactSet, is_possible
from recommender.engine.planning_graph import PlanningGraph


def in_order(prepared: PlanningGraph, courses: Sequence[int], held: FactSet, relevance: Float64 | None) -> list[int]:
    """Return the courses so that each comes when its requirements hold.

    Among those that can come next: first one all of whose ``recommended_after`` (as far as they are steps) have come,
    then the most relevant, then by code. Complexity: quadratic in the number of courses.
    """
    facts = set(held)
    order: list[int] = []
    waiting = sorted(courses)
    while waiting:
        unplaced = set(waiting)
        course = min(
            (course for course in waiting if is_possible(prepared, course, facts)),
            key=lambda course: (
                len(unplaced.intersection(prepared.after[course]) - {course}),
                0.0 if relevance is None else -float(relevance[course]),
                course,
            ),
        )
        waiting.remove(course)
        order.append(course)
        facts.update(prepared.gives[course])
    return order


def weeks_of(minutes: Sequence[int], minutes_per_week: int | None) -> list[int | None]:
    """Return the week in which each step starts, counted from 1; ``None`` where the learner gives no minutes a week."""
    weeks: list[int | None] = []
    before = 0
    for step in minutes:
        weeks.append(None if minutes_per_week is None else 1 + before // minutes_per_week)
        before += step
    return weeks
