"""Bundles: a course together with what it still takes to take it.

Of everything that a course needs, the cheapest provider is chosen. Costs are the least fixed point of "a course costs
its own price and the cheapest fact of each of its groups, a fact what its cheapest provider costs" (Knuth 1977), found
in rounds over arrays. They fall strictly from a course to what it needs, so that a bundle sorted by them can be taken
in that order.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import Bool, Float64
from recommender.engine.planning_graph import PlanningGraph
from recommender.engine.standing import Standing

Int64 = npt.NDArray[np.int64]

PRECISE = 1e12
"""Sums of groups may double from course to course. Where a finite cost would rise above this, the dearest group alone
counts: then no cost is more than the sum of all prices, and small prices are never lost in rounding."""


class _Arrays:
    """Requirements and what is taught, as ragged arrays over facts."""

    def __init__(self, prepared: PlanningGraph) -> None:
        graph = prepared.graph
        courses = len(graph.course_codes)
        sizes = np.diff(graph.state_ptr)
        competence = np.repeat(np.arange(len(sizes)), sizes)
        state_fact = courses + competence * prepared.levels + np.arange(len(competence)) - graph.state_ptr[competence]
        entries = graph.entry_course.astype(np.int64)
        is_level = entries < 0
        entries[is_level] = state_fact[graph.entry_state[is_level]]
        self.courses, self.levels, self.facts = courses, prepared.levels, prepared.facts
        self.entries = entries
        self.filled = np.flatnonzero(np.diff(graph.entry_ptr))
        self.entry_start = graph.entry_ptr[self.filled].astype(np.int64)
        self.groups = len(graph.entry_ptr) - 1
        self.with_groups = np.flatnonzero(np.diff(graph.group_ptr))
        self.group_start = graph.group_ptr[self.with_groups].astype(np.int64)
        teacher = np.repeat(np.arange(courses), np.diff(graph.teaches_ptr))
        taught = state_fact[graph.teaches].astype(np.int64)
        order = np.argsort(taught, kind="stable")
        self.teacher, taught = teacher[order], taught[order]
        self.taught_start = np.flatnonzero(np.diff(taught, prepend=-1))
        self.taught = taught[self.taught_start]

    def groups_of(self, facts: Float64) -> Float64:
        """Return float64[G]: the least of what each group's entries cost, infinite where it has none."""
        groups = np.full(self.groups, np.inf)
        if len(self.entries):
            groups[self.filled] = np.minimum.reduceat(facts[self.entries], self.entry_start)
        return groups


def possible_now(standing: Standing) -> Bool:
    """Return bool[C]: usable courses each of whose groups holds. Linear in the graph."""
    arrays = _Arrays(standing.prepared)
    groups = arrays.groups_of(_start(arrays, standing))
    possible = standing.usable.copy()
    if len(arrays.with_groups):
        possible[arrays.with_groups] &= np.maximum.reduceat(groups, arrays.group_start) == 0.0
    return possible


def _start(arrays: _Arrays, standing: Standing) -> Float64:
    facts = np.full(arrays.facts, np.inf)
    facts[list(standing.holdings.facts)] = 0.0
    return facts


def _costs(standing: Standing, price: Float64) -> tuple[Float64, Float64, bool]:
    """Return what each fact (float64[F]) and each course (float64[C]) costs, infinite where it is out of reach, and
    whether the costs of groups were added up.
    """
    arrays = _Arrays(standing.prepared)
    weight = np.where(standing.usable, price, np.inf)
    facts, rows = _rounds(arrays, weight, _start(arrays, standing), np.add)
    if np.max(rows, initial=0.0, where=np.isfinite(rows)) <= PRECISE:
        return facts, rows, True
    return *_rounds(arrays, weight, _start(arrays, standing), np.maximum), False


def _rounds(arrays: _Arrays, weight: Float64, facts: Float64, combine: np.ufunc) -> tuple[Float64, Float64]:
    """Return the least fixed point. Complexity: the depth of the requirements times the size of the graph."""
    grid = facts[arrays.courses :].reshape(-1, arrays.levels)[:, ::-1]
    while True:
        rows = weight.copy()
        if len(arrays.with_groups):
            rows[arrays.with_groups] += combine.reduceat(arrays.groups_of(facts), arrays.group_start)
        before = facts.copy()
        np.minimum(facts[: arrays.courses], rows, out=facts[: arrays.courses])
        if len(arrays.taught):
            cheapest = np.minimum.reduceat(rows[arrays.teacher], arrays.taught_start)
            facts[arrays.taught] = np.minimum(facts[arrays.taught], cheapest)
            np.minimum.accumulate(grid, axis=1, out=grid)  # who teaches a level teaches those below it
        if np.array_equal(before, facts):
            return facts, rows


class Bundles:
    """The bundles of one learner.

    Parameters
    ----------
    standing : the learner on the graph.
    price : float64[C], more than 0: what decides between providers.

    Attributes
    ----------
    within_reach : bool[C], the courses that the learner can take at all, if others before.
    most : float64[C], an upper bound of the sum of prices of each course's bundle (finite also for those out of reach).
    cost : the same bounds, finite for all within reach; what bundles are sorted by.
    """

    def __init__(self, standing: Standing, price: Float64) -> None:
        self._standing = standing
        facts, rows, added = _costs(standing, price)
        self.within_reach: Bool = np.isfinite(rows)
        self.most: Float64 = np.where(self.within_reach & added, rows, PRECISE)
        self._rows = rows
        self._fact_cost: list[float] = facts.tolist()
        self._cheapest: dict[int, int] = {}
        self.cost: list[float] = rows.tolist()
        self._groups: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        self._around: dict[int, frozenset[int]] = {}

    def groups(self, course: int) -> list[tuple[tuple[int, ...], int]]:
        """Return the groups of a course that did not hold at the start, each with its cheapest provider."""
        if course not in self._groups:
            self._groups[course] = [(group, self._provider(group)) for group in self._standing.open_groups(course)]
        return self._groups[course]

    def around(self, course: int) -> frozenset[int]:
        """Return a course within reach, the cheapest providers of its groups, of theirs, and so on: a superset of its
        bundle, remembered.
        """
        waiting = [course]
        while waiting:
            current = waiting[-1]
            providers = [provider for _group, provider in self.groups(current)]
            unknown = [provider for provider in providers if provider not in self._around]
            if unknown:
                waiting += unknown
            else:
                self._around[current] = frozenset((current,)).union(*(self._around[each] for each in providers))
                waiting.pop()
        return self._around[course]

    def _provider(self, group: tuple[int, ...]) -> int:
        fact = min(group, key=lambda entry: (self._fact_cost[entry], entry))
        if fact not in self._cheapest:
            providers = self._standing.prepared.providers(fact)
            self._cheapest[fact] = providers[int(np.argmin(self._rows[providers]))]
        return self._cheapest[fact]

    def of(self, course: int, facts: Collection[int]) -> list[int]:
        """Return a course within reach and what it takes beyond ``facts`` (those held at the start left out or not).

        In an order in which they can be taken.
        """
        gives = self._standing.prepared.gives
        chosen: dict[int, None] = {}
        given: dict[int, float] = {}
        needed = [course]
        while needed:
            current = needed.pop()
            if current in chosen:
                continue
            chosen[current] = None
            own = self.cost[current]
            for fact in gives[current]:
                given[fact] = min(own, given.get(fact, np.inf))
            needed += [
                provider
                for group, provider in self.groups(current)
                if not any(fact in facts or given.get(fact, np.inf) < own for fact in group)
            ]
        return sorted(chosen, key=lambda each: (self.cost[each], each))
