"""What if: a learner's program if one thing or another were different, set beside the present one."""

import msgspec

from curriculum_graph.snapshot import Goal
from recommender.engine.differences import Difference, difference
from recommender.engine.goals import targets_of
from recommender.engine.learner import Learner, LearnerGoal
from recommender.engine.program import Program
from recommender.engine.situation import Situation
from recommender.engine.standing import Standing


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


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The program as it is, as it would be, and the difference from one to the other.

    ``reached`` of the difference has goals that are new and reached as well; a goal that is given up is not ``lost``.
    """

    before: Program
    after: Program
    difference: Difference


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


def what_if(situation: Situation, change: Change, present: Program | None = None) -> Comparison:
    """Return the program under a change, and how it differs from the present one (``None``: it is planned).

    The program under the change keeps of the present one what it can. None of its steps is skipped.

    Raises
    ------
    UnknownCode
        A goal or a course of ``add`` is not in the release. Courses of ``skip`` that are not are no error.
    """
    before = situation.plan(situation.learner) if present is None else present
    learner = changed(situation.learner, change)
    after = situation.plan(learner, keep=[step.course for step in before.steps], skip=change.skip)
    standing = situation.standing()
    taken = [situation.graph.course_codes[course] for course in standing.holdings.taken]
    had, has = _goals(standing, situation.learner), _goals(standing, learner)
    differs = difference(before, after, taken=taken, goals=has)
    missed = {unmet.goal for unmet in after.unmet}
    new = [goal for goal, held in has.items() if not held and goal not in had and goal not in missed]
    reached = tuple(dict.fromkeys([*differs.reached, *new]))
    return Comparison(before=before, after=after, difference=msgspec.structs.replace(differs, reached=reached))


def _goals(standing: Standing, learner: Learner) -> dict[Goal, bool]:
    """Return a learner's goals, expanded, and whether each is held before the program."""
    return {target.goal: target.held for target in targets_of(standing.prepared, learner, standing.holdings)}
