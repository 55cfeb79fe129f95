"""Recommendations beside an integer program and beside the top of the ranking with what it requires.

    python -m benchmarks.recommending [--count 20] [--seconds 10]

On the national curriculum, for learners of all kinds, with relevance as it is without a model (``fit``) and drawn at
random (``random``, most courses low). The integer program (HiGHS) gets so many seconds a learner; those for whom it
does not prove the best in them are left out and counted. Figures go to ``benchmarks/out/recommending.json``.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._planning_families import national_snapshot
from cms.national.authoring.population import generate_learners
from curriculum_graph.compile import CompiledGraph, Float64, compile_graph
from recommender.engine.bundles import Bundles
from recommender.engine.choosing import Worth
from recommender.engine.fitting import fit
from recommender.engine.learner import Learner
from recommender.engine.recommending import recommend, total_worth, worth_of
from recommender.engine.standing import Standing, standing_of
from tests.recommender.engine.exact_recommendations import IntegerProgram

OUT = Path(__file__).parent / "out" / "recommending.json"
TODAY = dt.date(2026, 11, 24)
MINUTES = (120, 300, 1_200)
PROMISED = 0.98
"""The share of the best that all recommendations together reach at least."""


def top_of_ranking(standing: Standing, worth: Worth, relevance: Float64, limit: int) -> float:
    """Return the worth of the most relevant courses, one after another, each with what it requires if that fits."""
    bundles = Bundles(standing, worth.price)
    minutes, taken, facts = standing.prepared.minutes, list[int](), set(standing.holdings.facts)
    for course in np.argsort(-relevance, kind="stable").tolist():
        if not bundles.within_reach[course] or course in taken:
            continue
        bundle = bundles.of(course, facts)
        if sum(minutes[each] for each in [*taken, *bundle]) <= limit:
            taken += bundle
            facts.update(fact for each in bundle for fact in standing.prepared.gives[each])
    return total_worth(worth, taken)


def relevances(graph: CompiledGraph, learners: list[Learner], kind: str) -> Iterator[tuple[Learner, Float64 | None]]:
    random = np.random.default_rng(7)
    for learner in learners:
        yield learner, None if kind == "fit" else random.random(len(graph.course_codes)) ** 2


def measured(graph: CompiledGraph, learners: list[Learner], kind: str, minutes: int, seconds: float) -> dict[str, Any]:
    shares, naive, cpu, unproven = [], [], [], 0
    for learner, relevance in relevances(graph, learners, kind):
        start = time.process_time()
        found = recommend(graph, learner, relevance, minutes=minutes, today=TODAY)
        cpu.append(1_000 * (time.process_time() - start))
        standing = standing_of(graph, learner, TODAY)
        known = fit(standing) if relevance is None else relevance
        worth = worth_of(standing, known)
        best, bound = IntegerProgram(standing, worth, minutes, seconds).solve()
        if best < bound * (1 - 1e-4):
            unproven += 1
        elif best > 0:
            shares.append((found.relevant_minutes, best))
            naive.append(top_of_ranking(standing, worth, known, minutes))
    total = sum(best for _value, best in shares)
    return {
        "relevance": kind,
        "minutes": minutes,
        "learners": len(shares),
        "unproven": unproven,
        "share of the best": sum(value for value, _best in shares) / total,
        "worst share": min(value / best for value, best in shares),
        "share of the top of the ranking": sum(naive) / total,
        "median ms": float(np.median(cpu)),
        "99 % ms": float(np.percentile(cpu, 99)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="learners")
    parser.add_argument("--seconds", type=float, default=10.0, help="for the integer program, a learner")
    options = parser.parse_args()
    snapshot = national_snapshot()
    graph = compile_graph(snapshot, "national")
    learners = generate_learners(snapshot, options.count + 12, seed=3)[12:]  # the first are edge cases
    recommend(graph, learners[0], None, minutes=60, today=TODAY)  # prepares the graph
    rows = []
    for kind in ("fit", "random"):
        for minutes in MINUTES:
            rows.append(measured(graph, learners, kind, minutes, options.seconds))
            print(*(f"{name}: {round(v, 4) if isinstance(v, float) else v}" for name, v in rows[-1].items()), sep=", ")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if min(row["share of the best"] for row in rows) >= PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
