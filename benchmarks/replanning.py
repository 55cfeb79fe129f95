"""Re-planning beside planning afresh: how much of a program stays after an event, and what that costs.

    python -m benchmarks.replanning [--count 1000]

People of the national curriculum (3,072 courses) with one to eight goals and relevance at random have a program; then
something happens, and the program is planned again in both ways. Of the steps that still serve a goal it is counted how
many stay, and how many keep their order (all but the fewest that have to move); minutes are compared for those who
reach the same weight of goals. Figures go to ``benchmarks/out/replanning.json`` and to standard output.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import numpy as np

from benchmarks._planning_families import national_learners, national_snapshot
from benchmarks._replanning_events import EVENTS, TODAY, Situation
from curriculum_graph.compile import compile_graph
from recommender.engine.batch import Programs
from recommender.engine.differences import moved
from recommender.engine.documents import Heading, encode_rows
from recommender.engine.learner import Learner
from recommender.engine.planning import Wishes, plan_batch
from recommender.engine.replanning import Before, replan_batch
from tests.validity import violations

OUT = Path(__file__).parent / "out" / "replanning.json"
COUNT = 1000
CHECKED = 25
"""Programs of each event that are held against the independent validator."""


@dataclass
class Tally:
    """Of one event and one way of planning: steps that could stay, that do, that keep their order; programs alike."""

    could: int = 0
    stay: int = 0
    in_order: int = 0
    alike: int = 0
    minutes: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, before: Sequence[str], serving: Sequence[str], after: Sequence[str]) -> None:
        could = [course for course in before if course in serving]
        stay = [course for course in could if course in after]
        self.could += len(could)
        self.stay += len(stay)
        self.in_order += len(stay) - len(moved(could, list(after)))
        self.alike += could == list(after)


def courses_of(programs: Programs) -> list[list[str]]:
    codes = programs.graph.course_codes
    return [[codes[c] for c in programs.course[start:end]] for start, end in pairwise(programs.step_ptr)]


def weight_lost(programs: Programs, learners: Sequence[Learner]) -> list[float]:
    """Return the weight of what each does not reach. Goals of this family are competences, each named once."""
    names = programs.graph.competence_codes
    owners = np.repeat(np.arange(len(programs)), np.diff(programs.unmet_ptr)).tolist()
    weights = [{(goal.competence, goal.level): goal.weight or 1.0 for goal in learner.goals} for learner in learners]
    lost = [0.0] * len(programs)
    for owner, (_course, competence, level) in zip(owners, programs.unmet.tolist(), strict=True):
        lost[owner] += weights[owner][names[competence], level]
    return lost


def only(base: Situation) -> list[Wishes]:
    """Return the wish to choose among the courses that there are: those are chosen that still serve a goal."""
    return [Wishes(keep=tuple(courses), only=tuple(courses)) for courses in base.courses]


def timed(plan: Callable[[], Programs]) -> tuple[Programs, float]:
    start = time.process_time()
    return plan(), time.process_time() - start


def measure(name: str, event: Callable[[Situation, Random], Situation], base: Situation) -> dict[str, Any]:
    """Return the figures of one event."""
    first = plan_batch(base.graph, base.learners, base.relevance, today=TODAY)
    base = base.with_programs(courses_of(first))
    after = event(base, Random(name))
    looking = [
        Before(tuple(before), tuple(started)) for before, started in zip(base.courses, after.started, strict=True)
    ]
    again, seconds = timed(
        lambda: replan_batch(after.graph, after.learners, after.relevance, before=looking, today=TODAY)
    )
    afresh, other = timed(lambda: plan_batch(after.graph, after.learners, after.relevance, today=TODAY))
    serving = courses_of(plan_batch(after.graph, after.learners, after.relevance, today=TODAY, wishes=only(base)))
    tallies = {"again": Tally(seconds=seconds), "afresh": Tally(seconds=other)}
    for way, programs in (("again", again), ("afresh", afresh)):
        tallies[way].minutes = programs.minutes.tolist()
        tallies[way].weight = weight_lost(programs, after.learners)
        for row, courses in enumerate(courses_of(programs)):
            if after.concerns(row):
                tallies[way].add(base.courses[row], serving[row], courses)
    return {"event": name, **figures(tallies, [row for row in range(len(base.learners)) if after.concerns(row)]),
            "invalid": invalid(after, again)}  # fmt: skip


def figures(tallies: dict[str, Tally], rows: list[int]) -> dict[str, Any]:
    again, afresh = tallies["again"], tallies["afresh"]
    equal = [row for row in rows if abs(again.weight[row] - afresh.weight[row]) < 1e-9]
    least = sum(afresh.minutes[row] for row in equal)
    shares = {
        f"{way}: {what}": 100 * getattr(tally, value) / max(1, tally.could if value != "alike" else len(rows))
        for way, tally in tallies.items()
        for what, value in (
            ("steps stay %", "stay"),
            ("keep their order %", "in_order"),
            ("nothing else changes %", "alike"),
        )
    }
    return {
        "learners": len(rows),
        **shares,
        "more minutes than afresh %": 100 * (sum(again.minutes[row] for row in equal) / max(1, least) - 1),
        "less weight than afresh (learners)": sum(again.weight[row] > afresh.weight[row] + 1e-9 for row in rows),
        "more weight than afresh (learners)": sum(again.weight[row] < afresh.weight[row] - 1e-9 for row in rows),
        "again: CPU ms a learner": 1000 * again.seconds / max(1, len(again.minutes)),
        "afresh: CPU ms a learner": 1000 * afresh.seconds / max(1, len(afresh.minutes)),
    }


def invalid(after: Situation, programs: Programs) -> int:
    """Return how many of some programs the independent validator refuses."""
    headings = [Heading(who.learner, minutes_per_week=who.minutes_per_week) for who in after.learners]
    documents = encode_rows(programs, headings)
    rows = [row for row in range(len(documents)) if after.concerns(row)][:CHECKED]
    catalogue = msgspec.to_builtins(after.snapshot)
    return sum(
        bool(violations(catalogue, msgspec.to_builtins(after.learners[row]), json.loads(documents[row]), TODAY))
        for row in rows
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT, help="learners")
    count = parser.parse_args().count
    snapshot = national_snapshot()
    graph = compile_graph(snapshot, "national")
    learners = [msgspec.convert(document, Learner) for document in national_learners(count)]
    relevance = np.random.default_rng(1).random((count, len(graph.course_codes)))
    base = Situation(snapshot, graph, learners, relevance)
    rows = []
    for name, event in EVENTS.items():
        rows.append(measure(name, event, base))
        print(name)
        for key, value in rows[-1].items():
            if key != "event":
                print(f"    {key:40} {value:10.2f}" if isinstance(value, float) else f"    {key:40} {value:10}")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"count": count, "events": rows}, indent=2, ensure_ascii=False) + "\n")
    return 1 if any(row["invalid"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
