"""The program after an event: only what must change changes (``docs/planning.md``)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from curriculum_graph.compile import CompiledGraph, Float64
from recommender.engine.batch import NONE, Int64, Programs
from recommender.engine.documents import program_of
from recommender.engine.goals import expanded
from recommender.engine.learner import Learner
from recommender.engine.native.encoding import HIGHEST
from recommender.engine.planning import IRRELEVANCE, Wishes, plan_batch
from recommender.engine.planning_graph import prepare
from recommender.engine.program import Objective, Program
from recommender.engine.rows import joined, picked

WORTH = 0.1
"""By what share of its price a program must be cheaper than the one that is kept, to take its place."""

ROUNDS = 10
"""How often a program may give way to another. Two were never seen to be too few."""

Courses = tuple[str, ...]
Thing = tuple[int, int, int]  # course, competence, level: a goal as arrays of programs name it


def replan(  # noqa: PLR0913 - as `plan`
    graph: CompiledGraph,
    learner: Learner,
    relevance: Float64 | None = None,
    *,
    previous: Sequence[str],
    started: Collection[str] = (),
    objective: Objective = "balanced",
    model: str = "none",
    today: dt.date,
) -> Program:
    """Return a learner's program, as near to the one before as it can serve: :func:`replan_batch` for one.

    Parameters
    ----------
    previous : the courses of the program before, in its order; whatever of them is taken, closed or gone is left out.
    started : courses that the learner has started and neither finished nor given up.
    the others : as for :func:`recommender.engine.planning.plan`.
    """
    before = [Before(tuple(previous), tuple(started))]
    rows = None if relevance is None else relevance.reshape(1, -1)
    programs = replan_batch(graph, [learner], rows, before=before, objective=objective, today=today, threads=1)
    pace = learner.minutes_per_week
    return program_of(programs, 0, learner=learner.learner, model=model, objective=objective, minutes_per_week=pace)


@dataclass(frozen=True, slots=True)
class Before:
    """What a learner looks back on: the courses of the program before, in its order, and those that were started."""

    previous: Courses = ()
    started: Courses = ()


def replan_batch(
    graph: CompiledGraph,
    learners: Sequence[Learner],
    relevance: Float64 | None = None,
    *,
    before: Sequence[Before],
    objective: Objective = "balanced",
    today: dt.date,
    threads: int | None = None,
) -> Programs:
    """Return the programs of N learners, each as near to the one before as it can serve.

    Parameters
    ----------
    before : for each learner, what they look back on.
    the others : as for :func:`recommender.engine.planning.plan_batch`; ``relevance`` is no factors.

    Returns
    -------
    Valid programs. One that is given as ``previous``, with the other arguments unchanged, comes back the same.

    Notes
    -----
    First there is what the program before still reaches. It gives way to a program that keeps of it what it can, and
    that one to a program planned afresh, only in order to reach more goal weight; for equal weight, to use more of
    what is started; else to save :data:`WORTH` of the price. This is done again until nothing changes: it ends, as
    each change is for the better (:data:`ROUNDS` at most). Three plans where nothing changes, five where something
    does once.
    """
    again = _Replanning(graph, learners, relevance, [one.started for one in before], objective, today, threads)
    everyone = np.arange(len(learners))
    keep = [one.previous for one in before]
    fresh = again.planned(everyone)
    begun = everyone[[bool(one.started and not one.previous) for one in before]]
    waiting = everyone[[bool(one.previous) for one in before]]
    current = _replaced(fresh, begun, again.begun(fresh, begun)) if len(begun) else fresh
    if len(waiting):
        current = _replaced(current, waiting, again.kept(waiting, keep))
    for _ in range(ROUNDS):
        if not len(waiting):
            break
        extended = again.planned(waiting, [keep[row] for row in waiting])
        candidates = joined([picked(current, waiting), extended, picked(fresh, waiting)], graph)
        chosen = again.best_of(candidates, waiting)
        changed = chosen >= len(waiting)
        better = picked(candidates, chosen[changed])
        waiting = waiting[changed]
        for row, courses in zip(waiting.tolist(), _courses(better), strict=True):
            keep[row] = courses
        if len(waiting):
            current = _replaced(current, waiting, again.kept(waiting, keep))
    return current


def _replaced(programs: Programs, rows: Int64, others: Programs) -> Programs:
    """Return the programs with others in the place of some rows."""
    place = np.arange(len(programs))
    place[rows] = len(programs) + np.arange(len(rows))
    return picked(joined([programs, others], programs.graph), place)


def _courses(programs: Programs) -> list[Courses]:
    codes = programs.graph.course_codes
    courses = programs.course.tolist()
    return [tuple(codes[course] for course in courses[slice(*ends)]) for ends in pairwise(programs.step_ptr.tolist())]


def _weights(graph: CompiledGraph, learner: Learner) -> dict[Thing, float]:
    """Return the weight of each goal, as programs name it."""
    weights: defaultdict[Thing, float] = defaultdict(float)
    for (is_course, index, level), weight in expanded(prepare(graph), learner).items():
        weights[(index, NONE, 0) if is_course else (NONE, index, min(level, HIGHEST))] += weight
    return weights


class _Replanning:
    """Plans for some of the learners, and compares what is found."""

    def __init__(
        self,
        graph: CompiledGraph,
        learners: Sequence[Learner],
        relevance: Float64 | None,
        started: Sequence[Courses],
        objective: Objective,
        today: dt.date,
        threads: int | None,
    ) -> None:
        self._graph, self._learners, self._relevance = graph, learners, relevance
        self._started, self._objective, self._today, self._threads = started, objective, today, threads
        self._weights = [_weights(graph, learner) for learner in learners]

    def planned(self, rows: Int64, keep: Sequence[Courses] | None = None, *, is_only: bool = False) -> Programs:
        """Return the programs of some learners: afresh, or with what is kept."""
        wishes = None
        if keep is not None:
            wishes = [
                Wishes(courses, self._started[row], courses if is_only else None)
                for row, courses in zip(rows.tolist(), keep, strict=True)
            ]
        return plan_batch(
            self._graph,
            [self._learners[row] for row in rows.tolist()],
            None if self._relevance is None else np.ascontiguousarray(self._relevance[rows]),
            objective=self._objective,
            today=self._today,
            wishes=wishes,
            threads=self._threads,
        )

    def kept(self, rows: Int64, keep: Sequence[Courses]) -> Programs:
        """Return what the courses that each of some learners keeps still reach."""
        return self.planned(rows, [keep[row] for row in rows], is_only=True)

    def begun(self, fresh: Programs, rows: Int64) -> Programs:
        """Return the programs of learners who have no program before, only courses that they started."""
        candidates = joined([self.planned(rows, [()] * len(rows)), picked(fresh, rows)], self._graph)
        return picked(candidates, self.best_of(candidates, rows))

    def best_of(self, programs: Programs, rows: Int64) -> Int64:
        """Return which of the programs each learner gets: of each there are as many as rows, those that stay first."""
        count = len(rows)
        lost, used = self._lost(programs, rows), self._used(programs, rows)
        price = self._price(programs)
        best = np.arange(count)
        for place in range(count, len(programs), count):
            one = np.arange(place, place + count)
            same = (lost[one] == lost[best]) & (used[one] == used[best])
            better = (lost[one] < lost[best]) | ((lost[one] == lost[best]) & (used[one] > used[best]))
            best = np.where(better | (same & (price[one] < (1 - WORTH) * price[best])), one, best)
        return best

    def _lost(self, programs: Programs, rows: Int64) -> Float64:
        """Return float64[N]: the weight of the goals that each program does not reach."""
        lost = np.zeros(len(programs))
        owners = np.repeat(np.arange(len(programs)), np.diff(programs.unmet_ptr)).tolist()
        for owner, goal in zip(owners, programs.unmet.tolist(), strict=True):
            lost[owner] += self._weights[rows[owner % len(rows)]][goal]
        return np.round(lost, 9)

    def _used(self, programs: Programs, rows: Int64) -> Int64:
        """Return int64[N]: how many steps of each program are started."""
        used = [
            len(set(self._started[rows[number % len(rows)]]).intersection(courses))
            for number, courses in enumerate(_courses(programs))
        ]
        return np.array(used, np.int64)

    def _price(self, programs: Programs) -> Float64:
        """Return float64[N]: minutes as the objective weighs them."""
        minutes = self._graph.minutes[programs.course].astype(np.float64)
        if self._objective == "balanced" and self._relevance is not None:
            minutes *= 1 + IRRELEVANCE * (1 - programs.relevance.astype(np.float64))
        whole = np.concatenate(([0.0], np.cumsum(minutes)))
        return np.asarray(whole[programs.step_ptr[1:]] - whole[programs.step_ptr[:-1]])
