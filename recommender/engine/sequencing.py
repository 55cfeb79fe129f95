"""The order of chosen courses: by requirements; then as recommended, lower levels first, and by relevance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from curriculum_graph.compile import Float64
from recommender.engine.planning_graph import PlanningGraph


def in_sequence(prepared: PlanningGraph, courses: Iterable[int], held: frozenset[int], worth: Float64) -> list[int]:
    """Return courses that can all be taken, each when its requirements hold.

    Among those that can come next: first one before which nothing else of the rest ought to come (a course after which
    it is recommended; one that teaches a lower level of what it teaches), then the one of the greatest ``worth``
    (float64[C]), then by code. Complexity: log-linear in the courses, their requirements and what they ought to follow.
    """
    rest = list(dict.fromkeys(courses))
    before = _before(prepared, rest)
    follows: defaultdict[int, list[int]] = defaultdict(list)
    for course, earlier in before.items():
        for each in earlier:
            follows[each].append(course)
    waiting = _Waiting(prepared, rest, held)
    ready = [(len(before[course]), -float(worth[course]), course) for course in waiting.possible]
    heapify(ready)
    order: list[int] = []
    possible, placed = set(waiting.possible), set[int]()
    while ready:
        soft, _worth, course = heappop(ready)
        if course in placed or soft != len(before[course]):
            continue  # it came, or came nearer, after this was written
        order.append(course)
        placed.add(course)
        freed = waiting.take(course)
        possible.update(freed)
        for each in follows[course]:
            before[each].discard(course)
        for each in dict.fromkeys([*freed, *(each for each in follows[course] if each in possible)]):
            heappush(ready, (len(before[each]), -float(worth[each]), each))
    return order


def _before(prepared: PlanningGraph, rest: Sequence[int]) -> dict[int, set[int]]:
    """Return for each course those of the rest that ought to come before it, though they need not."""
    listed = set(rest)
    before = {course: listed.intersection(prepared.after[course]) - {course} for course in rest}
    taught: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for course in rest:
        highest = dict(prepared.competence_level(fact) for fact in prepared.gives[course][1:])
        for competence, level in highest.items():
            taught[competence].append((level, course))
    for teachers in taught.values():
        for level, course in teachers:
            before[course].update(other for lower, other in teachers if lower < level)
    return before


class _Waiting:
    """Which courses wait for which facts. ``possible`` are those that wait for none."""

    def __init__(self, prepared: PlanningGraph, courses: Iterable[int], held: frozenset[int]) -> None:
        self._prepared = prepared
        self._open: dict[int, int] = {}
        self._asked: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._met: set[tuple[int, int]] = set()
        for course in courses:
            groups = [group for group in prepared.groups[course] if held.isdisjoint(group)]
            self._open[course] = len(groups)
            for number, group in enumerate(groups):
                for fact in group:
                    self._asked[fact].append((course, number))
        self.possible = [course for course, count in self._open.items() if not count]

    def take(self, course: int) -> list[int]:
        """Return the courses that become possible when a course is taken."""
        freed = []
        for fact in self._prepared.gives[course]:
            for waiter in self._asked.pop(fact, ()):
                if waiter not in self._met:
                    self._met.add(waiter)
                    self._open[waiter[0]] -= 1
                    if not self._open[waiter[0]]:
                        freed.append(waiter[0])
        return freed


def weeks_of(minutes: Sequence[int], minutes_per_week: int | None) -> list[int | None]:
    """Return the week in which each step starts, counted from 1; ``None`` where the learner gives no minutes a week."""
    weeks: list[int | None] = []
    before = 0
    for step in minutes:
        weeks.append(None if minutes_per_week is None else 1 + before // minutes_per_week)
        before += step
    return weeks
