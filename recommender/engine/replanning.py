"""The program after an event: only what must change changes (``docs/planning.md``)."""

import datetime as dt
from collections.abc import Collection, Sequence
from functools import partial

from curriculum_graph.compile import CompiledGraph, Float64
from curriculum_graph.snapshot import Goal
from recommender.engine.goals import targets_of
from recommender.engine.holdings import holdings_of
from recommender.engine.learner import Learner
from recommender.engine.planning import IRRELEVANCE, plan
from recommender.engine.planning_graph import prepare
from recommender.engine.program import Objective, Program

WORTH = 0.1
"""By what share of its price a program must be cheaper than the one that is kept, to take its place."""


def replan(  # noqa: PLR0913 - as `plan`
    graph: CompiledGraph,
    learner: Learner,
    relevance: Float64 | None = None,
    *,
    previous: Sequence[str],
    started: Collection[str] = (),
    objective: Objective = "balanced",
    model: str = "none",
    today: dt.date,
) -> Program:
    """Return a learner's program, as near to the one before as it can serve.

    Parameters
    ----------
    previous : the courses of the program before, in its order; whatever of them is taken, closed or gone is left out.
    started : courses that the learner has started and neither finished nor given up.
    the others : as for :func:`recommender.engine.planning.plan`.

    Returns
    -------
    A valid program. Given as ``previous`` with the other arguments unchanged, it comes back the same.

    Notes
    -----
    First there is what the program before still reaches. It gives way to a program that keeps of it what it can, and
    that one to a program planned afresh, only in order to reach more goal weight; for equal weight, to use more of
    what is started; else to save :data:`WORTH` of the price. This is done again until nothing changes: it ends, as
    each change is for the better. Three plans where nothing changes, five where something does once.
    """
    planned = partial(plan, graph, learner, relevance, objective=objective, model=model, today=today)
    fresh = planned()
    if not previous and not started:
        return fresh
    value = _Value(graph, learner, today, frozenset(started), objective)
    current = planned(keep=previous, started=started, only=previous)
    keep = previous
    while True:
        best = current
        for challenger in (planned(keep=keep, started=started), fresh):
            if value.is_better(challenger, best):
                best = challenger
        if best is current:
            return current
        keep = [step.course for step in best.steps]
        current = planned(keep=keep, started=started, only=keep)


class _Value:
    """What programs of one learner are compared by."""

    def __init__(
        self, graph: CompiledGraph, learner: Learner, today: dt.date, started: frozenset[str], objective: Objective
    ) -> None:
        prepared = prepare(graph)
        targets = targets_of(prepared, learner, holdings_of(prepared, learner, today))
        self._weights: dict[Goal, float] = {target.goal: target.weight for target in targets}
        self._started = started
        self._irrelevance = IRRELEVANCE if objective == "balanced" else 0.0

    def is_better(self, one: Program, other: Program) -> bool:
        """Say whether one program is so much better than the other that the other gives way."""
        mine, yours = self._reached(one), self._reached(other)
        return mine > yours or (mine == yours and self._price(one) < (1 - WORTH) * self._price(other))

    def _reached(self, program: Program) -> tuple[float, int]:
        lost = sum(self._weights[unmet.goal] for unmet in program.unmet)
        return -round(lost, 9), sum(step.course in self._started for step in program.steps)

    def _price(self, program: Program) -> float:
        return sum(
            step.minutes * (1 + self._irrelevance * (1 - (1.0 if step.relevance is None else step.relevance)))
            for step in program.steps
        )
