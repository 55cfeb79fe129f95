"""Plans many learners at once, on all cores."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from ctypes import byref
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from curriculum_graph.compile import CompiledGraph, Float64
from recommender.engine.batch import ALTERNATIVES, BLOCK, REASON, THING, Float32, Int64, Programs
from recommender.engine.graphs import kept_per_graph
from recommender.engine.native.encoding import Codes, Encoded
from recommender.engine.native.layout import Array, Options, Out, Relevance, copied, kernel, pointer
from recommender.engine.native.tables import Tables
from recommender.engine.planning_graph import prepare
from recommender.engine.program import Objective

IRRELEVANCE = 0.5
"""With the objective ``balanced``, a minute of no relevance weighs as much as 1.5 minutes of full relevance."""

TRIALS = 2_000
"""How many choices of courses one search tries at most,"""

GOAL_TRIALS = 10_000
"""and how many choices of goals, where the budget does not allow all."""

FEW = 16
"""For fewer learners a thread is not worth its while."""


@dataclass(frozen=True, slots=True)
class Factors:
    """Relevance of N learners as a product: the logistic function of ``learner @ course.T`` and both biases.

    ``learner`` is float32[N, D], ``learner_bias`` float32[N], ``course`` float32[C, D], ``course_bias`` float32[C].
    Only what a learner's goals can lead to is multiplied out.
    """

    learner: Float32
    learner_bias: Float32
    course: Float32
    course_bias: Float32


class Planner:
    """The kernel on one graph. Calls may come from several threads at once."""

    def __init__(self, graph: CompiledGraph) -> None:
        self.graph = graph
        prepared = prepare(graph)
        self.codes = Codes(prepared)
        self._tables = Tables(prepared)

    def plan(
        self,
        learners: Encoded | Iterable[Encoded],
        relevance: Float64 | Factors | None = None,
        *,
        objective: Objective = "balanced",
        threads: int | None = None,
    ) -> Programs:
        """Return the programs of N learners, in their order.

        Parameters
        ----------
        learners : all of them, or in parts: the first parts are planned for while later ones are being made.
        relevance : float64[N, C] in [0, 1] (-0 and 1 included), factors, or ``None``: no model.
        threads : how many at a time; as many as there are cores without.

        Raises
        ------
        ValueError
            The relevance has another shape, or values that are not in [0, 1].
        MemoryError
            There is no memory for the programs.

        Notes
        -----
        The same for the same arguments, whatever the number of threads and whoever else is planned with them.
        """
        options = Options(int(objective == "balanced"), IRRELEVANCE, TRIALS, GOAL_TRIALS)
        most = threads or os.cpu_count() or 1
        runs = self._runs([learners] if isinstance(learners, Encoded) else learners, relevance, options, most)
        if most == 1:
            return self._gathered([run() for run in runs], has_model=relevance is not None)
        with ThreadPoolExecutor(most) as pool:
            parts = [pool.submit(run) for run in runs]
        return self._gathered([part.result() for part in parts], has_model=relevance is not None)

    def _runs(
        self, parts: Iterable[Encoded], relevance: Float64 | Factors | None, options: Options, most: int
    ) -> Iterator[Callable[[], list[Array]]]:
        """Yield what there is to do, each of it for at least a few learners."""
        first = 0
        for part in parts:
            scores = self._scores(_rows_of(relevance, first, first + part.size), part.size)
            first += part.size
            count = max(1, min(most, part.size // FEW))
            for start, end in pairwise([part.size * piece // count for piece in range(count + 1)]):
                yield partial(self._run, part, scores, options, start, end)

    def _scores(self, relevance: Float64 | Factors | None, size: int) -> Relevance:
        courses = len(self.graph.course_codes)
        if relevance is None:
            return Relevance(kind=0)
        if isinstance(relevance, Factors):
            dimensions = relevance.course.shape[1]
            wanted = ((size, dimensions), (size,), (courses, dimensions), (courses,))
            given = (relevance.learner, relevance.learner_bias, relevance.course, relevance.course_bias)
            if tuple(array.shape for array in given) != wanted:
                raise ValueError(f"factors: arrays of the shapes {wanted} are needed")
            return Relevance(2, None, *(pointer(array, np.float32) for array in given), dimensions)
        if relevance.shape != (size, courses) or not ((relevance >= 0) & (relevance <= 1)).all():
            raise ValueError(f"relevance: one value in [0, 1] for each of the {courses} courses is needed")
        return Relevance(kind=1, rows=pointer(relevance, np.float64))

    def _run(self, learners: Encoded, scores: Relevance, options: Options, start: int, end: int) -> list[Array]:
        workspace = self._tables.borrow()
        library = kernel()
        if library.planner_run(workspace, byref(learners.arrays), byref(scores), byref(options), start, end):
            library.planner_close(workspace)
            raise MemoryError(f"no memory for the programs of {end - start} learners")
        out: Out = library.planner_out(workspace).contents
        arrays = list(_copied(out))
        self._tables.give_back(workspace)
        return arrays

    def _gathered(self, parts: Sequence[list[Array]], *, has_model: bool) -> Programs:
        """Put the parts together; where rows end becomes where they start."""
        columns: list[Array] = []
        for place, (name, _) in enumerate(COLUMNS):
            own = [part[place] for part in parts]
            columns.append(_pointers(own) if name in ENDS else np.concatenate(own) if len(own) > 1 else own[0])
        by_name = dict(zip((name for name, _ in COLUMNS), columns, strict=True))
        if not has_model:
            by_name["relevance"] = np.full(len(by_name["course"]), np.nan, np.float32)
        by_name["alternatives"] = by_name["alternatives"].reshape(-1, ALTERNATIVES)
        return Programs(graph=self.graph, **{ENDS.get(name, name): column for name, column in by_name.items()})


def _rows_of(relevance: Float64 | Factors | None, start: int, end: int) -> Float64 | Factors | None:
    """Return the relevance of some of the learners."""
    if relevance is None:
        return None
    if isinstance(relevance, Factors):
        own = (relevance.learner[start:end], relevance.learner_bias[start:end])
        return Factors(*own, relevance.course, relevance.course_bias)
    return relevance[start:end]


COLUMNS = (
    ("status", np.dtype(np.uint8)),
    ("minutes", np.dtype(np.int64)),
    ("steps", np.dtype(np.int64)),
    ("course", np.dtype(np.int32)),
    ("relevance", np.dtype(np.float32)),
    ("alternatives", np.dtype(np.int32)),
    ("reason_ends", np.dtype(np.int64)),
    ("reasons", REASON),
    ("variant_ends", np.dtype(np.int64)),
    ("variants", np.dtype(np.int32)),
    ("skipped_ends", np.dtype(np.int64)),
    ("skipped", THING),
    ("skipped_source", np.dtype(np.uint8)),
    ("unmet_ends", np.dtype(np.int64)),
    ("unmet", THING),
    ("unmet_reason", np.dtype(np.uint8)),
    ("block_ends", np.dtype(np.int64)),
    ("blocks", BLOCK),
)
"""What the kernel puts out, in the order of its structure,"""

ENDS = {
    "steps": "step_ptr",
    "reason_ends": "reason_ptr",
    "variant_ends": "variant_ptr",
    "skipped_ends": "skipped_ptr",
    "unmet_ends": "unmet_ptr",
    "block_ends": "block_ptr",
}
"""and what of it says where ragged rows end."""


def _copied(out: Out) -> Iterator[Array]:
    for name, dtype in COLUMNS:
        yield copied(getattr(out, name), dtype, ALTERNATIVES if name == "alternatives" else 1)


def _pointers(ends: Sequence[Int64]) -> Int64:
    """Return where rows start and end from where those of each part end."""
    pointers, last = [np.zeros(1, np.int64)], 0
    for part in ends:
        pointers.append(part + last)
        last = int(pointers[-1][-1]) if len(part) else last
    return np.concatenate(pointers)


@kept_per_graph
def planner_of(graph: CompiledGraph) -> Planner:
    """Return the planner of a graph; the last few are kept."""
    return Planner(graph)
