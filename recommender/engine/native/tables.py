"""A compiled graph as the kernel reads it."""

import threading
import weakref
from ctypes import byref
from typing import Any

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import Int32, TermTree
from curriculum_graph.compile import Targeting as CompiledTargeting
from recommender.engine.native.layout import Array, Graph, Rows, Targeting, Tree, kernel, pointer
from recommender.engine.planning_graph import PlanningGraph


class Tables:
    """The arrays of one graph, the structure that points to them, and workspaces that were used before.

    Complexity: linear in the graph; in all some twenty bytes a requirement beside the graph's own arrays.
    """

    def __init__(self, prepared: PlanningGraph) -> None:
        self._kept: list[Array] = []
        self.graph = self._graph(prepared)
        self._lock = threading.Lock()
        self._spare: list[int] = []
        weakref.finalize(self, _close, self._spare)

    def borrow(self) -> int:
        """Return a workspace for this graph, to be given back.

        Raises
        ------
        MemoryError
            If there is no memory for one.
        """
        with self._lock:
            if self._spare:
                return self._spare.pop()
        opened: int | None = kernel().planner_open(byref(self.graph))
        if opened is None:
            raise MemoryError("no memory for the planner's workspace")
        return opened

    def give_back(self, workspace: int) -> None:
        with self._lock:
            self._spare.append(workspace)

    def _keep(self, array: npt.ArrayLike, dtype: npt.DTypeLike = np.int32) -> int | None:
        kept = np.ascontiguousarray(array, dtype)
        self._kept.append(kept)
        return pointer(kept, dtype)

    def _rows(self, ptr: Int32, values: Int32) -> Rows:
        return Rows(self._keep(ptr), self._keep(values))

    def _targeting(self, targeting: CompiledTargeting) -> Targeting:
        return Targeting(
            self._rows(targeting.audience_ptr, targeting.audience),
            self._rows(targeting.region_ptr, targeting.region),
            self._rows(targeting.industry_ptr, targeting.industry),
            self._rows(targeting.language_ptr, targeting.language),
            self._keep(targeting.accessibility),
            self._keep(targeting.megabytes, np.float64),
        )

    def _tree(self, tree: TermTree) -> Tree:
        return Tree(self._keep(tree.parent), self._keep(tree.depth), len(tree.codes))

    def _graph(self, prepared: PlanningGraph) -> Graph:
        graph = prepared.graph
        taught = _taught(prepared)
        by_course, by_competence = (
            _grouped(taught, 0, prepared.courses),
            _grouped(taught, 1, len(graph.competence_codes)),
        )
        givers = _givers(prepared, taught)
        states = np.arange(len(graph.competence_codes) * prepared.levels)
        facts = [fact for course in prepared.groups for group in course for fact in group]
        return Graph(
            courses=prepared.courses,
            competences=len(graph.competence_codes),
            levels=prepared.levels,
            languages=len(graph.languages),
            minutes=self._keep(graph.minutes),
            group_ptr=self._keep(graph.group_ptr),
            entry_ptr=self._keep(graph.entry_ptr),
            entry_fact=self._keep(facts),
            teaches=self._rows(by_course[0], by_course[1][:, 1]),
            teach_level=self._keep(by_course[1][:, 2]),
            teachers=self._rows(by_competence[0], by_competence[1][:, 0]),
            teacher_level=self._keep(by_competence[1][:, 2]),
            givers=self._rows(*givers),
            state_competence=self._keep(states // prepared.levels),
            state_level=self._keep(states % prepared.levels + 1),
            after=self._rows(graph.after_ptr, graph.after),
            audiences=self._tree(graph.audiences),
            regions=self._tree(graph.regions),
            industries=self._tree(graph.industries),
            course_for=self._targeting(graph.courses_for),
            variant_for=self._targeting(graph.variants_for),
            module_ptr=self._keep(graph.module_ptr),
            variant_ptr=self._keep(graph.variant_ptr),
        )


def _close(workspaces: list[int]) -> None:
    for workspace in workspaces:
        kernel().planner_close(workspace)


def _taught(prepared: PlanningGraph) -> Int32:
    """Return int32[T, 3]: course, competence and the highest level of what is taught, by course and competence."""
    highest: dict[tuple[int, int], int] = {}
    for course, facts in enumerate(prepared.gives):
        for fact in facts[1:]:
            competence, level = prepared.competence_level(fact)
            highest[course, competence] = max(level, highest.get((course, competence), 0))
    rows = sorted((course, competence, level) for (course, competence), level in highest.items())
    return np.array(rows, np.int32).reshape(-1, 3)


def _grouped(taught: Int32, column: int, size: int) -> tuple[Int32, Int32]:
    """Return the rows ordered by a column, and where each of its ``size`` values starts."""
    ordered = taught[np.argsort(taught[:, column], kind="stable")]
    return np.searchsorted(ordered[:, column], np.arange(size + 1)).astype(np.int32), ordered


def _givers(prepared: PlanningGraph, taught: Int32) -> tuple[Int32, Int32]:
    """Return for each state the courses that can be the first to give it.

    A course that cannot do without a level of what it teaches gives only the levels above: the others are held by then.
    """
    givers: list[list[int]] = [[] for _ in range(len(prepared.graph.competence_codes) * prepared.levels)]
    rows: Any = taught.tolist()
    levels = {(course, competence): level for course, competence, level in rows}
    for course, competence, level in rows:
        floor = max((_floor(prepared, group, competence, levels) for group in prepared.groups[course]), default=0)
        for state in range(competence * prepared.levels + floor, competence * prepared.levels + level):
            givers[state].append(course)
    ptr = np.cumsum([0, *map(len, givers)]).astype(np.int32)
    return ptr, np.array([course for courses in givers for course in courses], np.int32)


def _floor(prepared: PlanningGraph, group: tuple[int, ...], competence: int, levels: dict[tuple[int, int], int]) -> int:
    """Return the level of a competence that is held wherever a group holds, be it by what a required course taught."""
    least = prepared.levels if group else 0
    for fact in group:
        if fact < prepared.courses:
            least = min(least, levels.get((fact, competence), 0))
        else:
            other, level = prepared.competence_level(fact)
            least = min(least, level if other == competence else 0)
    return least
