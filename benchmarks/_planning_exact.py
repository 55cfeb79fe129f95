"""The named peer: the same question put to HiGHS (scipy.optimize.milp) as an integer program with lazy cuts.

One binary variable for each course that the learner can reach, one for each goal. A course needs, of each group, a
provider among the chosen; a goal likewise. That chosen courses do not merely hold each other up is enforced by cuts,
added while needed: of a set of courses that cannot be taken in any order, each member has a group that only the set
satisfies; one of these groups must be satisfied from outside before any member is chosen.
"""

import datetime as dt
from typing import Any

import networkx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from tests.validity import World

Document = dict[str, Any]
Row = dict[int, float]


class Exact:
    """The integer program of one learner."""

    def __init__(self, world: World, seconds: float) -> None:
        self.world, self.seconds = world, seconds
        reachable = world.possible(world.open - world.start.taken).taken & world.open
        self.codes = sorted(reachable - world.start.taken)
        self.index = {code: place for place, code in enumerate(self.codes)}
        self.providers: dict[tuple[str, int], set[int]] = {}
        for place, code in enumerate(self.codes):
            self.providers.setdefault((code, 0), set()).add(place)
            for taught in world.courses[code].get("teaches", []):
                for level in range(1, taught["level"] + 1):
                    self.providers.setdefault((taught["competence"], level), set()).add(place)
        self.goals = [goal for goal in world.wanted if goal in self.providers]
        self._drop_circular_providers()
        self.groups = [self._groups(code) for code in self.codes]
        self.rows: list[tuple[Row, float]] = []  # sum of coefficients times variables >= bound

    def _open_groups(self, code: str) -> list[list[tuple[str, int]]]:
        """The groups of a course that do not hold at the start, as facts."""
        return [
            [(e["course"], 0) if "course" in e else (e["competence"], e["level"]) for e in group["any_of"]]
            for group in self.world.courses[code].get("requires", [])
            if not any(self.world.start.meets(entry) for entry in group["any_of"])
        ]

    def _groups(self, code: str) -> list[set[int]]:
        none: set[int] = set()
        return [
            none.union(*(self.providers.get(fact, none) for fact in group)) - {self.index[code]}
            for group in self._open_groups(code)
        ]

    def _drop_circular_providers(self) -> None:
        """Leave out providers of a fact that themselves cannot do without it: it is held before they come.

        Per fact and per course, as bits: the facts that it cannot do without; the greatest solution of "a course not
        without what all facts of a group share, a fact not without what all its providers share".
        """
        bit = {fact: 1 << place for place, fact in enumerate(self.providers)}
        everything = (1 << len(bit)) - 1
        behind = dict.fromkeys(self.providers, everything)
        before = [everything] * len(self.codes)
        groups = [self._open_groups(code) for code in self.codes]
        changed = True
        while changed:
            changed = False
            for place, own in enumerate(groups):
                bits = 0
                for group in own:
                    shared = everything
                    for fact in group:
                        shared &= behind.get(fact, everything)
                    bits |= shared
                changed |= bits != before[place]
                before[place] = bits
            for fact, providers in self.providers.items():
                shared = everything
                for place in providers:
                    shared &= before[place]
                behind[fact] = shared | bit[fact]
        for fact, providers in self.providers.items():
            self.providers[fact] = {place for place in providers if not before[place] & bit[fact]}

    def solve(self) -> tuple[float, int] | None:
        """Return the weight reached and the minutes of the best program, or None where time ran out."""
        size = len(self.codes)
        for place, groups in enumerate(self.groups):
            self.rows += [({place: -1.0, **dict.fromkeys(group, 1.0)}, 0.0) for group in groups]
        for number, goal in enumerate(self.goals):
            self.rows.append(({size + number: -1.0, **dict.fromkeys(self.providers[goal], 1.0)}, 0.0))
        minutes = np.array([self.world.courses[code]["minutes"] for code in self.codes], float)
        budget = self.world.learner.get("minutes_budget")
        if budget is not None:
            self.rows.append(({place: -value for place, value in enumerate(minutes)}, -float(budget)))
        weights = np.array([self.world.goals[goal] for goal in self.goals], float)
        first = self._founded(np.concatenate([np.zeros(size), -weights]))
        if first is None:
            return None
        weight = float(weights @ first[size:].round())
        self.rows.append(({size + n: value for n, value in enumerate(weights)}, weight - 1e-6))
        second = self._founded(np.concatenate([minutes, np.zeros(len(weights))]))
        return None if second is None else (weight, round(float(minutes @ second[:size].round())))

    def _founded(self, objective: "np.ndarray[Any, np.dtype[np.float64]]") -> Any:
        while True:
            entries = [(r, c, v) for r, (row, _) in enumerate(self.rows) for c, v in row.items()]
            r, c, v = zip(*entries, strict=True)
            matrix = coo_array((v, (r, c)), shape=(len(self.rows), len(objective))).tocsr()
            result = milp(
                objective,
                integrality=np.ones(len(objective)),
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(matrix, [bound for _, bound in self.rows], np.inf),
                options={"time_limit": self.seconds, "mip_rel_gap": 0.0},
            )
            if result.status != 0:
                return None
            chosen = {place for place in range(len(self.codes)) if result.x[place] > 0.5}
            founded = self.world.possible(self.codes[place] for place in chosen).taken
            hanging = {place for place in chosen if self.codes[place] not in founded}
            if not hanging:
                return result.x
            self._cut(chosen - hanging, hanging)

    def _cut(self, founded: set[int], hanging: set[int]) -> None:
        """Cut off each smallest set of courses that hold each other up."""
        lacking = {place: next(g for g in self.groups[place] if not g & founded) for place in hanging}
        support = networkx.DiGraph()
        support.add_nodes_from(hanging)
        support.add_edges_from((place, other) for place in hanging for other in lacking[place] & hanging)
        for ring in networkx.strongly_connected_components(support):
            if all(other in ring for place in ring for other in support[place]):
                outside = set[int]().union(*(lacking[place] - ring for place in ring))
                self.rows += [({place: -1.0, **dict.fromkeys(outside, 1.0)}, 0.0) for place in ring]


def exact(catalogue: Document, learner: Document, today: dt.date, seconds: float = 20.0) -> tuple[float, int] | None:
    """Return weight and minutes of the best program by minutes, or None where HiGHS needs longer than ``seconds``."""
    world = World(catalogue, learner, today)
    return Exact(world, seconds).solve() if world.wanted else (0.0, 0)
