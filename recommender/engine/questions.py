"""Other questions of a learner: what may I take next, what unlocks this course, how long to that goal, what if.

Like planning itself these are pure: the same release, learner, relevance and date give the same answer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec
import numpy as np

from curriculum_graph.snapshot import Goal
from recommender.engine.bundles import possible_now
from recommender.engine.fitting import fit
from recommender.engine.goals import targets_of
from recommender.engine.learner import LearnerGoal
from recommender.engine.planning_graph import PlanningGraph
from recommender.engine.program import Program, Unmet
from recommender.engine.situation import Situation
from recommender.engine.standing import Standing, checked

PACES = (30, 60, 120, 240)
"""Minutes a week for which it is said how long a goal takes, besides the learner's own."""

CourseState = Literal["taken", "next", "locked", "out_of_reach"]


class _Value(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    pass


class NextCourse(_Value, frozen=True):
    """A course that the learner may take now.

    ``position`` is its place in the program, where it is a step. ``opens`` are the courses that the learner could take
    once this one is taken, and cannot now. ``relevance`` is the model's; absent without a model.
    """

    course: str
    minutes: int
    position: int | None = None
    relevance: float | None = None
    opens: tuple[str, ...] = ()


class Missing(_Value, frozen=True):
    """One group of requirements that does not hold yet: any one of these satisfies it."""

    any_of: tuple[Goal, ...]


class Unlocking(_Value, frozen=True):
    """What unlocks a course.

    ``taken``: there is nothing to unlock. ``next``: it may be taken now. ``locked``: ``program`` is the shortest to
    take it, itself the last step. ``out_of_reach``: ``program`` says in ``unmet`` why there is none. ``missing`` are
    the course's own groups that do not hold yet.
    """

    course: str
    state: CourseState
    missing: tuple[Missing, ...]
    program: Program


class Pace(_Value, frozen=True):
    """How many weeks at so many minutes a week."""

    minutes_per_week: int
    weeks: int


class Stretch(_Value, frozen=True):
    """So many courses and minutes, and the weeks that they take at different paces, the learner's own first."""

    courses: tuple[str, ...]
    minutes: int
    paces: tuple[Pace, ...] = ()


class TimeTo(_Value, frozen=True):
    """How long it is to a goal.

    ``straight`` leads to this goal and no other, whatever the budget; ``None`` where it is out of reach, and ``unmet``
    says why. ``on_path`` is the present program up to where it reaches the goal; ``None`` where it does not.
    """

    goal: LearnerGoal
    held: bool
    straight: Stretch | None = None
    on_path: Stretch | None = None
    unmet: tuple[Unmet, ...] = ()


def next_courses(situation: Situation, steps: Sequence[str] = ()) -> tuple[NextCourse, ...]:
    """Return the outer fringe: courses that are open to the learner, not taken, and whose requirements all hold now.

    Parameters
    ----------
    steps : the courses of the learner's program, in order.

    Returns
    -------
    First the steps of the program, in its order; then those that teach something new, then the others; each by
    relevance (without a model, by how well they fit), then by code.

    Notes
    -----
    Complexity: linear in the graph, and log-linear in the courses of the fringe.
    """
    graph, standing = situation.graph, situation.standing()
    known = checked(situation.relevance, graph)
    worth = fit(standing) if known is None else known
    places = {code: place for place, code in enumerate(steps, 1)}
    fringe = np.flatnonzero(possible_now(standing)).tolist()
    opened = _opened(standing, set(fringe))
    found = sorted(
        (
            places.get(code, len(graph.course_codes) + 1),
            not standing.teaches_something_new(course),
            -worth[course],
            course,
        )
        for course in fringe
        for code in [graph.course_codes[course]]
    )
    return tuple(
        NextCourse(
            course=graph.course_codes[course],
            minutes=standing.prepared.minutes[course],
            position=places.get(graph.course_codes[course]),
            relevance=None if known is None else round(float(known[course]), 6),
            opens=tuple(graph.course_codes[each] for each in opened[course]),
        )
        for *_key, course in found
    )


def _opened(standing: Standing, fringe: Collection[int]) -> dict[int, list[int]]:
    """Return for each course of the fringe the courses that it alone makes possible, ascending."""
    locked = [course for course in np.flatnonzero(standing.usable).tolist() if course not in fringe]
    asked: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    groups = {course: standing.open_groups(course) for course in locked}
    for course, own in groups.items():
        for number, group in enumerate(own):
            for fact in group:
                asked[fact].append((course, number))
    opened = {}
    for course in fringe:
        met = {waiting for fact in standing.prepared.gives[course] for waiting in asked.get(fact, ())}
        count: defaultdict[int, int] = defaultdict(int)
        for waiting, _number in met:
            count[waiting] += 1
        opened[course] = sorted(each for each, number in count.items() if number == len(groups[each]))
    return opened


def unlocking(situation: Situation, course: str) -> Unlocking:
    """Return what unlocks a course for a learner, whatever their budget.

    Raises
    ------
    UnknownCode
        The release has no such course.
    """
    standing = situation.standing()
    index = standing.index(course)
    program = situation.plan_only(LearnerGoal(course=course))
    return Unlocking(
        course=course,
        state=_state(standing, index, program),
        missing=missing_for(standing, index),
        program=program,
    )


def missing_for(standing: Standing, course: int) -> tuple[Missing, ...]:
    """Return the groups of a course's requirements that do not hold yet; none for a course that was taken."""
    return tuple(
        Missing(any_of=tuple(_goal(standing.prepared, fact) for fact in group))
        for group in ([] if course in standing.holdings.taken else standing.open_groups(course))
    )


def _state(standing: Standing, course: int, program: Program) -> CourseState:
    if course in standing.holdings.taken:
        return "taken"
    if program.unmet:
        return "out_of_reach"
    return "locked" if standing.open_groups(course) else "next"


def _goal(prepared: PlanningGraph, fact: int) -> Goal:
    if fact < prepared.courses:
        return Goal(course=prepared.graph.course_codes[fact])
    competence, level = prepared.competence_level(fact)
    return Goal(competence=prepared.graph.competence_codes[competence], level=level)


def time_to(
    situation: Situation, goal: LearnerGoal, *, paces: Sequence[int] = PACES, steps: Sequence[str] = ()
) -> TimeTo:
    """Return how long it is to a goal, which need not be one of the learner's.

    Parameters
    ----------
    paces : minutes a week, each more than 0.
    steps : the courses of the learner's program, in order.

    Raises
    ------
    UnknownCode
        The release does not have what the goal names.
    """
    standing, learner = situation.standing(), situation.learner
    targets = targets_of(standing.prepared, msgspec.structs.replace(learner, goals=(goal,)), standing.holdings)
    program = situation.plan_only(goal)
    wanted = {target.fact for target in targets if not target.held}
    on_path = _until(standing, steps, wanted)
    ordered = tuple(dict.fromkeys([*([learner.minutes_per_week] if learner.minutes_per_week else []), *paces]))

    def stretch(courses: Iterable[str]) -> Stretch:
        listed = tuple(courses)
        minutes = sum(standing.prepared.minutes[standing.index(code)] for code in listed)
        return Stretch(
            courses=listed,
            minutes=minutes,
            paces=tuple(Pace(minutes_per_week=pace, weeks=-(-minutes // pace)) for pace in ordered),
        )

    return TimeTo(
        goal=goal,
        held=not wanted,
        straight=None if program.unmet else stretch(step.course for step in program.steps),
        on_path=None if on_path is None or not wanted else stretch(on_path),
        unmet=program.unmet,
    )


def _until(standing: Standing, steps: Sequence[str], wanted: Collection[int]) -> Sequence[str] | None:
    """Return the steps up to the one that reaches the last of the facts, or ``None`` where they do not reach all."""
    left = set(wanted)
    for place, code in enumerate(steps, 1):
        course = standing.prepared.course_index.get(code)
        if course is not None:
            left.difference_update(standing.prepared.gives[course])
        if not left:
            return steps[:place]
    return None
