"""Where a learner stands on a graph: what they have, what is open to them, and what they may take now."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph, Float64
from recommender.engine.eligibility import Profile, open_to, profile_of
from recommender.engine.errors import UnknownCode
from recommender.engine.holdings import Holdings, holdings_of
from recommender.engine.learner import Learner
from recommender.engine.planning_graph import PlanningGraph, prepare


@dataclass(frozen=True, slots=True)
class Standing:
    """One learner on one graph. ``usable`` is bool[C]: open, not taken, not skipped."""

    prepared: PlanningGraph
    learner: Learner
    profile: Profile
    holdings: Holdings
    usable: Bool

    @property
    def graph(self) -> CompiledGraph:
        return self.prepared.graph

    def index(self, course: str) -> int:
        """Return a course's index.

        Raises
        ------
        UnknownCode
            The release has no such course.
        """
        if course not in self.prepared.course_index:
            raise UnknownCode(kind="course", name=course)
        return self.prepared.course_index[course]

    def open_groups(self, course: int) -> list[tuple[int, ...]]:
        """Return the groups of a course's requirements that do not hold yet."""
        return [group for group in self.prepared.groups[course] if self.holdings.facts.isdisjoint(group)]

    def new_levels(self, course: int) -> list[tuple[int, int]]:
        """Return (competence, level) for each competence that a course takes to a level not held, the highest of each.

        Ascending by competence.
        """
        graph, prepared = self.graph, self.prepared
        states = graph.teaches[graph.teaches_ptr[course] : graph.teaches_ptr[course + 1]].tolist()
        found = []
        for state in states:
            competence = int(graph.state_ptr.searchsorted(state, side="right")) - 1
            level = state - int(graph.state_ptr[competence]) + 1
            if prepared.level_fact(competence, level) not in self.holdings.facts:
                found.append((competence, level))
        return found

    def teaches_something_new(self, course: int) -> bool:
        """Return whether a course takes the learner further; one that names no competence is taken to do so."""
        graph = self.graph
        return bool(graph.teaches_ptr[course] == graph.teaches_ptr[course + 1]) or bool(self.new_levels(course))


def standing_of(graph: CompiledGraph, learner: Learner, today: dt.date, skip: Iterable[str] = ()) -> Standing:
    """Return where a learner stands on ``today``; courses of ``skip`` that the graph has are not usable.

    Complexity: linear in the graph's targeting and in the learner's past.
    """
    prepared = prepare(graph)
    profile = profile_of(graph, learner)
    holdings = holdings_of(prepared, learner, today)
    usable = open_to(graph.courses_for, profile).copy()
    index = prepared.course_index
    usable[[*holdings.taken, *(index[code] for code in skip if code in index)]] = False
    return Standing(prepared, learner, profile, holdings, usable)


def checked(relevance: Float64 | None, graph: CompiledGraph) -> Float64 | None:
    """Return the relevance as it is.

    Raises
    ------
    ValueError
        It has another shape than one value a course, or values that are not in [0, 1].
    """
    if relevance is not None and (
        relevance.shape != graph.minutes.shape or not bool(np.all((relevance >= 0) & (relevance <= 1)))
    ):
        raise ValueError(f"relevance: one value in [0, 1] for each of the {len(graph.course_codes)} courses is needed")
    return relevance
