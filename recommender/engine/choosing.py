"""The choice of courses of the greatest total worth within so many minutes, requirements kept.

Bundles are added by gain per minute, as Khuller, Moss and Naor add sets, with the best single bundle beside it; then
steps are exchanged. What each bundle gains is remembered until something changes that it was computed from. Formulas,
limits and sources are in ``docs/recommending.md``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from curriculum_graph.compile import Bool, Float64
from recommender.engine.bundles import Bundles, Int64
from recommender.engine.packing import Option, best_packing
from recommender.engine.standing import Standing

IN_VAIN = 4
"""How many exchanges in a row are tried that gain nothing."""

FORCED = 12
"""How many bundles are forced in at most, in one round,"""

ROUNDS = 4
"""and how many rounds of both there are at most."""

MANY = 200
"""Among more steps than these nothing is exchanged: it would cost much, and one step more or less is little."""

LONGEST = 3_000
"""Of so many minutes at most the exact packing disposes,"""

CANDIDATES = 120
"""and of so many courses."""

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Worth:
    """What courses are worth. ``value`` is float64[C], 0 for one that does not count; of the courses of one ``kind``
    (int64[C]) only the most valuable that is chosen counts. ``price`` is float64[C], what bundles are made by.
    """

    value: Float64
    kind: Int64
    price: Float64


@dataclass(slots=True)
class _Memory:
    """What is known of each course's bundle: an upper bound of its gain per minute and a lower one of its minutes,
    or, where ``exact``, both as they are.
    """

    ratio: Float64
    minutes: Float64
    exact: Bool

    def copy(self) -> "_Memory":
        return _Memory(self.ratio.copy(), self.minutes.copy(), self.exact.copy())


@dataclass(slots=True)
class _Choice:
    """Chosen courses in an order that works, the facts they give, the most valuable of each kind, and minutes."""

    courses: list[int]
    facts: set[int]
    best: dict[int, float]
    minutes: int

    @property
    def value(self) -> float:
        return sum(self.best.values())

    @property
    def key(self) -> tuple[float, int]:
        """The greater the better."""
        return round(self.value, 6), -self.minutes


class Chooser:
    """Chooses for one learner among courses of some worth, within ``limit`` minutes."""

    def __init__(self, standing: Standing, worth: Worth, limit: int) -> None:
        self._limit = limit
        self._bundles = Bundles(standing, worth.price)
        self._value: list[float] = worth.value.tolist()
        self._kind: list[int] = worth.kind.tolist()
        self._minutes: list[int] = standing.graph.minutes.tolist()
        self._gives = standing.prepared.gives
        self._own_minutes = standing.graph.minutes.astype(np.float64)
        counts = (worth.value > 0) & self._bundles.within_reach
        # A bundle of a higher ratio than its course's own has a part whose ratio is higher still, which comes first.
        self._hope = np.where(counts, worth.value / self._own_minutes, -np.inf)
        self._rate = float(np.max(self._hope, initial=0.0))
        self._most = np.minimum(
            self._bundles.most * float(np.max(worth.value / worth.price, initial=0.0)), self._rate * limit
        )
        self._watched_by_fact: defaultdict[int, set[int]] = defaultdict(set)
        self._watched_by_kind: defaultdict[int, set[int]] = defaultdict(set)

    def choose(self) -> list[int]:
        """Return the courses chosen, in an order in which they can be taken."""
        if not self._rate:
            return []
        memory = self._nothing_known()
        choice = self._settled(self._choice([]), memory)
        single = self._best_single(choice.value)
        if single is not None:
            memory = self._nothing_known()
            choice = self._settled(single, memory)
        return self._improved(choice, memory).courses

    def _nothing_known(self) -> _Memory:
        return _Memory(self._hope.copy(), self._own_minutes.copy(), np.zeros(len(self._hope), np.bool_))

    def _choice(self, courses: Iterable[int]) -> _Choice:
        choice = _Choice([], set(), {}, 0)
        self._take(choice, courses)
        return choice

    def _take(self, choice: _Choice, courses: Iterable[int]) -> None:
        for course in courses:
            choice.courses.append(course)
            choice.facts.update(self._gives[course])
            choice.minutes += self._minutes[course]
            self._count(choice.best, course)

    def _count(self, best: dict[int, float], course: int) -> None:
        value = self._value[course]
        if value > best.get(self._kind[course], 0.0):
            best[self._kind[course]] = value

    def _gain(self, choice: _Choice, bundle: Sequence[int]) -> float:
        best: dict[int, float] = {}
        for course in bundle:
            self._count(best, course)
        return sum(max(0.0, value - choice.best.get(kind, 0.0)) for kind, value in best.items())

    def _best_single(self, least: float) -> _Choice | None:
        """Return the most valuable bundle that fits by itself, if it is worth more than ``least``."""
        best: _Choice | None = None
        candidates = np.flatnonzero(
            (self._hope > 0) & (self._most > least + _TINY) & (self._own_minutes <= self._limit)
        )
        for course in candidates.tolist():
            if sum(self._value[each] for each in self._bundles.around(course)) <= least + _TINY:
                continue
            choice = self._choice(self._bundles.of(course, ()))
            if choice.minutes <= self._limit and choice.value > least + _TINY:
                best, least = choice, choice.value
        return best

    def _filled(self, choice: _Choice, memory: _Memory) -> _Choice:
        """Add the bundle of the greatest gain per minute while one fits that gains anything."""
        while True:
            left = self._limit - choice.minutes
            ratio = np.where(memory.minutes <= left, memory.ratio, -np.inf)
            course = int(np.argmax(ratio))
            if not ratio[course] > _TINY:
                return choice
            bundle = self._bundles.of(course, choice.facts)
            if memory.exact[course]:
                self._take(choice, bundle)
                self._forget(memory, bundle)
            else:
                self._remember(memory, choice, course, bundle)

    def _remember(self, memory: _Memory, choice: _Choice, course: int, bundle: Sequence[int]) -> None:
        minutes = sum(self._minutes[each] for each in bundle)
        memory.ratio[course] = self._gain(choice, bundle) / minutes
        memory.minutes[course] = minutes
        memory.exact[course] = True
        for each in bundle:
            self._watched_by_fact[each].add(course)
            if self._value[each]:
                self._watched_by_kind[self._kind[each]].add(course)
            for group, _provider in self._bundles.groups(each):
                for fact in group:
                    self._watched_by_fact[fact].add(course)

    def _forget(self, memory: _Memory, changed: Iterable[int]) -> None:
        """Forget what was computed from whether these courses are chosen."""
        stale: set[int] = set()
        for course in changed:
            stale.add(course)
            if self._value[course]:
                stale |= self._watched_by_kind[self._kind[course]]
            for fact in self._gives[course]:
                stale |= self._watched_by_fact.get(fact, stale)
        which = list(stale)
        memory.ratio[which] = self._hope[which]
        memory.minutes[which] = self._own_minutes[which]
        memory.exact[which] = False

    def _improved(self, choice: _Choice, memory: _Memory) -> _Choice:
        """Exchange steps, and force bundles in, while either makes the choice better."""
        best = self._repacked(choice, memory)
        for _ in range(ROUNDS if len(best.courses) <= MANY else 0):
            before = best.key
            best, memory = self._best_of(best, memory, self._exchanged, self._to_leave_out(best))
            best, memory = self._best_of(best, memory, self._forced, self._to_force(best, memory))
            if best.key == before:
                break
        return best

    def _best_of(
        self, best: _Choice, memory: _Memory, change: Callable[[_Choice, int, _Memory], _Choice], courses: Iterable[int]
    ) -> tuple[_Choice, _Memory]:
        """Try a change with one course after the other, and keep what is better, until too many are in vain."""
        vain = 0
        for course in courses:
            trial_memory = memory.copy()
            trial = self._repacked(change(best, course, trial_memory), trial_memory)
            if trial.key > best.key:
                self._forget(trial_memory, [course])
                best, memory, vain = trial, trial_memory, 0
            else:
                vain += 1
            if vain == IN_VAIN:
                break
        return best, memory

    def _to_leave_out(self, choice: _Choice) -> list[int]:
        """Return the steps, those worth least a minute first."""
        return sorted(choice.courses, key=lambda each: (self._value[each] / self._minutes[each], -each))

    def _to_force(self, choice: _Choice, memory: _Memory) -> list[int]:
        """Return courses that are not chosen, those of the greatest gain a minute first."""
        rates = memory.ratio.copy()
        rates[choice.courses] = -np.inf
        order = np.argsort(-rates, kind="stable")[:FORCED]
        return [course for course in order.tolist() if rates[course] > _TINY]

    def _exchanged(self, choice: _Choice, left_out: int, memory: _Memory) -> _Choice:
        if left_out not in choice.courses:
            return choice
        kept = self._possible(course for course in choice.courses if course != left_out)
        self._forget(memory, set(choice.courses).difference(kept))
        memory.ratio[left_out] = -np.inf
        return self._settled(self._choice(kept), memory)

    def _forced(self, choice: _Choice, course: int, memory: _Memory) -> _Choice:
        """Return the choice with a bundle in it, less the steps worth least a minute that nothing leans on."""
        grown = self._choice([*choice.courses, *self._bundles.of(course, choice.facts)])
        while grown.minutes > self._limit:
            needed = {course, *self._needed_by_others(grown)}
            leaves = [each for each in grown.courses if each not in needed]
            if not leaves:
                return choice
            worst = min(leaves, key=lambda each: (self._value[each] / self._minutes[each], each))
            grown = self._choice(each for each in grown.courses if each != worst)
        self._forget(memory, set(grown.courses).symmetric_difference(choice.courses))
        return self._settled(grown, memory)

    def _repacked(self, choice: _Choice, memory: _Memory) -> _Choice:
        """Choose anew, and exactly, among the courses for which nothing else has to be added or kept."""
        rest = self._choice(self._needed_by_others(choice))
        left = min(self._limit - rest.minutes, LONGEST)
        kinds: dict[int, list[Option]] = {}
        for course in self._takeable_after(rest, left):
            value = self._value[course] - rest.best.get(self._kind[course], 0.0)
            if value > _TINY:
                kinds.setdefault(self._kind[course], []).append((course, self._minutes[course], value))
        packed = self._choice([*rest.courses, *best_packing(kinds, left)])
        if packed.key <= choice.key:
            return choice
        self._forget(memory, set(packed.courses).symmetric_difference(choice.courses))
        return self._settled(packed, memory)

    def _needed_by_others(self, choice: _Choice) -> list[int]:
        """Return the courses that are the first to satisfy a group of another one; they can be taken by themselves."""
        first: dict[int, int] = {}
        for course in choice.courses:
            for fact in self._gives[course]:
                first.setdefault(fact, course)
        place = {course: number for number, course in enumerate(choice.courses)}
        needed: set[int] = set()
        for course in choice.courses:
            for group, _provider in self._bundles.groups(course):
                needed.add(min((first[fact] for fact in group if fact in first), key=place.__getitem__))
        return [course for course in choice.courses if course in needed]

    def _takeable_after(self, rest: _Choice, left: int) -> list[int]:
        """Return the courses that could be added by themselves, those of the highest rates first, so many at most."""
        candidates = np.flatnonzero((self._hope > 0) & (self._own_minutes <= left))
        taken = set(rest.courses)
        by_rate = candidates[np.argsort(-self._hope[candidates], kind="stable")]
        possible = (
            course
            for course in by_rate.tolist()
            if course not in taken
            and not any(rest.facts.isdisjoint(group) for group, _provider in self._bundles.groups(course))
        )
        return list(islice(possible, CANDIDATES))

    def _possible(self, courses: Iterable[int]) -> list[int]:
        """Return those of the courses that can be taken, in an order in which they can."""
        facts: set[int] = set()
        taken: list[int] = []
        waiting, before = list(courses), -1
        while len(waiting) != before:
            before, blocked = len(waiting), []
            for course in waiting:
                if any(facts.isdisjoint(group) for group, _provider in self._bundles.groups(course)):
                    blocked.append(course)
                else:
                    facts.update(self._gives[course])
                    taken.append(course)
            waiting = blocked
        return taken

    def _settled(self, choice: _Choice, memory: _Memory) -> _Choice:
        """Fill the minutes and leave out what serves nothing, until neither changes anything."""
        while True:
            filled = self._filled(choice, memory)
            choice = self._without_idle(filled, memory)
            if len(choice.courses) == len(filled.courses):
                return choice

    def _without_idle(self, choice: _Choice, memory: _Memory) -> _Choice:
        """Leave out each step, the last first, that neither counts nor makes possible anything that does."""
        counting = {
            self._kind[each]: each for each in choice.courses if self._value[each] == choice.best.get(self._kind[each])
        }
        for course in [each for each in reversed(choice.courses) if counting.get(self._kind[each]) != each]:
            rest = self._choice(self._possible(each for each in choice.courses if each != course))
            if rest.value >= choice.value - _TINY:
                self._forget(memory, set(choice.courses).difference(rest.courses))
                choice = rest
        return choice
