"""Learners as the kernel reads them."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import FEATURES, TermTree
from recommender.engine.goals import expanded
from recommender.engine.holdings import is_waived
from recommender.engine.learner import Learner
from recommender.engine.native.layout import Array, Learners, Rows, pointer
from recommender.engine.planning_graph import PlanningGraph

HIGHEST = 2**31 - 1
MOST_MINUTES = 2**62


class _Lists:
    """Ragged lists that grow row by row."""

    def __init__(self) -> None:
        self.values: list[int] = []
        self.ptr = [0]

    def row(self, values: Iterable[int]) -> None:
        self.values += values
        self.ptr.append(len(self.values))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the search is told beside a learner, by course codes; those that the graph does not know are left aside.

    ``keep`` are the courses of the program before, in its order: they cost the search next to nothing, and keep their
    order. ``started`` ones cost less still, and come first. Of ``only`` it may choose, where given; never of ``skip``.
    """

    keep: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    skip: tuple[str, ...] = ()


class Codes:
    """What codes of a graph stand for: the indices by which learners are encoded."""

    def __init__(self, prepared: PlanningGraph) -> None:
        graph = prepared.graph
        self.prepared = prepared
        self.audiences, self.regions, self.industries = map(_index, (graph.audiences, graph.regions, graph.industries))
        self.languages = {tag: index for index, tag in enumerate(graph.languages)}


def _index(tree: TermTree) -> dict[str, int]:
    return {code: index for index, code in enumerate(tree.codes)}


class Encoded:
    """``N`` learners as arrays: made once, planned as often as wanted.

    Parameters
    ----------
    codes : of the graph.
    learners : who; their goals all known to the graph.
    today : the date on which waivers are looked at.
    wishes : for each learner, what the search is told beside; it may choose among `only` for all learners or for none.

    Raises
    ------
    UnknownCode
        If a goal names a course, competence or programme that the graph does not have.
    """

    def __init__(
        self,
        codes: Codes,
        learners: Sequence[Learner],
        *,
        today: dt.date,
        wishes: Sequence[Wishes] | None = None,
    ) -> None:
        self._kept: list[Array] = []
        self.size = len(learners)
        index = codes.prepared.course_index
        competences = codes.prepared.competence_index
        mastered, levels = _Lists(), list[int]()
        for learner in learners:
            known = [held for held in learner.mastered if held.competence in competences]
            mastered.row([competences[held.competence] for held in known])
            levels += [min(held.level, HIGHEST) for held in known]
        goals, goal_competence, goal_level, goal_weight = _goals(codes.prepared, learners)
        told = wishes or [Wishes()] * len(learners)
        self.arrays = Learners(
            size=len(learners),
            audiences=self._known(codes.audiences, (learner.audiences for learner in learners)),
            industries=self._known(codes.industries, (learner.industries for learner in learners)),
            languages=self._known(codes.languages, (learner.languages for learner in learners)),
            region=self._keep([codes.regions.get(learner.region or "", -1) for learner in learners]),
            needs=self._keep([_bits(learner.needs) if learner.needs else 0 for learner in learners]),
            megabytes=self._keep(
                [math.inf if learner.max_megabytes is None else learner.max_megabytes for learner in learners],
                np.float64,
            ),
            budget=self._keep([_budget(learner) for learner in learners], np.int64),
            completed=self._known(index, (learner.completed for learner in learners)),
            waived=self._known(index, (_waived(learner, today) if learner.waived else () for learner in learners)),
            skip=self._known(index, (wish.skip for wish in told)),
            keep=self._known(index, (wish.keep for wish in told)),
            started=self._known(index, (wish.started for wish in told)),
            only=self._only(index, told),
            mastered=self._lists(mastered),
            mastered_level=self._keep(levels),
            goal_course=self._lists(goals),
            goal_competence=self._keep(goal_competence),
            goal_level=self._keep(goal_level),
            goal_weight=self._keep(goal_weight, np.float64),
        )

    def _keep(self, values: npt.ArrayLike, dtype: npt.DTypeLike = np.int32) -> int | None:
        array = np.ascontiguousarray(values, dtype)
        self._kept.append(array)
        return pointer(array, dtype)

    def _only(self, index: dict[str, int], told: Sequence[Wishes]) -> Rows:
        if any(wish.only is None for wish in told):
            return Rows(None, None)
        return self._known(index, (wish.only or () for wish in told))

    def _lists(self, lists: _Lists) -> Rows:
        return Rows(self._keep(lists.ptr, np.int64), self._keep(lists.values))

    def _known(self, index: dict[str, int], rows: Iterable[tuple[str, ...]]) -> Rows:
        """Keep of each row the indices of the codes that the graph has, each once: others match nothing."""
        lists = _Lists()
        for row in rows:
            lists.row([index[code] for code in dict.fromkeys(row) if code in index] if row else ())
        return self._lists(lists)


def _bits(needs: Iterable[str]) -> int:
    return sum(1 << FEATURES.index(need) for need in set(needs))


def _waived(learner: Learner, today: dt.date) -> tuple[str, ...]:
    return tuple(waived.course for waived in learner.waived if is_waived(waived, today))


def _budget(learner: Learner) -> int:
    return -1 if learner.minutes_budget is None else min(learner.minutes_budget, MOST_MINUTES)


def _goals(prepared: PlanningGraph, learners: Sequence[Learner]) -> tuple[_Lists, list[int], list[int], list[float]]:
    """Return the distinct goals of each, as they name them: course (or -1), competence, level, weight."""
    goals, competence, level, weight = _Lists(), list[int](), list[int](), list[float]()
    for learner in learners:
        distinct = expanded(prepared, learner)
        goals.row([index if is_course else -1 for is_course, index, _ in distinct])
        competence += [-1 if is_course else index for is_course, index, _ in distinct]
        level += [min(at, HIGHEST) for _, _, at in distinct]
        weight += distinct.values()
    return goals, competence, level, weight
