"""Whatever the catalogue and the learner: the program is valid, by a check that shares no code with the planner."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import jsonschema_rs
import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curriculum_graph.compile import CompiledGraph
from recommender.engine.api import plan, plan_batch
from recommender.engine.documents import Heading, encode_rows
from recommender.engine.program import Objective
from tests.optimum import balanced, best_value, by_minutes, value_of
from tests.recommender.engine.catalogues import catalogue, learner
from tests.recommender.engine.planners import TODAY, Document, graph_of, learner_of, program_of, relevance_of
from tests.validity import World, violations

ROOT = Path(__file__).parents[3]
SCHEMA = jsonschema_rs.validator_for(json.loads((ROOT / "recommender/engine/schemas/programs.schema.json").read_text()))
UNIVERSITIES = ROOT.parent / "shared/data/universities/catalogue.json.gz"

seeds = st.integers(0, 10**9)
objectives: st.SearchStrategy[Objective] = st.sampled_from(("balanced", "minutes"))


@settings(max_examples=250, deadline=None)
@example(1513, 3, 0.0, "balanced")  # the one course that teaches a goal is waived, and closed to the learner
@given(seeds, st.integers(1, 12), st.sampled_from((0.0, 0.1, 0.3)), objectives)
def test_any_program_on_any_catalogue_is_valid(seed: int, size: int, closed: float, objective: Objective) -> None:
    document, who = catalogue(seed, size, closed), learner(seed + 1, size)
    program = program_of(graph_of(document), who, relevance_of(seed, size), objective)
    assert violations(document, who, program, TODAY) == []
    assert [error.message for error in SCHEMA.iter_errors(program)] == []


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(1, 12))
def test_without_a_budget_every_goal_that_can_be_reached_is_reached(seed: int, size: int) -> None:
    document, who = catalogue(seed, size), learner(seed + 1, size)
    who.pop("minutes_budget", None)
    program = program_of(graph_of(document), who)
    world = World(document, who, TODAY)
    reachable = world.reached(world.possible(world.open - world.start.taken))
    assert world.reached(world.possible(step["course"] for step in program["steps"])) == reachable


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 12), objectives)
def test_a_program_depends_neither_on_threads_nor_on_who_else_is_planned(
    seed: int, size: int, objective: Objective
) -> None:
    graph = graph_of(catalogue(seed, size))
    many = [learner_of({**learner(seed + number, size), "learner": str(number)}) for number in range(40)]
    relevance = np.random.default_rng(seed).random((len(many), size))
    alone = [plan(graph, who, row, objective=objective, today=TODAY) for who, row in zip(many, relevance, strict=True)]
    for threads in (1, 2):
        together = plan_batch(graph, many, relevance, objective=objective, today=TODAY, threads=threads)
        headings = [Heading(who.learner, "none", objective, who.minutes_per_week) for who in many]
        assert encode_rows(together, headings) == [msgspec.json.encode(program) for program in alone]


@pytest.mark.parametrize(("objective", "order"), [("minutes", by_minutes), ("balanced", balanced)])
def test_programs_on_small_catalogues_are_nearly_always_the_best_there_are(objective: Objective, order) -> None:  # type: ignore[no-untyped-def]
    best = planned = 0
    for seed in range(150):
        size = 5 + seed % 5
        document, who, relevance = catalogue(seed, size, 0.05), learner(seed + 1, size), relevance_of(seed, size)
        graph = graph_of(document)
        codes = [step["course"] for step in program_of(graph, who, relevance, objective)["steps"]]
        known = {} if relevance is None else dict(zip(graph.course_codes, relevance.tolist(), strict=True))
        own = value_of(World(document, who, TODAY), codes, known, order)
        optimum = best_value(document, who, TODAY, known, order)
        assert optimum <= own, "nothing is better than the best: the check itself would be wrong"
        planned += 1
        best += own == optimum
    assert best / planned >= 0.98


def _deep_learners(document: Document, count: int) -> Iterator[Document]:
    """Yield learners whose goals are the courses with the most courses behind them."""
    behind: dict[str, int] = {}
    requires = {
        c["code"]: [e["course"] for g in c.get("requires", []) for e in g["any_of"]] for c in document["courses"]
    }

    def depth(code: str, above: tuple[str, ...] = ()) -> int:
        if code not in behind and code not in above:
            behind[code] = 1 + max((depth(other, (*above, code)) for other in requires[code]), default=0)
        return behind.get(code, 0)

    deepest = sorted(requires, key=lambda code: (-depth(code), code))[: count + 40]
    random = Random(5)
    for number in range(count):
        goals = [{"course": deepest[number]}, *({"course": code} for code in random.sample(deepest, number % 4))]
        who: Document = {"learner": f"l{number}", "languages": ["en"], "goals": goals, "minutes_per_week": 600}
        if number % 3 == 2:
            who["minutes_budget"] = random.choice([4800, 9600, 14400])
        if number % 5 == 4:
            who["completed"] = random.sample(sorted(requires), 30)
        yield who


@pytest.fixture(scope="module")
def universities() -> tuple[Document, CompiledGraph]:
    if not UNIVERSITIES.exists():
        pytest.skip(f"{UNIVERSITIES.name} of the universities is not beside the repository")
    document = json.loads(gzip.decompress(UNIVERSITIES.read_bytes()))
    return document, graph_of(document)


def test_programs_for_courses_deep_in_a_real_curriculum_are_valid(universities: tuple[Document, CompiledGraph]) -> None:
    document, graph = universities
    for who in _deep_learners(document, 60):
        assert violations(document, who, program_of(graph, who), TODAY) == []
