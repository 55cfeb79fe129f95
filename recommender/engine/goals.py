"""A learner's goals, expanded: distinct courses and levels, each with its weight."""

from dataclasses import dataclass

from curriculum_graph.snapshot import Goal
from recommender.engine.errors import UnknownCode
from recommender.engine.holdings import Holdings
from recommender.engine.learner import Learner, LearnerGoal
from recommender.engine.planning_graph import Key, PlanningGraph


@dataclass(frozen=True, slots=True)
class Target:
    """One distinct goal. ``fact`` is what reaches it (``NO_FACT`` where no framework goes so high); ``held`` says that
    the learner has it before the program starts. For a course, ``competence`` and ``level`` are 0.
    """

    goal: Goal
    fact: int
    weight: float
    held: bool
    competence: int = 0
    level: int = 0


def targets_of(prepared: PlanningGraph, learner: Learner, holdings: Holdings) -> tuple[Target, ...]:
    """Return the distinct goals in the order in which the learner names them, repeated goals with added weights.

    Raises
    ------
    UnknownCode
        A goal names a course, competence or programme that the release does not have.
    """
    return tuple(_target(prepared, holdings, key, weight) for key, weight in expanded(prepared, learner).items())


def expanded(prepared: PlanningGraph, learner: Learner) -> dict[Key, float]:
    """Return the weights of the distinct goals, in the order in which the learner names them.

    Raises
    ------
    UnknownCode
        A goal names a course, competence or programme that the release does not have.
    """
    weights: dict[Key, float] = {}
    for goal in learner.goals:
        weight = 1.0 if goal.weight is None else goal.weight
        for key, share in _shares(prepared, goal):
            weights[key] = weights.get(key, 0.0) + weight * share
    return weights


def _shares(prepared: PlanningGraph, goal: LearnerGoal) -> tuple[tuple[Key, float], ...]:
    """Return what a goal stands for, and how much of its weight each part has."""
    if goal.programme is not None:
        return prepared.programme_goals[_known("programme", goal.programme, prepared.programme_index)]
    if goal.course is not None:
        return (((True, _known("course", goal.course, prepared.course_index), 0), 1.0),)
    if goal.competence is not None and goal.level is not None:
        return (((False, _known("competence", goal.competence, prepared.competence_index), goal.level), 1.0),)
    return ()


def _known(kind: str, name: str, index: dict[str, int]) -> int:
    if name not in index:
        raise UnknownCode(kind=kind, name=name)
    return index[name]


def _target(prepared: PlanningGraph, holdings: Holdings, key: Key, weight: float) -> Target:
    is_course, index, level = key
    if is_course:
        goal = Goal(course=prepared.graph.course_codes[index])
        return Target(goal, index, weight, held=index in holdings.taken)
    goal = Goal(competence=prepared.graph.competence_codes[index], level=level)
    held = holdings.levels.get(index, 0) >= level
    return Target(goal, prepared.level_fact(index, level), weight, held, index, level)
