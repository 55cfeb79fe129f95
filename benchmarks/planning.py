"""Planning beside its named peers: how good programs are, and how fast they are made.

    python -m benchmarks.planning                                        everything
    python -m benchmarks.planning quality --family national --count 60   against the exact solver

    python -m benchmarks.planning throughput --learners 20000            beside LightFM, implicit and a matrix product
    python -m benchmarks.planning single | growth                        one learner; CPU by the number of courses

Quality is held against HiGHS (:mod:`recommender.engine.exact`) on three families (:mod:`._planning_families`). Figures
go to ``benchmarks/out/planning.json`` and, as a table, to standard output; a broken promise ends with status 1.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any, get_args

from benchmarks import _planning_throughput
from benchmarks._planning_families import FAMILIES, Absent
from benchmarks._planning_quality import Outcome, broken, outcomes, summary
from benchmarks._planning_throughput import LEARNERS, growth, single, throughput
from recommender.engine.program import Objective

OUT = Path(__file__).parent / "out" / "planning.json"
COUNT = 120
SECONDS = 30.0
SECTIONS = ("quality", "throughput", "single", "growth")


def quality(
    families: Sequence[str], objectives: Sequence[Objective], count: int, seconds: float
) -> list[dict[str, Any]]:
    """Return the figures of each family by each objective, printing them as they come."""
    rows = []
    for family, objective in product(families, objectives):
        try:
            found = [
                o for curriculum in FAMILIES[family](count) for o in outcomes(curriculum, seconds, _tell, objective)
            ]
        except Absent as absent:
            print(f"{family}: skipped, {absent}")
            continue
        rows.append(summary(family, objective, found))
    for name in rows[0] if rows else ():
        print(f"{name:30}", *(f"{_shown(row[name]):>22}" for row in rows))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return str(len(value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _tell(outcome: Outcome) -> None:
    """Name what is not as good as it gets, as it is met."""
    name = f"{outcome.curriculum}: {outcome.learner}"
    if outcome.faults:
        print(f"{name}: not valid: {'; '.join(outcome.faults[:3])}", file=sys.stderr)
    if not outcome.proven:
        print(f"{name}: the best program was not proven in time", file=sys.stderr)
    elif outcome.weight_lost or (outcome.excess or 0.0) > 1e-6:
        excess = "" if outcome.excess is None else f", costs {outcome.excess:.1f} % more"
        print(f"{name}: {outcome.weight_lost:.1f} % less weight{excess}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("section", nargs="?", choices=SECTIONS, help="one section alone")
    parser.add_argument("--family", action="append", choices=tuple(FAMILIES), help="quality: these families alone")
    parser.add_argument("--objective", action="append", choices=get_args(Objective), help="quality: these alone")
    parser.add_argument("--count", type=int, default=COUNT, help="quality: learners a family")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="quality: time of the solver for a learner")
    parser.add_argument("--learners", type=int, default=LEARNERS, help="throughput: fewer are scaled linearly")
    chosen = parser.parse_args()
    work: dict[str, Callable[[], Any]] = {
        "quality": lambda: quality(
            chosen.family or tuple(FAMILIES), chosen.objective or get_args(Objective), chosen.count, chosen.seconds
        ),
        "throughput": lambda: throughput(chosen.learners),
        "single": single,
        "growth": growth,
    }
    results = {section: work[section]() for section in SECTIONS if chosen.section in (None, section)}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    failed = [promise for row in results.get("quality", []) for promise in broken(row)]
    failed += _planning_throughput.broken(results)
    print(*failed, sep="\n", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
