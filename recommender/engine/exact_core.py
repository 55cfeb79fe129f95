"""One learner's planning problem, cut down to what can matter: an AND/OR problem of courses alone.

A *need* of a course is a set of courses one of which has to come before it; a goal is such a set with a weight. Facts
held, closed courses, levels and competences are gone. Sets are integers, bit ``p`` standing for the course at place
``p``.

Every reduction keeps at least one best program. *Before* a course or a need are the needs and courses without which it
cannot come about, in whatever order courses are taken: the greatest solution of "a course not without itself and what
its needs cannot do without; a need not without itself and what all of its courses cannot" (landmarks in planning).

- Courses that no goal leads to, or that cannot be reached, have no part in any program without idle steps.
- The first course taken of a need satisfies it. So a course that cannot do without a need is never the first of it, nor
  is one that cannot do without the course whose need it is: they leave the need. (Whoever requires level 3 of a
  competence does not provide level 3, though teaching level 4.)
- Course ``d`` dominates ``c`` where ``d`` is in all needs and goals that ``c`` is in, takes no more minutes, is no
  dearer by the objective, and each of its needs is satisfied whenever ``c`` can be taken: in any program ``d`` can
  stand at the place of ``c``. So it does where ``c`` cannot do without ``d``: then ``c`` adds nothing.
- Where a program is known, courses are dropped that cannot be had for its price: what they and the goals cannot do
  without costs more already.

Sources: J. Hoffmann, J. Porteous, L. Sebastia, *Ordered landmarks in planning*, Journal of Artificial Intelligence
Research 22 (2004) 215–278; of set covering, dominated columns: E. Balas, A. Ho, Mathematical Programming Study 12
(1980) 37–60; T. Imai, A. Fukunaga, *On a practical, integer-linear programming model for delete-free tasks*, Journal of
Artificial Intelligence Research 54 (2015) 631–677.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from curriculum_graph.compile import Bool, Float64
from recommender.engine.planning_graph import PlanningGraph

Mask = int


def bits(mask: Mask) -> Iterator[int]:
    """Yield the places of a set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(places: Iterable[int]) -> Mask:
    """Return the set of the places."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the courses that reach it, and its weight."""

    providers: Mask
    weight: float


@dataclass(frozen=True, slots=True)
class Limit:
    """No program whose sum of a measure (one value a place) is more than ``most`` is looked for any more, nor one that
    misses one of the ``forced`` goals (numbers).
    """

    measure: tuple[float, ...]
    most: float
    forced: tuple[int, ...]


def core_of(
    prepared: PlanningGraph, held: frozenset[int], usable: Bool, goals: Mapping[int, float], measures: Sequence[Float64]
) -> "Core":
    """Return the core of a problem, reduced.

    Parameters
    ----------
    held : the facts held before the program starts.
    usable : bool[C], courses that may be steps.
    goals : goals not held (facts) and their weights.
    measures : minutes, then what programs are compared by, one after another; float64[C] each.
    """
    courses = _in_reach(prepared, held, _leading(prepared, held, usable, goals))
    place_of = {course: place for place, course in enumerate(courses)}
    providers: dict[int, Mask] = {}
    for place, course in enumerate(courses):
        for fact in prepared.gives[course]:
            providers[fact] = providers.get(fact, 0) | 1 << place

    def need(group: Iterable[int]) -> Mask:
        mask = 0
        for fact in group:
            mask |= providers.get(fact, 0)
        return mask

    needs = [
        [need(group) & ~(1 << place_of[course]) for group in prepared.groups[course] if held.isdisjoint(group)]
        for course in courses
    ]
    wanted = [Goal(providers[fact], weight) for fact, weight in goals.items() if fact in providers]
    return Core(courses, needs, wanted, np.array(measures)[:, courses].T.tolist())


def _leading(prepared: PlanningGraph, held: frozenset[int], usable: Bool, goals: Iterable[int]) -> set[int]:
    """Return the usable courses that the goals lead to."""
    found: set[int] = set()
    queue = list(goals)
    seen = set(queue)
    for fact in queue:
        for course in prepared.providers(fact):
            if course in found or not usable[course]:
                continue
            found.add(course)
            for group in prepared.groups[course]:
                if held.isdisjoint(group):
                    queue += [entry for entry in group if entry not in seen]
                    seen.update(group)
    return found


def _in_reach(prepared: PlanningGraph, held: frozenset[int], courses: Iterable[int]) -> list[int]:
    """Return the courses that can be taken, in an order in which they can."""
    lacking: dict[int, int] = {}
    waiting: dict[int, list[tuple[int, int]]] = {}
    for course in sorted(courses):
        groups = [group for group in prepared.groups[course] if held.isdisjoint(group)]
        lacking[course] = len(groups)
        for number, group in enumerate(groups):
            for fact in group:
                waiting.setdefault(fact, []).append((course, number))
    order = [course for course, groups in lacking.items() if not groups]
    satisfied: set[tuple[int, int]] = set()
    for course in order:
        for fact in prepared.gives[course]:
            for group in waiting.pop(fact, ()):
                if group not in satisfied:
                    satisfied.add(group)
                    lacking[group[0]] -= 1
                    if not lacking[group[0]]:
                        order.append(group[0])
    return order


class Core:
    """What is left of a problem: places, each with a course of the graph and its needs; the goals that can be reached.

    Attributes
    ----------
    courses : the course at each place, in an order in which all of them can be taken.
    alive : the places that some best program may need.
    needs : of each place that is alive.
    goals : with their providers that are alive.
    """

    def __init__(
        self, courses: list[int], needs: list[list[Mask]], goals: list[Goal], measures: list[list[float]]
    ) -> None:
        self.courses, self.needs, self.goals, self.measures = courses, needs, goals, measures
        self.size = len(courses)
        self.alive = (1 << self.size) - 1
        self._needs = [list(own) for own in needs]
        self._goals = list(goals)
        self._number: dict[Mask, int] = {}  # of each need and each goal, from ``size`` on
        self._before: list[int] = []
        self.reduce()

    def founded(self, chosen: Mask) -> list[int]:
        """Return those of the chosen places that can be taken, in an order in which they can."""
        return _founded(self._needs, chosen)

    def reached(self, chosen: Mask) -> list[int]:
        """Return the numbers of the goals that chosen places reach."""
        return [number for number, goal in enumerate(self._goals) if goal.providers & chosen]

    def before(self, providers: Mask) -> list[Mask]:
        """Return the needs that every way to a goal with these providers satisfies, the providers first."""
        number = {value: need for need, value in self._number.items()}
        behind = self._before[self._number[providers]] >> self.size << self.size
        return [providers, *(number[bit] for bit in bits(behind) if number[bit] != providers)]

    def copy(self) -> "Core":
        """Return a core that can be reduced further on its own."""
        other = copy(self)
        other.needs = [list(own) for own in self.needs]
        return other

    def reduce(self, limit: Limit | None = None) -> None:
        """Reduce until nothing changes."""
        while True:
            self._restrict()
            self._find_before()
            if self._drop_late() or self._drop_dominated():
                continue
            if limit is None or not self._drop_beyond(limit):
                return

    def drop(self, places: Mask) -> None:
        """Take places out that no program worth looking for needs."""
        self.alive &= ~places

    def _restrict(self) -> None:
        """Keep what can be taken and the goals lead to, and of the needs of a course only the smallest."""
        self.alive = mask_of(_founded(self.needs, self.alive))
        self.goals = [replace(goal, providers=goal.providers & self.alive) for goal in self.goals]
        self.alive = self._leading_to(goal.providers for goal in self.goals)
        for place in bits(self.alive):
            self.needs[place] = _smallest(need & self.alive for need in self.needs[place])

    def _leading_to(self, goals: Iterable[Mask]) -> Mask:
        found, queue = 0, 0
        for goal in goals:
            queue |= goal
        while queue:
            found |= queue
            fresh = 0
            for place in bits(queue):
                for need in self.needs[place]:
                    fresh |= need & self.alive
            queue = fresh & ~found
        return found

    def _within_reach(self) -> list[Goal]:
        return [goal for goal in self.goals if goal.providers]

    def _behind_goal(self, goal: Goal) -> int:
        return self._before[self._number[goal.providers]] if goal.providers else 0

    def _find_before(self) -> None:
        """Find, for each course and each need, what it cannot do without: bits of places, then of numbered needs."""
        self._number = {}
        for place in bits(self.alive):
            for need in self.needs[place]:
                self._number.setdefault(need, self.size + len(self._number))
        for goal in self._within_reach():
            self._number.setdefault(goal.providers, self.size + len(self._number))
        everything = (1 << (self.size + len(self._number))) - 1
        before = [everything] * (self.size + len(self._number))
        members = {need: list(bits(need)) for need in self._number}
        changed = True
        while changed:
            changed = False
            for place in bits(self.alive):
                own = 1 << place
                for need in self.needs[place]:
                    own |= self._behind(before, need, members[need])
                changed |= own != before[place]
                before[place] = own
        for need, number in self._number.items():
            before[number] = self._behind(before, need, members[need])
        self._before = before

    def _behind(self, before: list[int], need: Mask, members: list[int]) -> int:
        shared = before[members[0]]
        for place in members[1:]:
            shared &= before[place]
        return shared | 1 << self._number[need]

    def _drop_late(self) -> bool:
        """Take out of each need the courses that come after it, or after the course whose need it is."""
        late = {
            need: mask_of(place for place in bits(need) if self._before[place] >> number & 1)
            for need, number in self._number.items()
        }
        after = [0] * self.size
        for place in bits(self.alive):
            for earlier in bits(self._before[place] & self.alive):
                after[earlier] |= 1 << place
        changed = False
        for place in bits(self.alive):
            kept = [need & ~late[need] & ~after[place] for need in self.needs[place]]
            changed |= kept != self.needs[place]
            self.needs[place] = kept
        goals = [replace(goal, providers=goal.providers & ~late.get(goal.providers, 0)) for goal in self.goals]
        changed |= goals != self.goals
        self.goals = goals
        return changed

    def _drop_dominated(self) -> bool:
        serves: dict[int, list[Mask]] = {place: [] for place in bits(self.alive)}
        for need in self._number:
            for place in bits(need):
                serves[place].append(need)
        gone = 0
        for place, served in serves.items():
            rivals = self.alive & ~(1 << place) & ~gone
            for need in served:
                rivals &= need
            if any(self._dominates(rival, place) for rival in bits(rivals)):
                gone |= 1 << place
        self.alive &= ~gone
        return bool(gone)

    def _dominates(self, better: int, worse: int) -> bool:
        """Return whether a course that serves all that another serves costs no more and is open no later."""
        before = self._before[worse]
        if before >> better & 1:  # the worse adds nothing to what is there already
            return True
        minutes, *price = self.measures[better]
        if minutes > self.measures[worse][0] or price > self.measures[worse][1:]:
            return False
        return all(
            before >> self._number[need] & 1 or any(own & ~need == 0 for own in self.needs[worse])
            for need in self.needs[better]
        )

    def _drop_beyond(self, limit: Limit) -> bool:
        """Drop the courses that no program within the limit has: what they cannot do without is too much already.

        Added up are the courses that cannot be done without and, of needs that have no course in common with these or
        with each other, the cheapest course each.
        """
        least = {number: min(limit.measure[place] for place in bits(need)) for need, number in self._number.items()}
        mask = {number: need for need, number in self._number.items()}
        dearest_first = sorted(least, key=lambda number: (-least[number], number))

        def at_least(before: int) -> float:
            used = before & ((1 << self.size) - 1)
            total = sum(limit.measure[place] for place in bits(used))
            for number in dearest_first:
                if before >> number & 1 and not mask[number] & used:
                    total += least[number]
                    used |= mask[number]
            return total

        within, together = 0, 0
        for number in limit.forced:
            together |= self._behind_goal(self.goals[number])
        for goal in self._within_reach():
            behind = together | self._behind_goal(goal)
            for place in bits(self._leading_to([goal.providers]) & ~within):
                if at_least(behind | self._before[place]) <= limit.most + 1e-6:
                    within |= 1 << place
        changed = within != self.alive
        self.alive &= within
        return changed


def _founded(needs: Sequence[Sequence[Mask]], chosen: Mask) -> list[int]:
    order: list[int] = []
    waiting, taken = list(bits(chosen)), 0
    while waiting:
        late = []
        for place in waiting:
            if all(need & taken for need in needs[place]):
                order.append(place)
                taken |= 1 << place
            else:
                late.append(place)
        if len(late) == len(waiting):
            break
        waiting = late
    return order


def _smallest(needs: Iterable[Mask]) -> list[Mask]:
    """Return the needs that contain no other, each once."""
    kept: list[Mask] = []
    for need in sorted(set(needs), key=lambda mask: (mask.bit_count(), mask)):
        if all(other & ~need for other in kept):
            kept.append(need)
    return kept
