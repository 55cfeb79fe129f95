"""After an event, only what must change changes; and what comes out is as valid as any program."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum_graph.compile import CompiledGraph, Float64
from recommender.engine.documents import Heading, encode_rows
from recommender.engine.program import Objective
from recommender.engine.replanning import Before, replan, replan_batch
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
)
from tests.validity import World, violations

seeds = st.integers(0, 10**9)
objectives: st.SearchStrategy[Objective] = st.sampled_from(("balanced", "minutes"))


def replanned(
    graph: CompiledGraph,
    learner: Document,
    previous: Sequence[str],
    started: Sequence[str] = (),
    relevance: Float64 | None = None,
    objective: Objective = "minutes",
) -> Document:
    """Return the new program as a reader of its JSON meets it."""
    made = replan(
        graph, learner_of(learner), relevance, previous=previous, started=started, objective=objective, today=TODAY
    )
    document: Document = json.loads(msgspec.json.encode(made))
    return document


def codes(program: Document) -> list[str]:
    return [step["course"] for step in program["steps"]]


def goals(*named: str | tuple[str, int], **fields: Any) -> Document:
    return {"learner": "a", "goals": [{"course": g} if isinstance(g, str) else level(*g) for g in named], **fields}


TWO_WAYS = catalogue_of(
    course("slow", 20, teaches=[level("f:1", 1)]),
    course("quick", 19, teaches=[level("f:1", 1)]),
    course("top", 100, teaches=[level("f:1", 2)], requires=[needs(("f:1", 1))]),
    course("other", 30),
    course("base", 5),
    course("third", 40, requires=[needs("base")]),
)


def test_a_step_stays_though_another_would_be_a_little_cheaper() -> None:
    assert codes(replanned(graph_of(TWO_WAYS), goals(("f:1", 2)), ["slow", "top"])) == ["slow", "top"]


def test_a_program_that_saves_a_tenth_takes_the_place_of_the_one_before() -> None:
    dear = catalogue_of(
        course("slow", 90, teaches=[level("f:1", 1)]),
        course("quick", 20, teaches=[level("f:1", 1)]),
        course("top", 100, teaches=[level("f:1", 2)], requires=[needs(("f:1", 1))]),
    )
    assert codes(replanned(graph_of(dear), goals(("f:1", 2)), ["slow", "top"])) == ["quick", "top"]


def test_what_is_completed_is_left_out_and_the_rest_keeps_its_order() -> None:
    who = goals("top", "other", "third", completed=["slow"])
    assert codes(replanned(graph_of(TWO_WAYS), who, ["other", "slow", "top", "base", "third"])) == [
        "other", "top", "base", "third",
    ]  # fmt: skip


def test_a_new_goal_adds_what_it_lacks_after_what_was_there() -> None:
    assert codes(replanned(graph_of(TWO_WAYS), goals("other", "third"), ["other"])) == ["other", "base", "third"]


def test_a_goal_given_up_takes_only_its_own_steps_away() -> None:
    assert codes(replanned(graph_of(TWO_WAYS), goals("other"), ["third", "base", "other"])) == ["other"]


def test_a_closed_step_is_replaced_and_its_replacement_stands_where_it_is_needed() -> None:
    closed = catalogue_of(
        course("a"),
        course("slow", 20, teaches=[level("f:1", 1)], audiences=["others"]),
        course("quick", 30, teaches=[level("f:1", 1)]),
        course("top", teaches=[level("f:1", 2)], requires=[needs(("f:1", 1))]),
        course("z"),
        audiences=[{"code": "others", "title": "…"}],
    )
    who = goals("z", "a", ("f:1", 2))
    assert codes(replanned(graph_of(closed), who, ["z", "slow", "top", "a"])) == ["z", "quick", "top", "a"]


def test_a_new_requirement_comes_right_before_the_step_that_has_it() -> None:
    release = catalogue_of(course("a"), course("b", requires=[needs("new")]), course("c"), course("new"))
    assert codes(replanned(graph_of(release), goals("a", "b", "c"), ["c", "b", "a"])) == ["c", "new", "b", "a"]


def test_what_is_started_comes_first_and_the_rest_keeps_its_order() -> None:
    before = ["other", "slow", "top", "base", "third"]
    program = replanned(graph_of(TWO_WAYS), goals("other", "third", "top"), before, ["third"])
    assert codes(program) == ["base", "third", "other", "slow", "top"]


def test_what_is_started_off_the_path_takes_the_place_of_what_teaches_the_same() -> None:
    assert codes(replanned(graph_of(TWO_WAYS), goals(("f:1", 2)), ["quick", "top"], ["slow"])) == ["slow", "top"]


def test_what_is_started_and_serves_no_goal_is_no_step() -> None:
    assert codes(replanned(graph_of(TWO_WAYS), goals("other"), ["other"], ["slow"])) == ["other"]


def test_a_smaller_budget_drops_goals_and_keeps_the_other_steps_in_their_order() -> None:
    who = goals("other", "third", minutes_budget=50)
    who["goals"][0]["weight"] = 0.5
    assert codes(replanned(graph_of(TWO_WAYS), who, ["other", "base", "third"])) == ["base", "third"]


def test_a_larger_budget_adds_what_fits_and_moves_nothing() -> None:
    who = goals("other", "third", "slow", minutes_budget=1000)
    assert codes(replanned(graph_of(TWO_WAYS), who, ["slow", "other"])) == ["slow", "other", "base", "third"]


def test_codes_that_the_release_no_longer_has_are_left_out() -> None:
    assert codes(replanned(graph_of(TWO_WAYS), goals("other"), ["gone", "other"], ["gone too"])) == ["other"]


def test_without_a_program_before_it_is_planned_afresh() -> None:
    graph, who = graph_of(TWO_WAYS), goals("top", "third")
    assert replanned(graph, who, []) == program_of(graph, who)


def _any_previous(random: Random, program: Document, size: int) -> list[str]:
    """Return a program that may have been valid once: of this learner, of another, or of nobody."""
    known = [f"c{n}" for n in range(size)]
    return random.choice([codes(program), random.sample(known, random.randint(0, size)), [*codes(program), "gone"]])


@settings(max_examples=200, deadline=None)
@given(seeds, st.integers(1, 12), st.sampled_from((0.0, 0.1, 0.3)), objectives)
def test_any_program_after_any_other_is_valid_and_comes_back_the_same(
    seed: int, size: int, closed: float, objective: Objective
) -> None:
    document, who, random = catalogue(seed, size, closed), learner(seed + 1, size), Random(seed)
    graph, relevance = graph_of(document), relevance_of(seed, size)
    before = program_of(graph, learner(seed + random.choice([1, 2]), size), relevance, objective)
    previous = _any_previous(random, before, size)
    started = random.sample([f"c{n}" for n in range(size)], random.choice([0, 0, 1, min(2, size)]))
    program = replanned(graph, who, previous, started, relevance, objective)
    assert violations(document, who, program, TODAY) == []
    assert replanned(graph, who, codes(program), started, relevance, objective) == program


@settings(max_examples=150, deadline=None)
@given(seeds, st.integers(1, 12), objectives)
def test_a_valid_program_stays_while_nothing_better_is_known(seed: int, size: int, objective: Objective) -> None:
    document, who = catalogue(seed, size), learner(seed + 1, size)
    graph, relevance = graph_of(document), relevance_of(seed, size)
    before = program_of(graph, who, relevance, objective)
    after = replanned(graph, who, codes(before), (), relevance, objective)
    world = World(document, who, TODAY)

    def weight(program: Document) -> float:
        return sum(world.goals[goal] for goal in world.reached(world.possible(codes(program))))

    assert after == before or weight(after) > weight(before) or after["total_minutes"] < before["total_minutes"]


@settings(max_examples=150, deadline=None)
@given(seeds, st.integers(2, 12))
def test_without_a_budget_what_can_still_serve_stays_in_its_order(seed: int, size: int) -> None:
    """A goal is added: what was there has to be there, in its order, unless the program is a better one altogether."""
    document, who = catalogue(seed, size), learner(seed + 1, size)
    who.pop("minutes_budget", None)
    graph = graph_of(document)
    before = program_of(graph, who)
    who["goals"] = [*who["goals"], {"course": f"c{seed % size}"}]
    after = replanned(graph, who, codes(before))
    world = World(document, who, TODAY)
    kept = [code for code in codes(after) if code in codes(before)]
    afresh = program_of(graph, who)
    if codes(after) != codes(afresh):
        gone = set(codes(before)) - set(codes(after))
        for code in gone:
            assert world.reached(world.possible([*codes(after), code])) == world.reached(world.possible(codes(after)))
        in_order = [code for code in codes(before) if code in kept]
        assert kept == in_order or not _is_possible(world, in_order, [c for c in codes(after) if c not in kept])


def _is_possible(world: World, order: Sequence[str], fresh: Sequence[str]) -> bool:
    """Whether courses can be taken in an order if new ones may come anywhere between them."""
    placed: list[str] = []
    for code in order:
        if not world.possible([*placed, *fresh]).allows(world.courses[code]):
            return False
        placed.append(code)
    return True


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 10), objectives, st.integers(1, 3))
def test_many_at_a_time_are_the_same_as_one_by_one(seed: int, size: int, objective: Objective, threads: int) -> None:
    random, graph = Random(seed), graph_of(catalogue(seed, size))
    learners = [learner_of(learner(seed + number, size)) for number in range(random.randint(0, 40))]
    known = [f"c{number}" for number in range(size)]
    before = [
        Before(tuple(random.sample(known, random.choice([0, size // 2, size]))), tuple(random.sample(known, seed % 2)))
        for _ in learners
    ]
    scores = None if seed % 4 == 0 else np.random.default_rng(seed).random((len(learners), size))
    how: dict[str, Any] = {"objective": objective, "today": TODAY}
    together = replan_batch(graph, learners, scores, before=before, threads=threads, **how)
    alone = [
        replan(graph, who, None if scores is None else scores[row], previous=one.previous, started=one.started, **how)
        for row, (who, one) in enumerate(zip(learners, before, strict=True))
    ]
    headings = [Heading(who.learner, "none", objective, who.minutes_per_week) for who in learners]
    assert encode_rows(together, headings) == [msgspec.json.encode(program) for program in alone]


def test_a_goal_of_more_levels_than_there_can_be_is_weighed_like_any() -> None:
    who = goals(("f:1", 2**53), ("f:1", 2**40), "other")
    assert codes(replanned(graph_of(TWO_WAYS), who, ["third"])) == ["other"]
