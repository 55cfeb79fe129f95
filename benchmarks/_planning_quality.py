"""How near the planner comes to the best program there is, learner by learner and in sum."""

import datetime as dt
import json
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, median, quantiles
from typing import Any

import msgspec
import numpy as np

from benchmarks._planning_families import FEWEST_LEFT, MOST_LEFT, Curriculum, Document
from curriculum_graph.compile import Float64
from recommender.engine.api import plan
from recommender.engine.exact import Exact, plan_exact
from recommender.engine.learner import Learner
from recommender.engine.planning import IRRELEVANCE
from recommender.engine.program import Objective
from tests.validity import World, violations

TODAY = dt.date(2026, 6, 1)
WEIGHT_LOST = 1.0
MINUTES_MEAN = 0.5
MINUTES_P99 = {"national": 5.0, "universities": 5.0, "random": 10.0}


@dataclass(frozen=True)
class Outcome:
    """One learner: the planner's program beside the solver's. Losses and excesses are in %.

    ``excess`` is of what the objective measures by: minutes, or (``balanced``) the price of minutes and relevance.
    """

    learner: str
    curriculum: str
    has_budget: bool
    steps: int
    faults: list[str]
    proven: bool
    weight_lost: float
    excess: float | None  # at equal weight
    infeasible: bool  # where the solver reaches a goal
    seconds: float
    exact_seconds: float


def outcomes(
    curriculum: Curriculum, seconds: float, tell: Callable[[Outcome], None], objective: Objective
) -> Iterator[Outcome]:
    """Plan for every learner twice over, every second of them with a budget that binds."""
    for number, document in enumerate(curriculum.learners):
        who = with_budget(curriculum, document, number) if number % 2 else document
        outcome = _outcome(curriculum, who, seconds, objective, number)
        tell(outcome)
        yield outcome


def with_budget(curriculum: Curriculum, document: Document, number: int) -> Document:
    """Return the learner with fewer minutes than all goals take."""
    whole = _planned(curriculum, document, "minutes", None)[0]["total_minutes"]
    share = Random(number).uniform(FEWEST_LEFT, MOST_LEFT)
    return {**document, "minutes_budget": int(whole * share)}


def _relevance(curriculum: Curriculum, objective: Objective, number: int) -> Float64 | None:
    """Return relevance at random: nothing of it is alike in neighbouring courses, which is the hard case."""
    if objective == "minutes":
        return None
    return np.random.default_rng(number).random(len(curriculum.graph.course_codes)).round(6)


def _solved(
    curriculum: Curriculum,
    document: Document,
    program: Document,
    seconds: float,
    objective: Objective,
    relevance: Float64 | None,
) -> tuple[Exact, float]:
    """Return the best program and the CPU that it took. The solver starts from the planner's program."""
    graph, learner = curriculum.graph, msgspec.convert(document, Learner)
    known = [bisect_left(graph.course_codes, step["course"]) for step in program["steps"]]
    start = time.process_time()
    found = plan_exact(graph, learner, relevance, objective=objective, today=TODAY, seconds=seconds, start=known)
    return found, time.process_time() - start


def _planned(
    curriculum: Curriculum, document: Document, objective: Objective, relevance: Float64 | None
) -> tuple[Document, float]:
    learner = msgspec.convert(document, Learner)
    start = time.process_time()
    program = plan(curriculum.graph, learner, relevance, objective=objective, model="none", today=TODAY)
    spent = time.process_time() - start
    return json.loads(msgspec.json.encode(program)), spent


def _outcome(curriculum: Curriculum, document: Document, seconds: float, objective: Objective, number: int) -> Outcome:
    relevance = _relevance(curriculum, objective, number)
    program, spent = _planned(curriculum, document, objective, relevance)
    best, exact_spent = _solved(curriculum, document, program, seconds, objective, relevance)
    world = World(curriculum.document, document, TODAY)
    reached = world.reached(world.possible(step["course"] for step in program["steps"]))
    weight = sum(world.goals[goal] for goal in sorted(reached))
    is_equal = abs(weight - best.weight) < 1e-6 * max(1.0, best.weight)
    return Outcome(
        learner=document["learner"],
        curriculum=curriculum.name,
        has_budget="minutes_budget" in document,
        steps=len(program["steps"]),
        faults=violations(curriculum.document, document, program, TODAY),
        proven=best.proven,
        weight_lost=0.0 if is_equal or not best.weight else 100 * (1 - weight / best.weight),
        excess=_excess(_price(curriculum, program, relevance), best.price) if is_equal else None,
        infeasible=program["status"] == "infeasible" and best.weight > 0,
        seconds=spent,
        exact_seconds=exact_spent,
    )


def _price(curriculum: Curriculum, program: Document, relevance: Float64 | None) -> float:
    """Return what the objective measures a program by; without relevance these are its minutes."""
    if relevance is None:
        return float(program["total_minutes"])
    places = [bisect_left(curriculum.graph.course_codes, step["course"]) for step in program["steps"]]
    minutes = np.array([step["minutes"] for step in program["steps"]])
    return float((minutes * (1 + IRRELEVANCE * (1 - relevance[places]))).sum()) if places else 0.0


def _excess(price: float, least: float) -> float:
    return 100 * (price / least - 1) if least else 0.0


def summary(family: str, objective: Objective, found: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of one family. Losses count learners only whose best program is proven."""
    proven = [o for o in found if o.proven]
    excess = [o.excess for o in proven if o.excess is not None]
    lost = [o.weight_lost for o in proven]
    return {
        "family": family,
        "objective": objective,
        "learners": len(found),
        "with_budget": sum(o.has_budget for o in found),
        "steps_median": median(o.steps for o in found),
        "valid": sum(not o.faults for o in found),
        "unproven": [f"{o.curriculum}: {o.learner}" for o in found if not o.proven],
        "optimal_share": fmean(o.excess is not None and abs(o.excess) < 1e-6 for o in proven),
        "weight_lost_mean": fmean(lost),
        "weight_lost_mean_with_budget": fmean([o.weight_lost for o in proven if o.has_budget] or [0.0]),
        "weight_lost_worst": max(lost),
        "excess_mean": fmean(excess),
        "excess_p99": _percentile(excess, 99),
        "excess_worst": max(excess),
        "infeasible": sum(o.infeasible for o in found),
        "plan_ms_median": 1000 * median(o.seconds for o in found),
        "exact_ms_median": 1000 * median(o.exact_seconds for o in found),
        "exact_ms_p95": 1000 * _percentile([o.exact_seconds for o in found], 95),
        "exact_ms_worst": 1000 * max(o.exact_seconds for o in found),
        "cpu_ratio": sum(o.exact_seconds for o in found) / max(1e-9, sum(o.seconds for o in found)),
    }


def _percentile(values: list[float], which: int) -> float:
    return quantiles(values, n=100, method="inclusive")[which - 1] if len(values) > 1 else max(values, default=0.0)


def broken(row: dict[str, Any]) -> list[str]:
    """Return which promises a family's figures break."""
    limits = {
        "weight_lost_mean": WEIGHT_LOST,
        "weight_lost_mean_with_budget": WEIGHT_LOST,
        "excess_mean": MINUTES_MEAN,
        "excess_p99": MINUTES_P99[row["family"]],
        "infeasible": 0,
    }
    found = [
        f"{row['family']}, {row['objective']}: {name} is {row[name]:.3g}, not ≤ {limit}"
        for name, limit in limits.items()
        if row[name] > limit
    ]
    if row["valid"] < row["learners"]:
        found.append(f"{row['family']}: {row['learners'] - row['valid']} programs are not valid")
    return found
