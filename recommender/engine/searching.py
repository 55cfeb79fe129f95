"""The search for few, cheap courses that reach given goals: relaxed costs, extraction with sharing, local improvement.

1. Costs of all facts are propagated once (:mod:`.network`); what stays infinite cannot be reached by this learner.
2. A plan is read off backwards: each fact that is needed takes its cheapest provider, each group its cheapest fact; a
   provider is chosen once however many need it. Goals are added one after another, the dearest first, with what is
   already chosen counting as held, so that later goals lean on earlier ones.
3. What serves no goal is pruned. Then each step in turn is forbidden, what it held up is reached another way, and the
   cheaper program is kept. Steps without which no goal set can be reached are left alone.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum_graph.compile import Bool, Float64
from recommender.engine.closure import Closure, prune_if_complete
from recommender.engine.network import leading_to, propagate, restrict
from recommender.engine.planning_graph import PlanningGraph

TRIALS = 12
"""How many replacements of a step one improvement tries at most,"""

IN_VAIN = 3
"""and how many in a row that save nothing."""

ROUNDS = 6
"""In how many rounds the goals of a draft are added at most."""

Key = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Price:
    """What courses cost: ``first`` is minimised, then ``second`` (float64[C] each, ``first`` more than 0).

    ``search`` is the one number by which the search is led.
    """

    first: Float64
    second: Float64
    search: Float64


class Search:
    """The search for one learner.

    Parameters
    ----------
    prepared : the graph.
    held : the facts held before the program starts.
    usable : bool[C], courses that may be steps: open and not taken.
    price : what the courses cost.
    goals : the facts that will be asked for. After the first propagation, which says of every fact whether it is within
        reach, only the courses that can have a part in reaching these are looked at.
    """

    def __init__(
        self, prepared: PlanningGraph, held: frozenset[int], usable: Bool, price: Price, goals: Iterable[int]
    ) -> None:
        self.prepared = prepared
        self.held = held
        self.price = price
        self.cost: list[float] = price.search.tolist()
        held_facts = np.zeros(prepared.facts + 1, np.bool_)
        held_facts[list(held)] = True
        self._start = np.where(held_facts, 0.0, np.inf)
        network = restrict(prepared.network, usable, held_facts)
        self.base, rows = propagate(network, price.search[usable], self._start)
        self._finite = np.zeros(prepared.courses, np.bool_)
        self._finite[network.courses] = np.isfinite(rows)
        part = leading_to(network, goals, len(held_facts)) & np.isfinite(rows)
        self._network = restrict(network, part, np.zeros_like(held_facts))
        self._weight = price.search[self._network.courses]
        self._known_providers: dict[int, list[int]] = {}

    def can_reach(self, fact: int) -> bool:
        """Return whether some program, however long, reaches a fact."""
        return bool(np.isfinite(self.base[fact]))

    def key(self, courses: Iterable[int]) -> Key:
        """Return what programs that reach the same goals are compared by, the better being the less."""
        chosen = list(courses)
        return round(float(self.price.first[chosen].sum()), 6), round(float(self.price.second[chosen].sum()), 6)

    def draft(self, goals: Sequence[int]) -> list[int]:
        """Return courses that reach all of ``goals`` (facts, each within reach), in an order that works."""
        candidates = [self._in_turn(goals), self._at_once(goals, dearest=True)]
        complete = [courses for found in candidates if (courses := self._pruned(found, goals)) is not None]
        return min(complete, key=self.key)

    def extensions(self, courses: Sequence[int], goals: Iterable[int]) -> dict[int, list[int]]:
        """Return for each goal what it takes, beyond ``courses``, to reach it."""
        costs = propagate(self._network, self._weight, self._with(self.base, courses))
        return {goal: self._extract([goal], *costs) for goal in goals}

    def improve(self, courses: list[int], goals: Sequence[int], budget: float = np.inf) -> list[int]:
        """Return courses that reach the same goals at the same or a lower price, in at most ``budget`` minutes."""
        best, best_key = courses, self.key(courses)
        fixed = self._indispensable(goals)
        untried, vain = self._untried(best, fixed), 0
        for _ in range(TRIALS):
            if not untried or vain == IN_VAIN:
                break
            vain += 1
            candidate = self._replaced(best, untried.pop(), goals)
            if candidate is None or self.minutes(candidate) > budget:
                continue
            key = self.key(candidate)
            if key < best_key:
                best, best_key, untried, vain = candidate, key, self._untried(candidate, fixed), 0
        return best

    def _untried(self, courses: Sequence[int], fixed: set[int]) -> list[int]:
        return sorted(set(courses) - fixed, key=lambda course: (self.cost[course], -course))

    def minutes(self, courses: Iterable[int]) -> int:
        """Return the minutes of all the courses."""
        return sum(self.prepared.minutes[course] for course in courses)

    def _pruned(self, courses: Sequence[int], goals: Collection[int]) -> list[int] | None:
        """Return the courses that serve the goals, or ``None`` where not all goals are reached."""
        return prune_if_complete(self.prepared, courses, goals, self.held, self.cost)

    def _in_turn(self, goals: Sequence[int]) -> list[int]:
        dearest_first = sorted(goals, key=lambda goal: (-float(self.base[goal]), goal))
        size = -(-len(goals) // ROUNDS)
        courses: list[int] = []
        for start in range(0, len(goals), size):
            courses += self._missing(courses, dearest_first[start : start + size])
        return courses

    def _at_once(self, goals: Sequence[int], *, dearest: bool) -> list[int]:
        facts, rows = propagate(self._network, self._weight, self._start, dearest=dearest)
        return self._extract(goals, facts, rows)

    def _missing(self, courses: Sequence[int], goals: Sequence[int]) -> list[int]:
        """Return the courses that it takes beyond ``courses`` to reach the goals."""
        start = self._with(self.base, courses)
        return self._extract(goals, *propagate(self._network, self._weight, start))

    def _with(self, start: Float64, courses: Iterable[int]) -> Float64:
        """Return the costs with what the courses give held."""
        costs = start.copy()
        costs[[fact for course in courses for fact in self.prepared.gives[course]]] = 0.0
        return costs

    def _replaced(self, courses: Sequence[int], banned: int, goals: Sequence[int]) -> list[int] | None:
        """Return a program that reaches the goals without the banned course, or ``None`` where the rest cannot."""
        rest, _ = Closure(self.prepared, courses, goals, self.held).without(courses, banned)
        weight = self._weight.copy()
        weight[self._network.courses == banned] = np.inf
        facts, rows = propagate(self._network, weight, self._with(self._start, rest))
        if not np.isfinite(facts[list(goals)]).all():
            return None
        return self._pruned([*rest, *self._extract(goals, facts, rows)], goals)

    def _providers(self, fact: int) -> list[int]:
        """Return the courses within reach that give a fact."""
        if fact not in self._known_providers:
            within_reach = [course for course in self.prepared.providers(fact) if self._finite[course]]
            self._known_providers[fact] = within_reach
        return self._known_providers[fact]

    def _extract(self, goals: Iterable[int], facts: Float64, rows: Float64) -> list[int]:
        """Return the cheapest providers of the goals, of what they need, and so on.

        Every provider costs more than what it needs, so the choices never go round. A group that a chosen, cheaper
        course satisfies needs no further one.
        """
        cost = np.full(self.prepared.courses, np.inf)
        cost[self._network.courses] = rows
        chosen: dict[int, float] = {}
        given: dict[int, float] = {}
        needed = list(goals)
        while needed:
            fact = needed.pop()
            if facts[fact] == 0.0:
                continue
            course = self._cheapest(fact, cost)
            if course in chosen:
                continue
            chosen[course] = own = float(cost[course])
            for gift in self.prepared.gives[course]:
                given[gift] = min(own, given.get(gift, np.inf))
            needed += [
                min(group, key=lambda entry: (facts[entry], entry))
                for group in self.prepared.groups[course]
                if not any(facts[entry] == 0.0 or given.get(entry, np.inf) < own for entry in group)
            ]
        return list(reversed(chosen))

    def _cheapest(self, fact: int, cost: Float64) -> int:
        if fact < self.prepared.courses:
            return fact
        teachers = self.prepared.teachers[fact]
        return int(teachers[np.argmin(cost[teachers])])

    def _indispensable(self, goals: Iterable[int]) -> set[int]:
        """Return courses that every program for these goals has: sole providers of what is needed."""
        fixed: set[int] = set()
        needed = list(goals)
        while needed:
            fact = needed.pop()
            providers = self._providers(fact)
            if self.base[fact] == 0.0 or len(providers) != 1 or providers[0] in fixed:
                continue
            fixed.add(providers[0])
            for group in self.prepared.groups[providers[0]]:
                within_reach = [entry for entry in group if np.isfinite(self.base[entry])]
                if len(within_reach) == 1:
                    needed += within_reach
        return fixed
