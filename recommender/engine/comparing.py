"""What if: a learner's program if one thing or another were different, set beside the present one."""

from collections.abc import Sequence

import msgspec

from curriculum_graph.snapshot import Goal
from recommender.engine.change import Change, changed
from recommender.engine.differences import Difference, difference
from recommender.engine.goals import targets_of
from recommender.engine.learner import Learner
from recommender.engine.program import Program, Status, Unmet
from recommender.engine.situation import Situation
from recommender.engine.standing import Standing


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The program as it is, as it would be, and the difference from one to the other.

    ``reached`` of the difference has goals that are new and reached as well; a goal that is given up is not ``lost``.
    """

    before: Program
    after: Program
    difference: Difference


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
    standing = situation.standing()
    taken = [situation.graph.course_codes[course] for course in standing.holdings.taken]
    had, has = _goals(standing, situation.learner), _goals(standing, learner)
    planned = situation.plan(learner, keep=[step.course for step in before.steps], skip=change.skip)
    after = _with_unknown(planned, [unmet for unmet in before.unmet if unmet.goal not in had])
    differs = difference(before, after, taken=taken, goals=has)
    missed = {unmet.goal for unmet in after.unmet}
    new = [goal for goal, held in has.items() if not held and goal not in had and goal not in missed]
    reached = tuple(dict.fromkeys([*differs.reached, *new]))
    return Comparison(before=before, after=after, difference=msgspec.structs.replace(differs, reached=reached))


def _with_unknown(program: Program, unknown: Sequence[Unmet]) -> Program:
    """Return a program that does not reach, besides, goals that the release no longer knows."""
    if not unknown:
        return program
    status: Status = "partial" if program.steps else "infeasible"
    return msgspec.structs.replace(program, unmet=(*program.unmet, *unknown), status=status)


def _goals(standing: Standing, learner: Learner) -> dict[Goal, bool]:
    """Return a learner's goals, expanded, and whether each is held before the program."""
    return {target.goal: target.held for target in targets_of(standing.prepared, learner, standing.holdings)}
