"""One contestant of the throughput benchmark, in a process of its own: prints one JSON document.

    python -m benchmarks._planning_peers planner|lightfm|implicit|product|single --learners N [--courses C]

All work on the same number of learners, courses and factors. ``planner`` writes whole programs with relevance, reasons
and alternatives; ``lightfm`` only scores every learner with every course; ``implicit`` keeps the best twelve of
each learner; ``product`` is the matrix product of learners and courses alone, the floor. Each uses both cores.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import coo_matrix, identity

from benchmarks._planning_families import (
    FEWEST_LEFT,
    MOST_LEFT,
    NATIONAL_COURSES,
    national_learner,
    national_people,
    national_snapshot,
)
from benchmarks._planning_quality import TODAY
from curriculum_graph.compile import CompiledGraph, compile_graph
from curriculum_graph.store import save_graph
from recommender.engine.api import Factors, plan_batch
from recommender.engine.learner import Learner

DIMENSIONS = 32
TOP = 12
THREADS = 2
PLANNED, SCORED, RANKED = 20_000, 2_000, 20_000
"""Learners at a time: what one call is given, so that no dense matrix of all learners is ever kept."""
PEOPLE = 2_000
SINGLE = 2_000

Clock = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=tuple(CONTESTANTS))
    parser.add_argument("--learners", type=int, required=True)
    parser.add_argument("--courses", type=int, default=NATIONAL_COURSES)
    chosen = parser.parse_args()
    print(json.dumps(CONTESTANTS[chosen.name](chosen.learners, chosen.courses)))


def _clock() -> Clock:
    return time.perf_counter(), time.process_time()


def _since(start: Clock) -> dict[str, float]:
    return {"seconds": time.perf_counter() - start[0], "cpu": time.process_time() - start[1]}


def _factors(rows: int, seed: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.random.default_rng(seed).normal(0, 0.3, (rows, DIMENSIONS)).astype(np.float32)


def _timed(work: Callable[[int, int], object], learners: int, size: int) -> dict[str, float]:
    """Time work on all learners, so many at a time; a first call on a few warms up."""
    work(0, min(16, learners))
    start = _clock()
    for first in range(0, learners, size):
        work(first, min(first + size, learners))
    return _since(start)


def product(learners: int, courses: int) -> dict[str, Any]:
    people, items = _factors(learners, 1), _factors(courses, 2)
    into = np.empty((SCORED, courses), np.float32)

    def work(first: int, end: int) -> None:
        np.matmul(people[first:end], items.T, out=into[: end - first])

    from threadpoolctl import threadpool_info

    blas = [f"{pool['internal_api']} {pool['version']} {pool.get('architecture')}" for pool in threadpool_info()]
    return {**_timed(work, learners, SCORED), "blas": blas}


def lightfm(learners: int, courses: int) -> dict[str, Any]:
    from lightfm import LightFM

    model = LightFM(no_components=DIMENSIONS, random_state=1)
    rng = np.random.default_rng(1)
    pairs = (rng.integers(0, learners, 2000, np.int32), rng.integers(0, courses, 2000, np.int32))
    model.fit_partial(coo_matrix((np.ones(2000, np.float32), pairs), shape=(learners, courses)), epochs=1)
    items = np.arange(courses, dtype=np.int32)
    own = {"user_features": identity(learners, format="csr", dtype=np.float32)}
    own["item_features"] = identity(courses, format="csr", dtype=np.float32)

    def work(first: int, end: int) -> None:
        people = np.repeat(np.arange(first, end, dtype=np.int32), courses)
        model.predict(people, np.tile(items, end - first), num_threads=THREADS, **own)

    return _timed(work, learners, SCORED)


def implicit(learners: int, courses: int) -> dict[str, Any]:
    try:
        from implicit.cpu.als import AlternatingLeastSquares
    except ImportError:
        return {"absent": "implicit is not installed (dependency group bench)"}
    model = AlternatingLeastSquares(factors=DIMENSIONS, num_threads=THREADS)
    model.user_factors, model.item_factors = _factors(learners, 1), _factors(courses, 2)

    def work(first: int, end: int) -> None:
        model.recommend(np.arange(first, end), None, N=TOP, filter_already_liked_items=False)

    return _timed(work, learners, RANKED)


def planner(learners: int, courses: int) -> dict[str, Any]:
    graph = _graph(courses)
    items, item_bias = _factors(courses, 2), np.zeros(courses, np.float32)
    spent, steps, unfinished = {"seconds": 0.0, "cpu": 0.0}, [], 0
    for number, some in enumerate(_chunks(graph, learners)):
        people = _factors(len(some), 3 + number)
        factors = Factors(people, np.zeros(len(some), np.float32), items, item_bias)
        start = _clock()
        programs = plan_batch(graph, some, factors, today=TODAY, threads=THREADS)
        for name, value in _since(start).items():
            spent[name] += value
        steps += np.diff(programs.step_ptr).tolist()
        unfinished += int((programs.status == 1).sum())
    return {**spent, "steps_median": median(steps), "partial": unfinished}


def single(learners: int, courses: int) -> dict[str, Any]:
    graph = _graph(courses)
    some = next(_chunks(graph, min(learners, SINGLE)))
    with tempfile.TemporaryDirectory() as folder:
        save_graph(graph, Path(folder))
        Path(folder, "learners.json").write_bytes(msgspec.json.encode(some))
        command = [sys.executable, "-m", "benchmarks._planning_single", folder]
        found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def _graph(courses: int) -> CompiledGraph:
    return compile_graph(national_snapshot(courses), f"national {courses}")


def _chunks(graph: CompiledGraph, count: int) -> Iterator[list[Learner]]:
    """Yield learners as those whose quality is measured: every second has a budget that binds."""
    people = national_people(min(count, PEOPLE))
    for first in range(0, count, PLANNED):
        numbers = range(first, min(first + PLANNED, count))
        some = [msgspec.convert(national_learner(people[n % len(people)], n), Learner) for n in numbers]
        whole = plan_batch(graph, some, objective="minutes", today=TODAY, threads=THREADS).minutes.tolist()
        yield [
            msgspec.structs.replace(learner, minutes_budget=int(minutes * Random(n).uniform(FEWEST_LEFT, MOST_LEFT)))
            if n % 2
            else learner
            for n, learner, minutes in zip(numbers, some, whole, strict=True)
        ]


CONTESTANTS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "planner": planner,
    "lightfm": lightfm,
    "implicit": implicit,
    "product": product,
    "single": single,
}

if __name__ == "__main__":
    main()
