"""The greatest worth that fits into so many minutes: by enumeration, and as an integer program put to HiGHS."""

import time
from collections.abc import Iterable
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from recommender.engine.choosing import Worth
from recommender.engine.recommending import total_worth
from recommender.engine.standing import Standing

Row = dict[int, float]


def takeable(standing: Standing, courses: Iterable[int]) -> list[int]:
    """Return those of the courses that can be taken, one after another, by the definition."""
    facts, taken, waiting = set(standing.holdings.facts), list[int](), list(courses)
    while True:
        possible = [c for c in waiting if not any(facts.isdisjoint(group) for group in standing.prepared.groups[c])]
        if not possible:
            return taken
        taken += possible
        waiting = [c for c in waiting if c not in possible]
        for course in possible:
            facts.update(standing.prepared.gives[course])


def enumerated(standing: Standing, worth: Worth, limit: int) -> float:
    """Return the greatest worth of all sets of usable courses that can be taken within the limit."""
    usable, minutes = np.flatnonzero(standing.usable).tolist(), standing.prepared.minutes
    return max(
        total_worth(worth, chosen)
        for size in range(len(usable) + 1)
        for chosen in combinations(usable, size)
        if sum(minutes[c] for c in chosen) <= limit and len(takeable(standing, chosen)) == size
    )


class IntegerProgram:
    """One variable says whether a course is chosen, one whether it counts. That chosen courses do not merely hold each
    other up is enforced by cuts, added while needed: of a set that cannot be taken in any order, no member is chosen
    unless, for some member, a group that only the set satisfies is satisfied from outside.
    """

    def __init__(self, standing: Standing, worth: Worth, limit: int, seconds: float = 60.0) -> None:
        self.standing, self.worth, self.seconds = standing, worth, seconds
        self.courses = sorted(takeable(standing, np.flatnonzero(standing.usable).tolist()))
        self.place = {course: place for place, course in enumerate(self.courses)}
        self.size = len(self.courses)
        self.rows: list[tuple[Row, float]] = []  # sum of coefficients times variables <= bound
        self._at_most({p: float(standing.prepared.minutes[c]) for c, p in self.place.items()}, limit)
        kinds: dict[int, Row] = {}
        for course, place in self.place.items():
            for group in standing.open_groups(course):
                self._at_most({place: 1.0, **dict.fromkeys(self._providers(group) - {place}, -1.0)}, 0)
            self._at_most({self.size + place: 1.0, place: -1.0}, 0)
            kinds.setdefault(int(worth.kind[course]), {})[self.size + place] = 1.0
        for row in kinds.values():
            self._at_most(row, 1)

    def _at_most(self, row: Row, bound: float) -> None:
        self.rows.append((row, bound))

    def _providers(self, group: Iterable[int]) -> set[int]:
        given = {course for fact in group for course in self.standing.prepared.providers(fact)}
        return {self.place[course] for course in given if course in self.place}

    def solve(self) -> tuple[float, float]:
        """Return the greatest worth that was found in the time, and a bound that none exceeds."""
        if not self.courses:
            return 0.0, 0.0
        end = time.monotonic() + self.seconds
        while True:
            chosen, bound = self._chosen(max(1.0, end - time.monotonic()))
            taken = takeable(self.standing, chosen)
            if len(taken) == len(chosen) or time.monotonic() > end:
                return total_worth(self.worth, taken), bound
            self._cut(set(chosen).difference(taken), taken)

    def _chosen(self, seconds: float) -> tuple[list[int], float]:
        entries = [(i, j, v) for i, (row, _) in enumerate(self.rows) for j, v in row.items()]
        rows, columns, values = zip(*entries, strict=True)
        matrix = coo_array((values, (rows, columns)), shape=(len(self.rows), 2 * self.size)).tocsr()
        most = np.array([bound for _, bound in self.rows])
        value = self.worth.value[self.courses]
        found = milp(
            np.concatenate([np.zeros(self.size), -value]),
            integrality=np.ones(2 * self.size, np.uint8),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, -np.inf, most),
            options={"time_limit": seconds, "mip_rel_gap": 1e-6},
        )
        assert found.mip_dual_bound is not None
        chosen = np.zeros(self.size) if found.x is None else found.x  # nothing was found in the time
        return [c for c, place in self.place.items() if chosen[place] > 0.5], -float(found.mip_dual_bound)

    def _cut(self, stuck: set[int], taken: list[int]) -> None:
        facts = self.standing.holdings.facts.union(*(self.standing.prepared.gives[course] for course in taken))
        inside = {self.place[course] for course in stuck}
        outside: set[int] = set()
        for course in stuck:
            blocked = next(group for group in self.standing.open_groups(course) if facts.isdisjoint(group))
            outside |= self._providers(blocked) - inside
        for place in inside:
            self._at_most({place: 1.0, **dict.fromkeys(outside, -1.0)}, 0)
