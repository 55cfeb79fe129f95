"""A core as an integer program for HiGHS (``scipy.optimize.milp``).

One binary variable for each course and each goal. A course is no more than the sum over each of its needs, a goal no
more than the sum over its providers and over each need that every way to it satisfies (the latter follows for whole
numbers, and keeps the relaxation from spreading a goal over ways that share what they need).

That chosen courses do not merely hold each other up is enforced by cuts (:mod:`.exact_cuts`), added while needed.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array

from curriculum_graph.compile import Float64
from recommender.engine.exact_core import Core, Mask, bits, mask_of
from recommender.engine.exact_cuts import Cut, components, unfounded, violated

OPTIMAL, LIMIT = 0, 1  # statuses of scipy.optimize.milp
_SHARED = 3
"""From so many courses on, a need of several courses is a variable of its own, which keeps the matrix sparse."""
STALLED, PATIENCE = 0.0005, 4
"""The relaxation is left when it rises by less than this share so many times in a row."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one solve gave: chosen places that can all be taken, or ``None``; a bound; whether it is proven."""

    chosen: Mask | None
    bound: float
    proven: bool


@dataclass(slots=True)
class Rows:
    """Rows of a matrix: coefficients times variables ≥ bound."""

    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    bound: list[float] = field(default_factory=list)

    def add(self, coefficients: Iterable[tuple[int, float]], bound: float) -> None:
        for column, value in coefficients:
            self.row.append(len(self.bound))
            self.column.append(column)
            self.value.append(value)
        self.bound.append(bound)

    def matrix(self, width: int) -> tuple[Any, Float64]:
        matrix = coo_array((self.value, (self.row, self.column)), shape=(len(self.bound), width)).tocsr()
        return matrix, np.array(self.bound)


class Model:
    """The integer program of a core as it is now; ``cuts`` are those found before, and get those found here."""

    def __init__(self, core: Core, cuts: list[Cut]) -> None:
        self.core, self.cuts = core, cuts
        self.places = list(bits(core.alive))
        self.column = {place: column for column, place in enumerate(self.places)}
        self.rows = Rows()
        self.width = len(self.places) + len(core.goals)
        self._sums: dict[Mask, int] = {}
        users: dict[Mask, int] = {}
        for place in self.places:
            for need in core.needs[place]:
                users[need] = users.get(need, 0) + 1
        for place in self.places:
            for need in core.needs[place]:
                self._below(self.column[place], need, shared=users[need] > 1)
        for number, goal in enumerate(core.goals):
            for need in core.before(goal.providers) if goal.providers else [0]:
                self._below(self.goal(number), need, shared=users.get(need, 0) > 1)
        self._may_hang = self._goes_round()

    def goal(self, number: int) -> int:
        """Return the variable of a goal."""
        return len(self.places) + number

    def at_most(self, measure: Float64, most: float) -> None:
        """Demand that a measure (one value a place) of the courses is in all no more than ``most``."""
        self.rows.add(((column, -measure[place]) for column, place in enumerate(self.places)), -most)

    def at_least(self, weights: Float64, least: float) -> None:
        """Demand goals of this weight."""
        self.rows.add(((self.goal(number), weight) for number, weight in enumerate(weights)), least)

    def cheapest(self, measure: Float64, deadline: float) -> Found:
        """Return the choice with the least sum of a measure (one value a place)."""
        return self._minimise(np.concatenate([measure[self.places], np.zeros(len(self.core.goals))]), deadline)

    def heaviest(self, weights: Float64, deadline: float) -> Found:
        """Return the choice with goals of the largest weight; the bound is of the weight with a minus sign."""
        return self._minimise(np.concatenate([np.zeros(len(self.places)), -weights]), deadline)

    def relax(self, measure: Float64, deadline: float) -> tuple[float, Float64] | None:
        """Return the least sum of a measure when courses may be taken in part, and by how much more each course costs.

        Cuts that this solution violates are found and added until there are few. ``None``: nothing satisfies the rows.
        """
        cost = np.zeros(self.width)
        cost[: len(self.places)] = measure[self.places]
        best, stalled = -np.inf, 0
        while True:
            matrix, bound = self._rows()
            result = linprog(cost, A_ub=-matrix, b_ub=-bound, bounds=(0, 1), method="highs")
            if result.x is None or result.fun is None:
                return None
            stalled = 0 if result.fun > best + STALLED * abs(best) else stalled + 1
            best = float(result.fun)
            taken = dict(zip(self.places, result.x.tolist(), strict=False))
            self.cuts[:] = [cut for cut in self.cuts if cut.is_tight(taken)]
            if not self._may_hang or stalled == PATIENCE or time.monotonic() > deadline:
                break
            cuts = violated(self.core, taken)
            if not cuts:
                break
            self.cuts += cuts
        return best, np.asarray(result.lower.marginals[: len(self.places)])

    def _below(self, variable: int, need: Mask, *, shared: bool) -> None:
        if shared and need.bit_count() >= _SHARED:
            if need not in self._sums:
                self._sums[need] = self.width
                self.width += 1
                self._below(self._sums[need], need, shared=False)
            self.rows.add([(self._sums[need], 1.0), (variable, -1.0)], 0.0)
        else:
            self.rows.add([(variable, -1.0), *((self.column[place], 1.0) for place in bits(need))], 0.0)

    def _minimise(self, cost: Float64, deadline: float) -> Found:
        objective = np.zeros(self.width)
        objective[: len(cost)] = cost
        integrality = np.zeros(self.width, np.int8)
        integrality[: len(cost)] = 1
        bound = -np.inf
        while True:
            result = milp(
                objective,
                integrality=integrality,
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(*self._rows(), np.inf),
                options={"time_limit": max(0.01, deadline - time.monotonic()), "mip_rel_gap": 0.0},
            )
            if result.status not in (OPTIMAL, LIMIT):
                return Found(None, np.inf, proven=True)  # nothing satisfies the rows
            bound = max(bound, -np.inf if result.mip_dual_bound is None else float(result.mip_dual_bound))
            if result.x is None:
                return Found(None, bound, proven=False)
            chosen = mask_of(place for column, place in enumerate(self.places) if result.x[column] > 0.5)
            founded = mask_of(self.core.founded(chosen)) if self._may_hang else chosen
            if result.status == LIMIT:
                return Found(founded, bound, proven=False)
            if founded == chosen or self._is_as_good(founded, cost, float(result.fun or 0.0)):
                return Found(founded, bound, proven=True)
            self.cuts += unfounded(self.core, founded, chosen & ~founded)

    def _is_as_good(self, founded: Mask, cost: Float64, value: float) -> bool:
        """Return whether what hangs plays no part: where only goals cost anything and all are reached without it."""
        reached = [self.goal(number) for number in self.core.reached(founded)]
        return not cost[: len(self.places)].any() and float(cost[reached].sum()) <= value + 1e-6

    def _rows(self) -> tuple[Any, Float64]:
        """Return the matrix and the lower bounds of all rows, those of the cuts with them."""
        rows = Rows(list(self.rows.row), list(self.rows.column), list(self.rows.value), list(self.rows.bound))
        for cut in self.cuts:
            outside = [(self.column[place], 1.0) for place in bits(cut.outside & self.core.alive)]
            for place in bits(cut.members & self.core.alive):
                rows.add([(self.column[place], -1.0), *outside], 0.0)
        return rows.matrix(self.width)

    def _goes_round(self) -> bool:
        pairs = [
            (column, self.column[other])
            for column, place in enumerate(self.places)
            for need in self.core.needs[place]
            for other in bits(need)
        ]
        return bool(pairs) and len(components(pairs, len(self.places))) < len(self.places)
