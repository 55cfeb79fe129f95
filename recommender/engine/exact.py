"""The best program there is, with a proof: the same question that the planner answers, put to HiGHS.

For audits, tests and benchmarks: some hundred times slower than planning. What "best" means, ``docs/planning.md`` says.
The problem is cut down (:mod:`.exact_core`), then solved as an integer program (:mod:`.exact_model`), one criterion
after another: weight, then the objective's first measure, then its second.
"""

import datetime as dt
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curriculum_graph.compile import CompiledGraph, Float64
from recommender.engine.eligibility import open_to, profile_of
from recommender.engine.exact_core import Core, Limit, Mask, bits, core_of, mask_of
from recommender.engine.exact_cuts import Cut
from recommender.engine.exact_model import Found, Model
from recommender.engine.goals import targets_of
from recommender.engine.holdings import holdings_of
from recommender.engine.learner import Learner
from recommender.engine.planning import IRRELEVANCE
from recommender.engine.planning_graph import NO_FACT, prepare
from recommender.engine.program import Objective

_TOLERANCE = 1e-6
"""Sums that differ by no more are equal."""
_RELAXING = 0.3
"""The share of the time left that one relaxation may take."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A best program, or the best that the time allowed.

    Attributes
    ----------
    courses : indices of the courses, in an order in which they can be taken.
    weight : the weight of the goals reached, of those not held before.
    minutes, price : totals of the courses; the price is the objective's first measure.
    proven : no program is better.
    bound : no program of this weight has a lower price. Without a proof the weight may be short as well.
    weight_bound : no program within the budget reaches more weight.
    """

    courses: tuple[int, ...]
    weight: float
    minutes: int
    price: float
    proven: bool
    bound: float
    weight_bound: float


def plan_exact(
    graph: CompiledGraph,
    learner: Learner,
    relevance: Float64 | None = None,
    *,
    objective: Objective,
    today: dt.date,
    seconds: float = 60.0,
    start: Sequence[int] = (),
) -> Exact:
    """Return a best program of a learner.

    Parameters
    ----------
    relevance : float64[C] in [0, 1], aligned with ``graph.course_codes``, or ``None``: no model.
    objective, today : as in planning.
    start : courses of a program that is known, best the planner's; nothing worse is looked for, or returned. Without
        one, where time runs out, the program returned may be far from the best.
    seconds : by the clock, for solving (the reductions come on top); then the best that was found is returned, with
        ``proven`` false.

    Notes
    -----
    Contains set cover and knapsack: worst case exponential; a national learner mostly takes some 10 to 100 ms.
    """
    deadline = time.monotonic() + seconds
    prepared = prepare(graph)
    holdings = holdings_of(prepared, learner, today)
    usable = open_to(graph.courses_for, profile_of(graph, learner))
    usable[list(holdings.taken)] = False
    targets = targets_of(prepared, learner, holdings)
    goals = {target.fact: target.weight for target in targets if not target.held and target.fact != NO_FACT}
    minutes = graph.minutes.astype(np.float64)
    measures = _measures(minutes, relevance, objective)
    core = core_of(prepared, holdings.facts, usable, goals, [minutes, *measures])
    solver = _Solver(core, minutes, measures, learner.minutes_budget, deadline)
    solver.start(start)
    return solver.solve()


def _measures(minutes: Float64, relevance: Float64 | None, objective: Objective) -> tuple[Float64, Float64]:
    """Return what programs of the same weight are compared by, one after the other."""
    lost = np.zeros_like(minutes) if relevance is None else minutes * (1.0 - relevance)
    if objective == "minutes":
        return minutes, lost
    return minutes + IRRELEVANCE * lost, minutes


class _Solver:
    """Solves a core, one criterion after another, and keeps the best program seen."""

    def __init__(
        self, core: Core, minutes: Float64, measures: tuple[Float64, Float64], budget: int | None, deadline: float
    ) -> None:
        self.core, self.budget, self.deadline = core, budget, deadline
        self.minutes, self.first, self.second = (measure[core.courses] for measure in (minutes, *measures))
        self.weights = np.array([goal.weight for goal in core.goals])
        self.whole, self.slack, self.step = _whole(self.weights)
        self.cuts: list[Cut] = []
        self.best: Mask = 0
        self.proven = True
        self.bound = 0.0
        self.weight_bound = float(self.weights.sum())

    def start(self, courses: Sequence[int]) -> None:
        """Begin with a program that is known, if it is one."""
        place_of = {course: place for place, course in enumerate(self.core.courses)}
        self._keep(mask_of(self.core.founded(mask_of(place_of[c] for c in courses if c in place_of))))

    def solve(self) -> Exact:
        if self.core.goals:
            if self.budget is not None:
                self._find_weight(self.budget)
            self._find_price()
        return self._exact()

    def _find_weight(self, budget: int) -> None:
        """Find the largest weight within the budget: from a known program on, more is asked for until there is none."""
        self.core.reduce(Limit(tuple(self.minutes.tolist()), budget, ()))
        if not self.best:
            found = self._model(self.core, self.cuts, 0.0).heaviest(self.whole, self.deadline)
            self._keep(found.chosen)
            self.proven = found.proven
            self.weight_bound = -found.bound * self.weight_bound / float(self.whole.sum())
            return
        core, cuts = self.core.copy(), list[Cut]()  # what holds of programs of more weight need not hold of others
        while (weight := self._whole_weight() + self.step) <= self.whole.sum() + self.slack:
            found = self._cheapest(core, cuts, self.minutes, weight, budget)
            self._keep(found.chosen)
            if found.chosen is None or self._whole_weight() < weight - self.slack:
                self.proven = found.proven
                break
        if self.proven:
            self.weight_bound = float(self.weights[self.core.reached(self.best)].sum())

    def _find_price(self) -> None:
        """Find the least of the first measure for that weight, then of the second."""
        weight = float(self.whole.sum()) if self.budget is None else self._whole_weight()
        is_known = self._whole_weight() >= weight - self.slack
        has_second = bool(self.second.any()) and not (self.first == self.second).all()
        most = self._sum(self.first) - (0 if has_second else _divisor(self.first)) if is_known else np.inf
        found = self._cheapest(self.core, self.cuts, self.first, weight, most)
        self._keep(found.chosen)
        self.proven &= found.proven
        self.bound = min(found.bound, self._sum(self.first))
        if found.proven and has_second:
            model = self._model(self.core, self.cuts, weight)
            model.at_most(self.first, self._sum(self.first) + _TOLERANCE)
            found = model.cheapest(self.second, self.deadline)
            self._keep(found.chosen)
            self.proven &= found.proven

    def _cheapest(self, core: Core, cuts: list[Cut], measure: Float64, weight: float, most: float) -> Found:
        """Return the program of this weight with the least sum of a measure, if that is at most ``most``.

        Courses are dropped from the core with which even the relaxation costs more.
        """
        forced = tuple(np.flatnonzero(self.whole.sum() - self.whole < weight - self.slack).tolist())
        limit = Limit(tuple(measure.tolist()), most, forced)
        while np.isfinite(most):
            core.reduce(limit)
            model = self._model(core, cuts, weight)
            model.at_most(measure, most + _TOLERANCE)
            relaxed = model.relax(measure, time.monotonic() + _RELAXING * (self.deadline - time.monotonic()))
            if relaxed is None:
                return Found(None, np.inf, proven=True)
            least, more = relaxed
            beyond = mask_of(model.places[column] for column in np.flatnonzero(least + more > most + _TOLERANCE))
            if not beyond:
                return model.cheapest(measure, self.deadline)
            core.drop(beyond)
        return self._model(core, cuts, weight).cheapest(measure, self.deadline)

    def _model(self, core: Core, cuts: list[Cut], weight: float) -> Model:
        model = Model(core, cuts)
        if self.budget is not None:
            model.at_most(self.minutes, self.budget)
        model.at_least(self.whole, weight - self.slack)
        return model

    def _whole_weight(self) -> float:
        return float(self.whole[self.core.reached(self.best)].sum())

    def _keep(self, chosen: Mask | None) -> None:
        if chosen is None or (self.budget is not None and self.minutes[list(bits(chosen))].sum() > self.budget + 0.5):
            return
        if self._key(chosen) < self._key(self.best):
            self.best = chosen

    def _key(self, chosen: Mask) -> tuple[float, float, float]:
        places = list(bits(chosen))
        weight = float(self.weights[self.core.reached(chosen)].sum())
        return -round(weight, 9), round(float(self.first[places].sum()), 6), round(float(self.second[places].sum()), 6)

    def _sum(self, measure: Float64) -> float:
        return float(measure[list(bits(self.best))].sum())

    def _exact(self) -> Exact:
        if not self.proven:
            self.best = self._pruned(self.best)
        order = self.core.founded(self.best)
        return Exact(
            courses=tuple(self.core.courses[place] for place in order),
            weight=float(self.weights[self.core.reached(self.best)].sum()),
            minutes=round(self._sum(self.minutes)),
            price=self._sum(self.first),
            proven=self.proven,
            bound=self._sum(self.first) if self.proven else self.bound,
            weight_bound=self.weight_bound,
        )

    def _pruned(self, chosen: Mask) -> Mask:
        """Return the places without those that serve no goal, the dearest first."""
        reached = self.core.reached(chosen)
        for place in sorted(bits(chosen), key=lambda place: (-self.first[place], place)):
            rest = mask_of(self.core.founded(chosen & ~(1 << place)))
            if self.core.reached(rest) == reached:
                chosen = rest
        return chosen


def _whole(weights: Float64) -> tuple[Float64, float, float]:
    """Return the weights as whole numbers, where small ones exist; and what sums of them differ by, less and at least.

    Sums that differ by less than the first number are equal; sums that are not differ by the second at least.
    """
    for scale in (1, 2, 4, 5, 10, 20, 100, 1000):
        scaled = weights * scale
        if len(weights) and float(np.max(scaled)) < 1e6 and np.allclose(scaled, scaled.round(), rtol=0, atol=1e-9):
            return scaled.round(), 1e-4, float(_divisor(scaled.round()))
    return weights * (1000 / float(np.max(weights, initial=1e-300))), 1e-3, 2e-3


def _divisor(measure: Float64) -> int:
    """Return what all values are whole multiples of; 0 where they are not whole."""
    return math.gcd(*(int(value) for value in measure)) if (measure == measure.round()).all() else 0
