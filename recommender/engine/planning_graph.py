"""A compiled graph, prepared once for planning.

Planning speaks of *facts*: fact ``c`` is "course ``c`` is taken"; fact ``C + k * L + l - 1`` is "competence ``k`` is
held at level ``l``", where ``L`` is the highest level of any framework. A course needs, of each of its groups, one
fact, and gives its own fact and a level of each competence that it teaches together with every level below.
"""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import CompiledGraph, Int32

NO_FACT = -1
_CACHED_GRAPHS = 4

Facts = tuple[int, ...]
Key = tuple[bool, int, int]  # of a goal: is it a course; the course or competence; the level
Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PlanningGraph:
    """What every plan on one graph shares. ``C`` courses, ``K`` competences, ``L`` levels, ``F = C + K L`` facts.

    Attributes
    ----------
    graph : the compiled graph.
    levels : L, at least 1.
    groups : for each course, its groups, each a tuple of facts.
    gives : for each course, the facts that taking it adds, its own first.
    teachers : for each fact that is a level, the courses that give it, ascending.
    after : for each course, the courses after which it is recommended.
    """

    graph: CompiledGraph
    levels: int
    groups: tuple[tuple[Facts, ...], ...]
    gives: tuple[Facts, ...]
    teachers: dict[int, Int64]
    after: tuple[Facts, ...]

    @property
    def courses(self) -> int:
        return len(self.graph.course_codes)

    @property
    def facts(self) -> int:
        return self.courses + len(self.graph.competence_codes) * self.levels

    @cached_property
    def course_index(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.graph.course_codes)}

    @cached_property
    def competence_index(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.graph.competence_codes)}

    @cached_property
    def programme_index(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.graph.programme_codes)}

    @cached_property
    def programme_goals(self) -> tuple[tuple[tuple[Key, float], ...], ...]:
        """The goals of each programme, each with its weight."""
        graph = self.graph
        competences = graph.state_ptr.searchsorted(graph.goal_state, side="right") - 1
        levels = graph.goal_state - graph.state_ptr[competences] + 1
        keys = [
            (True, course, 0) if course >= 0 else (False, competence, level)
            for course, competence, level in zip(
                graph.goal_course.tolist(), competences.tolist(), levels.tolist(), strict=True
            )
        ]
        weighted = tuple(zip(keys, graph.goal_weight.tolist(), strict=True))
        return tuple(weighted[start:end] for start, end in pairwise(graph.goal_ptr.tolist()))

    @cached_property
    def minutes(self) -> list[int]:
        """Minutes of each course."""
        minutes: list[int] = self.graph.minutes.tolist()
        return minutes

    def level_fact(self, competence: int, level: int) -> int:
        """Return the fact of a competence at a level, or :data:`NO_FACT` where no framework goes so high."""
        if not 1 <= level <= self.levels:
            return NO_FACT
        return self.courses + competence * self.levels + level - 1

    def competence_level(self, fact: int) -> tuple[int, int]:
        """Return competence and level of a fact that is not a course."""
        competence, below = divmod(fact - self.courses, self.levels)
        return competence, below + 1

    def providers(self, fact: int) -> list[int]:
        """Return the courses that give a fact, ascending."""
        if fact < self.courses:
            return [fact]
        teachers = self.teachers.get(fact)
        return [] if teachers is None else teachers.tolist()


_prepared: OrderedDict[int, PlanningGraph] = OrderedDict()


def prepare(graph: CompiledGraph) -> PlanningGraph:
    """Return the graph prepared for planning; the last few are kept.

    Complexity: linear in the graph on the first call (some 20 ms for 3,072 courses), constant after it.
    """
    known = _prepared.get(id(graph))
    if known is not None and known.graph is graph:
        return known
    _prepared[id(graph)] = made = _prepare(graph)
    while len(_prepared) > _CACHED_GRAPHS:
        _prepared.popitem(last=False)
    return made


def _rows(pointer: Int32, values: Int32) -> list[list[int]]:
    flat = values.tolist()
    bounds = pointer.tolist()
    return [flat[start:stop] for start, stop in pairwise(bounds)]


def _prepare(graph: CompiledGraph) -> PlanningGraph:
    courses = len(graph.course_codes)
    sizes = np.diff(graph.state_ptr)
    levels = max(1, int(sizes.max(initial=0)))
    competence = np.repeat(np.arange(len(sizes)), sizes)
    fact_of_state = courses + competence * levels + np.arange(len(competence)) - graph.state_ptr[competence]
    is_course = graph.entry_course >= 0
    entry_fact = np.where(is_course, graph.entry_course, 0).astype(np.int64)
    entry_fact[~is_course] = fact_of_state[graph.entry_state[~is_course]]
    teaches = fact_of_state[graph.teaches].astype(np.int64)
    rows = _rows(graph.entry_ptr, entry_fact.astype(np.int32))
    bounds = graph.group_ptr.tolist()
    groups = tuple(tuple(tuple(row) for row in rows[start:stop]) for start, stop in pairwise(bounds))
    gives = _gives(graph, teaches, courses, levels)
    return PlanningGraph(
        graph=graph,
        levels=levels,
        groups=groups,
        gives=gives,
        teachers=_teachers(gives),
        after=tuple(tuple(row) for row in _rows(graph.after_ptr, graph.after)),
    )


def _gives(graph: CompiledGraph, teaches: Int64, courses: int, levels: int) -> tuple[Facts, ...]:
    taught = _rows(graph.teaches_ptr, teaches.astype(np.int32))
    given: list[Facts] = []
    for course, states in enumerate(taught):
        facts = {fact for state in states for fact in range(state - (state - courses) % levels, state + 1)}
        given.append((course, *sorted(facts)))
    return tuple(given)


def _teachers(gives: tuple[Facts, ...]) -> dict[int, Int64]:
    teachers: dict[int, list[int]] = {}
    for course, facts in enumerate(gives):
        for fact in facts[1:]:
            teachers.setdefault(fact, []).append(course)
    return {fact: np.array(courses, np.int64) for fact, courses in teachers.items()}
