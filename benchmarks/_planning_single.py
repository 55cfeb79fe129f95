"""Plans for one learner after another, as a web worker does: CPU of each, and the memory of the whole process.

    python -m benchmarks._planning_single FOLDER

Loads nothing but the engine, a stored graph and learners from ``FOLDER``; prints one JSON document.
"""

import datetime as dt
import json
import sys
import time
from pathlib import Path
from statistics import fmean, median, quantiles

import msgspec
import numpy as np
import psutil

from curriculum_graph.store import load_graph
from recommender.engine.api import plan
from recommender.engine.learner import Learner

TODAY = dt.date(2026, 6, 1)


def main() -> None:
    folder = Path(sys.argv[1])
    graph = load_graph(folder)
    learners = msgspec.json.decode((folder / "learners.json").read_bytes(), type=list[Learner])
    rng = np.random.default_rng(4)
    plan(graph, learners[0], rng.random(len(graph.course_codes)), model="m", today=TODAY)
    milliseconds = []
    for learner in learners:
        relevance = rng.random(len(graph.course_codes))
        start = time.process_time()
        plan(graph, learner, relevance, model="m", today=TODAY)
        milliseconds.append(1000 * (time.process_time() - start))
    found = {
        "ms_mean": fmean(milliseconds),
        "ms_median": median(milliseconds),
        "ms_p99": quantiles(milliseconds, n=100)[-1],
        "process_mib": psutil.Process().memory_info().rss / 2**20,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
