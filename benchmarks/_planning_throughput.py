"""How long whole programs take, beside what others take only to score or to rank: in one run, each in its process."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from typing import Any

LEARNERS = 400_000
GROWTH = (1_000, 3_000, 10_000, 30_000)
GROWTH_LEARNERS = 10_000
SINGLE_MS, SINGLE_P99_MS, PROCESS_MIB = 2.0, 5.0, 200.0
SLOWER = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Settings of some machines that slow a current NumPy; left out here, so that the peers run as fast as they can."""
PEERS = {
    "planner": {},
    "lightfm": {},
    "implicit": {},
    "implicit, one thread for BLAS": {"OPENBLAS_NUM_THREADS": "1"},
    "product": {},
}
"""Who is measured, with what environment. implicit itself asks for the setting of the second run."""


def run(name: str, learners: int, **more: Any) -> dict[str, Any]:
    environment = {key: value for key, value in os.environ.items() if key not in SLOWER} | PEERS.get(name, {})
    contestant = name.split(",", maxsplit=1)[0]
    command = [sys.executable, "-m", "benchmarks._planning_peers", contestant, "--learners", str(learners)]
    command += [word for key, value in more.items() for word in (f"--{key}", str(value))]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def throughput(learners: int) -> dict[str, Any]:
    """Return seconds of each peer; where fewer learners than 400,000 were measured, scaled to these linearly."""
    rows = {name: run(name, learners) for name in PEERS}
    scale = LEARNERS / learners
    print(f"{LEARNERS:,} learners" + ("" if scale == 1 else f", scaled linearly from {learners:,}"))
    ours = rows["planner"]["seconds"]
    for name, row in rows.items():
        if "absent" in row:
            print(f"  {name:32} skipped: {row['absent']}")
            continue
        ratio = row["seconds"] / ours
        print(
            f"  {name:32} {row['seconds'] * scale:8.1f} s {row['cpu'] * scale:8.1f} s CPU   {ratio:7.2f} × the planner"
        )
    print(
        f"  median of {rows['planner']['steps_median']:g} steps a program; BLAS: {', '.join(rows['product']['blas'])}"
    )
    return {"learners": learners, "scaled_to": LEARNERS, **rows}


def single() -> dict[str, Any]:
    row = run("single", LEARNERS)
    print(
        f"one learner: {row['ms_mean']:.2f} ms CPU at the mean, {row['ms_median']:.2f} median, {row['ms_p99']:.2f} "
        f"99th percentile; the whole process {row['process_mib']:.0f} MiB"
    )
    return row


def growth() -> dict[str, Any]:
    """Return CPU a learner by the number of courses."""
    found = {}
    for courses in GROWTH:
        row = run("planner", GROWTH_LEARNERS, courses=courses)
        micro = 1e6 * row["cpu"] / GROWTH_LEARNERS
        found[str(courses)] = {"us_per_learner": micro, "steps_median": row["steps_median"]}
        print(f"{courses:6} courses: {micro:8.1f} µs CPU a learner, {row['steps_median']:g} steps at the median")
    return found


def broken(results: dict[str, Any]) -> list[str]:
    """Return which promises the figures break."""
    peers = results.get("throughput", {})
    found = [
        f"throughput: {peer} is faster than the planner"
        for peer in ("lightfm", "implicit")
        if "seconds" in peers.get(peer, {}) and peers[peer]["seconds"] < peers["planner"]["seconds"]
    ]
    limits = {"ms_mean": SINGLE_MS, "ms_p99": SINGLE_P99_MS, "process_mib": PROCESS_MIB}
    one = results.get("single", {})
    found += [f"single: {n} is {one[n]:.3g}, not ≤ {most:g}" for n, most in limits.items() if one and one[n] > most]
    curve = {int(courses): row["us_per_learner"] for courses, row in results.get("growth", {}).items()}
    sizes = sorted(curve)
    for small, large in pairwise(sizes):
        if curve[large] / curve[small] > 1.1 * large / small:
            found.append(f"growth: from {small} to {large} courses more than linear")
    return found
