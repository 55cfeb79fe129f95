"""The exact reference: proved right against every possible program of small catalogues."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.api import plan
from recommender.engine.exact import Exact, plan_exact
from recommender.engine.program import Objective
from tests.optimum import Relevance, balanced, best_value, by_minutes, value_of
from tests.recommender.engine.catalogues import catalogue, learner
from tests.recommender.engine.planners import (
    TODAY,
    Document,
    catalogue_of,
    course,
    graph_of,
    learner_of,
    level,
    needs,
    program_of,
    relevance_of,
)  # fmt: skip
from tests.validity import World, violations

ORDERS = {"minutes": by_minutes, "balanced": balanced}
seeds = st.integers(0, 10**9)
objectives: st.SearchStrategy[Objective] = st.sampled_from(("balanced", "minutes"))


def solved(document: Document, who: Document, objective: Objective = "minutes") -> tuple[Exact, list[str]]:
    graph = graph_of(document)
    found = plan_exact(graph, learner_of(who), objective=objective, today=TODAY)
    return found, [graph.course_codes[index] for index in found.courses]


@settings(max_examples=150, deadline=None)
@given(seeds, st.integers(1, 9), st.sampled_from((0.0, 0.1, 0.3)), objectives, st.booleans())
def test_nothing_is_better_than_the_exact_program(
    seed: int, size: int, closed: float, objective: Objective, from_the_planners: bool
) -> None:
    document, who, relevance = catalogue(seed, size, closed), learner(seed + 1, size), relevance_of(seed, size)
    graph = graph_of(document)
    steps = program_of(graph, who, relevance, objective)["steps"] if from_the_planners else []
    start = [graph.course_codes.index(step["course"]) for step in steps]
    found = plan_exact(graph, learner_of(who), relevance, objective=objective, today=TODAY, start=start)
    codes = [graph.course_codes[index] for index in found.courses]
    known: Relevance = {} if relevance is None else dict(zip(graph.course_codes, relevance.tolist(), strict=True))
    world = World(document, who, TODAY)
    own = value_of(world, codes, known, ORDERS[objective])
    assert found.proven
    assert own == pytest.approx(best_value(document, who, TODAY, known, ORDERS[objective]), abs=1e-5)
    assert world.faults(codes) == []
    assert found.weight == pytest.approx(-own[0])
    assert found.minutes == world.minutes(codes)


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(1, 12), objectives)
def test_the_planner_writes_of_exact_courses_a_valid_program(seed: int, size: int, objective: Objective) -> None:
    document, who, relevance = catalogue(seed, size), learner(seed + 1, size), relevance_of(seed, size)
    graph = graph_of(document)
    found = plan_exact(graph, learner_of(who), relevance, objective=objective, today=TODAY)
    only = [graph.course_codes[index] for index in found.courses]
    made = plan(graph, learner_of(who), relevance, objective=objective, today=TODAY, only=only)
    program = json.loads(msgspec.json.encode(made))
    assert sorted(step["course"] for step in program["steps"]) == sorted(only)
    assert violations(document, who, program, TODAY) == []


def test_a_ring_that_holds_itself_up_is_not_taken() -> None:
    ring = catalogue_of(
        course("a", 1, requires=[needs("b", "way-in")]), course("b", 1, requires=[needs("a")]), course("way-in", 50)
    )
    assert solved(ring, {"learner": "x", "goals": [{"course": "b"}]})[1] == ["way-in", "a", "b"]


def test_two_rings_that_lean_on_each_other_are_entered_where_it_is_cheapest() -> None:
    rings = catalogue_of(
        course("a", requires=[needs("b", "c", "far")]),
        course("b", requires=[needs("a", "near")]),
        course("c", requires=[needs("a", "b")]),
        course("far", 30),
        course("near", 15),
    )
    assert solved(rings, {"learner": "x", "goals": [{"course": "c"}]})[1] == ["near", "b", "c"]


def test_one_shared_course_beats_cheaper_ones_for_each_group() -> None:
    shared = catalogue_of(
        course("goal", requires=[needs("a", "both"), needs("b", "both")]),
        course("a", 20),
        course("b", 20),
        course("both", 30),
    )
    assert solved(shared, {"learner": "x", "goals": [{"course": "goal"}]})[1] == ["both", "goal"]


def test_a_course_that_needs_a_level_is_not_the_first_to_give_it() -> None:
    chain = catalogue_of(
        course("one", 100, teaches=[level("f:1", 1)]),
        course("two", 5, teaches=[level("f:1", 2)], requires=[needs(("f:1", 1))]),
    )
    who = {"learner": "x", "goals": [level("f:1", 1), level("f:1", 2)]}
    assert solved(chain, who)[1] == ["one", "two"]
    assert solved(chain, {**who, "minutes_budget": 99})[1] == []


def test_a_budget_is_spent_on_the_goals_of_most_weight_together() -> None:
    three = catalogue_of(course("a", 60), course("b", 50), course("c", 50))
    goals = [{"course": "a", "weight": 3}, {"course": "b", "weight": 2}, {"course": "c", "weight": 2}]
    found, codes = solved(three, {"learner": "x", "goals": goals, "minutes_budget": 100})
    assert (sorted(codes), found.weight, found.minutes) == (["b", "c"], 4.0, 100)


def test_weights_of_any_size_are_told_apart() -> None:
    three = catalogue_of(course("a"), course("b"), course("c"))
    goals = [{"course": "a", "weight": 0.1}, {"course": "b", "weight": 1 / 3}, {"course": "c", "weight": 1e200}]
    _, codes = solved(three, {"learner": "x", "goals": goals, "minutes_budget": 20})
    assert "c" in codes


def test_a_start_that_is_no_program_does_no_harm() -> None:
    chain = catalogue_of(course("a"), course("b", requires=[needs("a")]))
    graph = graph_of(chain)
    who = learner_of({"learner": "x", "goals": [{"course": "b"}]})
    for start in ((1,), (0,), (0, 1), (1, 0)):
        assert plan_exact(graph, who, objective="minutes", today=TODAY, start=start).courses == (0, 1)


def test_without_goals_or_without_ways_the_program_is_empty_and_proven() -> None:
    one = catalogue_of(course("a", requires=[needs("b")]), course("b", requires=[needs("a")]))
    for goals in ([], [{"course": "a"}], [level("f:1", 4)]):
        found, codes = solved(one, {"learner": "x", "goals": goals})
        assert (codes, found.weight, found.proven) == ([], 0.0, True)


def test_without_time_the_program_known_is_returned_unproven() -> None:
    document, who = catalogue(7, 12, 0.0), {"learner": "x", "goals": [{"course": f"c{n}"} for n in range(12)]}
    graph = graph_of(document)
    known = [graph.course_codes.index(step["course"]) for step in program_of(graph, who)["steps"]]
    found = plan_exact(graph, learner_of(who), objective="minutes", today=TODAY, seconds=0.0, start=known)
    assert sorted(found.courses) == sorted(known)
