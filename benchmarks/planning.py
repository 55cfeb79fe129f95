"""Planning: programs per second of CPU, and how near the planner comes to HiGHS, which it is held against.

    python -m benchmarks.planning

Speed is measured on a catalogue of national size (3,072 courses). The gap is measured on a small one (240 courses), as
HiGHS needs minutes for most learners on the large one. HiGHS is scipy.optimize.milp, see :mod:`._planning_exact`.
"""

import datetime as dt
import statistics
import time
from typing import Any

import msgspec

from benchmarks._planning_exact import exact
from benchmarks._planning_sample import NATIONAL, SMALL, catalogue, learners
from curriculum_graph.compile import CompiledGraph, compile_graph
from curriculum_graph.snapshot import Snapshot
from recommender.engine.api import plan
from recommender.engine.learner import Learner
from recommender.engine.program import Program
from tests.validity import World

TODAY = dt.date(2026, 6, 1)
Document = dict[str, Any]


def planned(graph: CompiledGraph, learner: Document) -> tuple[Program, float]:
    """Return a program and the seconds of CPU that it took."""
    known = msgspec.convert(learner, Learner)
    start = time.process_time()
    program = plan(graph, known, None, objective="minutes", model="none", today=TODAY)
    return program, time.process_time() - start


def speed(count: int = 200) -> None:
    graph = compile_graph(msgspec.convert(catalogue(NATIONAL), Snapshot), "benchmark")
    everyone = learners(count, NATIONAL)
    planned(graph, everyone[0])
    for name, some in (("without a budget", everyone[::2]), ("with a budget", everyone[1::2])):
        seconds = [planned(graph, learner)[1] for learner in some]
        print(
            f"{len(graph.course_codes)} courses, {len(some)} learners {name}: "
            f"{len(some) / sum(seconds):.0f} programs per CPU second; "
            f"median {1000 * statistics.median(seconds):.1f} ms, "
            f"90th percentile {1000 * statistics.quantiles(seconds, n=10)[-1]:.1f} ms"
        )


def gap(count: int = 60) -> None:
    document = catalogue(SMALL)
    graph = compile_graph(msgspec.convert(document, Snapshot), "benchmark")
    ours = theirs = 0.0
    compared = optimal = short = minutes = least = 0
    for learner in learners(count, SMALL):
        program, seconds = planned(graph, learner)
        start = time.process_time()
        best = exact(document, learner, TODAY)
        peer = time.process_time() - start
        if best is None or not best[1]:
            continue
        world = World(document, learner, TODAY)
        weight = sum(world.goals[g] for g in world.reached(world.possible(step.course for step in program.steps)))
        ours, theirs, compared = ours + seconds, theirs + peer, compared + 1
        if weight < best[0] - 1e-6:
            short += 1
        else:
            minutes, least = minutes + program.total_minutes, least + best[1]
            optimal += program.total_minutes == best[1]
    print(
        f"{len(graph.course_codes)} courses, {compared} learners, against HiGHS: {optimal} programs are the best; "
        f"{short} reach less weight; the others take {100 * (minutes / least - 1):.2f} % more minutes in all; "
        f"CPU {ours:.2f} s against {theirs:.2f} s, {theirs / ours:.0f} times as fast"
    )


if __name__ == "__main__":
    speed()
    gap()
