"""What would be different about a learner: the question "what if", as data."""

from collections.abc import Iterator

import msgspec

from curriculum_graph.errors import Problem
from recommender.engine.learner import Learner, LearnerGoal
from recommender.engine.vocabulary import Vocabulary, learner_problems


class Change(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """What would be different.

    Attributes
    ----------
    minutes_per_week, minutes_budget : another pace, another budget; ``None``: none at all; absent: as it is.
    skip : courses that are never chosen.
    add : courses that are wanted before every other goal.
    add_goals : goals besides the present ones.
    remove_goals : goals that are given up, whatever weight they have.
    """

    minutes_per_week: int | msgspec.UnsetType | None = msgspec.UNSET
    minutes_budget: int | msgspec.UnsetType | None = msgspec.UNSET
    skip: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    add_goals: tuple[LearnerGoal, ...] = ()
    remove_goals: tuple[LearnerGoal, ...] = ()


def changed(learner: Learner, change: Change) -> Learner:
    """Return the learner as they would be.

    Courses of ``add`` become goals that together weigh more than all others, so that none of them is left out for
    another goal where the budget allows it.

    Examples
    --------
    >>> changed(Learner(learner="a", minutes_budget=60), Change(minutes_per_week=120, minutes_budget=None))
    Learner(learner='a', minutes_per_week=120)
    """
    given_up = {_thing(goal) for goal in change.remove_goals}
    goals = [goal for goal in learner.goals if _thing(goal) not in given_up] + list(change.add_goals)
    heavy = 1.0 + sum(1.0 if goal.weight is None else goal.weight for goal in goals)
    goals += [LearnerGoal(course=course, weight=heavy) for course in dict.fromkeys(change.add)]
    state = msgspec.structs.replace(learner, goals=tuple(goals))
    if change.minutes_per_week is not msgspec.UNSET:
        state = msgspec.structs.replace(state, minutes_per_week=change.minutes_per_week)
    if change.minutes_budget is not msgspec.UNSET:
        state = msgspec.structs.replace(state, minutes_budget=change.minutes_budget)
    return state


def _thing(goal: LearnerGoal) -> LearnerGoal:
    return msgspec.structs.replace(goal, weight=None)


def change_problems(change: Change, known: Vocabulary) -> list[Problem]:
    """Return what a change names and the release does not know, each with its JSON pointer."""
    return [
        *_unknown_courses("skip", change.skip, known),
        *_unknown_courses("add", change.add, known),
        *_unknown_goals("add_goals", change.add_goals, known),
    ]


def _unknown_courses(field: str, codes: tuple[str, ...], known: Vocabulary) -> Iterator[Problem]:
    for place, code in enumerate(codes):
        if code not in known.courses:
            yield Problem(code="unknown_course", place=f"/{field}/{place}", fields={"code": code})


def _unknown_goals(field: str, goals: tuple[LearnerGoal, ...], known: Vocabulary) -> Iterator[Problem]:
    for problem in learner_problems(Learner(learner="", goals=goals), known, ""):
        yield Problem(code=problem.code, place=problem.place.replace("/goals", f"/{field}"), fields=problem.fields)
