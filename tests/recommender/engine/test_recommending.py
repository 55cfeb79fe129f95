"""Recommendations for learners without goals: by hand, and as invariants on catalogues made from seeds."""

import datetime as dt
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum_graph.compile import Float64
from recommender.engine.bundles import Bundles
from recommender.engine.fitting import fit
from recommender.engine.planning_graph import prepare
from recommender.engine.recommending import RELEVANT, Recommendation, recommend, total_worth, worth_of
from recommender.engine.standing import Standing, standing_of
from tests.recommender.engine.catalogues import catalogue
from tests.recommender.engine.catalogues import learner as some_learner
from tests.recommender.engine.exact_recommendations import IntegerProgram, enumerated, takeable
from tests.recommender.engine.planners import (
    TODAY,
    Document,
    catalogue_of,
    course,
    graph_of,
    learner_of,
    level,
    needs,
    relevance_of,
)

NEWCOMER: Document = {"learner": "a"}


def recommended(
    *courses: Document, minutes: int, learner: Document = NEWCOMER, relevance: list[float] | None = None, **parts: Any
) -> Recommendation:
    graph = graph_of(catalogue_of(*courses, **parts))
    values = None if relevance is None else np.array(relevance)
    return recommend(graph, learner_of(learner), values, minutes=minutes, today=TODAY)


def codes(found: Recommendation) -> list[str]:
    return [step.course for step in found.steps]


def reasons(found: Recommendation, place: int = 0) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(ground) for ground in found.steps[place].reasons]


def test_the_most_relevant_courses_that_fit_are_recommended() -> None:
    found = recommended(course("a"), course("b"), course("c"), minutes=20, relevance=[0.6, 0.9, 0.8])
    assert (codes(found), found.total_minutes, found.relevant_minutes) == (["b", "c"], 20, 17.0)


def test_long_and_relevant_beats_short_and_relevant_when_only_one_fits() -> None:
    found = recommended(course("long", 60), course("short", 10), minutes=60, relevance=[0.8, 1.0])
    assert codes(found) == ["long"]


def test_a_course_that_is_not_relevant_is_there_only_where_a_later_one_requires_it() -> None:
    found = recommended(
        course("base"),
        course("dull"),
        course("top", requires=[needs("base")]),
        minutes=100,
        relevance=[0.1, 0.4, 0.9],
    )
    assert codes(found) == ["base", "top"]
    assert reasons(found) == [{"code": "prerequisite_of", "course": "top"}]
    assert reasons(found, 1) == [{"code": "relevant_to_you"}]


def test_what_a_course_requires_counts_against_the_minutes() -> None:
    top = course("top", 10, requires=[needs("base")])
    found = recommended(course("base", 50), course("other", 15), top, minutes=59, relevance=[0.1, 0.6, 1.0])
    assert codes(found) == ["other"]


def test_of_two_ways_in_the_more_relevant_is_taken() -> None:
    top = course("top", requires=[needs("x", "y")])
    found = recommended(course("x"), course("y"), top, minutes=20, relevance=[0.9, 0.5, 0.9])
    assert codes(found) == ["y", "top"]


def test_of_courses_that_teach_the_same_only_one_is_recommended() -> None:
    same = [course(code, teaches=[level("f:1", 1)]) for code in ("a", "b")]
    found = recommended(*same, course("c"), minutes=20, relevance=[0.7, 0.9, 0.6])
    assert codes(found) == ["b", "c"]


def test_what_the_learner_can_already_is_not_recommended() -> None:
    knows = {"learner": "a", "mastered": [level("f:1", 2)]}
    found = recommended(
        course("known", teaches=[level("f:1", 2)]), course("new", teaches=[level("f:1", 3)]), minutes=90, learner=knows
    )
    assert codes(found) == ["new"]


@pytest.mark.parametrize(
    ("fields", "learner"),
    [
        ({"audiences": ["farmer"]}, NEWCOMER),
        ({}, {"learner": "a", "completed": ["a"]}),
        ({}, {"learner": "a", "waived": [{"course": "a"}]}),
    ],
)
def test_a_course_that_is_closed_or_taken_is_not_recommended(fields: Document, learner: Document) -> None:
    parts: Document = {"audiences": [{"code": "farmer", "title": "…"}]}
    assert codes(recommended(course("a", **fields), minutes=60, learner=learner, **parts)) == []


def test_a_release_without_courses_recommends_nothing() -> None:
    assert recommended(minutes=60).steps == ()


def test_where_nothing_is_relevant_nothing_is_recommended() -> None:
    assert recommended(course("a"), minutes=60, relevance=[0.49]).steps == ()


def test_no_minutes_give_no_courses() -> None:
    assert recommended(course("a"), minutes=0).steps == ()


def test_a_course_that_is_skipped_is_not_even_taken_as_a_requirement() -> None:
    graph = graph_of(catalogue_of(course("x"), course("top", requires=[needs("x")]), course("y")))
    found = recommend(graph, learner_of(NEWCOMER), None, minutes=90, today=TODAY, skip=["x"])
    assert codes(found) == ["y"]


def test_without_a_model_what_is_made_for_the_learner_comes_first() -> None:
    parts: Document = {
        "audiences": [{"code": "citizen", "title": "…"}, {"code": "farmer", "title": "…", "parent": "citizen"}],
        "industries": [{"code": "rice", "title": "…"}],
    }
    farmer = {"learner": "a", "audiences": ["farmer"], "industries": ["rice"]}
    courses = [
        course("anyone"),
        course("citizens", audiences=["citizen"]),
        course("farmers", audiences=["farmer"]),
        course("rice-farmers", audiences=["farmer"], industries=["rice"]),
    ]
    found = recommended(*courses, minutes=40, learner=farmer, **parts)
    assert (codes(found), found.basis) == (["rice-farmers", "farmers", "citizens", "anyone"], "fit")
    assert reasons(found) == [
        {"code": "fits_audience", "value": "farmer"},
        {"code": "fits_industry", "value": "rice"},
    ]
    assert reasons(found, 3) == [{"code": "fits_budget"}]


def test_without_a_model_the_next_level_comes_before_a_distant_one() -> None:
    steps = [course(f"level-{n}", teaches=[level("f:1", n)]) for n in (1, 2, 4)]
    found = recommended(*steps, minutes=10, learner={"learner": "a", "mastered": [level("f:1", 1)]})
    assert codes(found) == ["level-2"]
    assert reasons(found) == [{"code": "reaches_level", "competence": "f:1", "level": 2}]


def test_lower_levels_come_first_even_where_nothing_requires_them() -> None:
    courses = [course("a", teaches=[level("f:1", 3)]), course("b", teaches=[level("f:1", 1)])]
    assert codes(recommended(*courses, minutes=60, relevance=[0.9, 0.6])) == ["b", "a"]


def test_what_is_recommended_after_another_course_comes_after_it() -> None:
    found = recommended(course("a", recommended_after=["b"]), course("b"), minutes=60, relevance=[0.9, 0.6])
    assert codes(found) == ["b", "a"]
    assert reasons(found, 1) == [{"code": "relevant_to_you"}, {"code": "recommended_after", "course": "b"}]


def test_a_learner_with_a_pace_is_told_the_weeks() -> None:
    found = recommended(course("a", 60), course("b", 60), minutes=200, learner={"learner": "a", "minutes_per_week": 60})
    assert ([step.week for step in found.steps], found.weeks) == ([1, 2], 2)


def test_a_chain_of_a_thousand_courses_is_recommended_in_order() -> None:
    chain = [course(f"c{n:04}", 1, requires=[needs(f"c{n - 1:04}")] if n else []) for n in range(1_000)]
    values = [0.0] * 999 + [1.0]
    found = recommended(*chain, minutes=1_000, relevance=values)
    assert codes(found) == [f"c{n:04}" for n in range(1_000)]


def test_courses_that_need_two_others_each_forty_deep_are_still_taken_in_order() -> None:
    """Sums over groups double at each course here; order and choice must survive numbers beyond all precision."""
    deep = [course("c00"), course("c01")]
    deep += [course(f"c{n:02}", requires=[needs(f"c{n - 1:02}"), needs(f"c{n - 2:02}")]) for n in range(2, 90)]
    found = recommended(*deep, minutes=900, relevance=[0.0] * 89 + [1.0])
    assert len(found.steps) == 90


@pytest.mark.parametrize("relevance", [[0.5], [0.5, float("nan")], [0.5, 1.5]])
def test_relevance_of_another_shape_or_out_of_range_is_refused(relevance: list[float]) -> None:
    with pytest.raises(ValueError, match="relevance"):
        recommended(course("a"), course("b"), minutes=10, relevance=relevance)


seeds = st.integers(min_value=0, max_value=10**6)
Case = tuple[Standing, Float64 | None, int, Recommendation]


def case_of(seed: int, size: int) -> Case:
    graph, learner = graph_of(catalogue(seed, size)), learner_of(some_learner(seed, size))
    relevance, minutes = relevance_of(seed, size), (seed % 13) * 20
    found = recommend(graph, learner, relevance, minutes=minutes, today=TODAY)
    return standing_of(graph, learner, TODAY), relevance, minutes, found


def indices(standing: Standing, found: Recommendation) -> list[int]:
    return [standing.index(step.course) for step in found.steps]


def measured(standing: Standing, relevance: Float64 | None) -> Float64:
    return fit(standing) if relevance is None else relevance


@given(seeds, st.integers(1, 14))
def test_every_recommendation_can_be_taken_in_its_order_within_its_minutes(seed: int, size: int) -> None:
    standing, _relevance, minutes, found = case_of(seed, size)
    facts = set(standing.holdings.facts)
    steps = indices(standing, found)
    assert len(set(steps)) == len(steps)
    assert sum(step.minutes for step in found.steps) == found.total_minutes <= minutes
    for step in steps:
        assert standing.usable[step]
        assert not any(facts.isdisjoint(group) for group in standing.prepared.groups[step])
        facts.update(standing.prepared.gives[step])


@given(seeds, st.integers(1, 14))
def test_without_any_one_step_and_what_only_it_makes_possible_less_is_gained(seed: int, size: int) -> None:
    standing, relevance, _minutes, found = case_of(seed, size)
    worth = worth_of(standing, measured(standing, relevance))
    steps = indices(standing, found)
    for step in steps:
        rest = takeable(standing, [each for each in steps if each != step])
        assert total_worth(worth, rest) < total_worth(worth, steps)


@given(seeds, st.integers(1, 14))
def test_every_step_has_a_reason_and_one_that_does_not_count_is_a_requirement(seed: int, size: int) -> None:
    standing, relevance, _minutes, found = case_of(seed, size)
    value = worth_of(standing, measured(standing, relevance)).value
    for step in found.steps:
        assert step.reasons
        if not value[standing.index(step.course)]:
            assert any(ground.code == "prerequisite_of" for ground in step.reasons)
        is_relevant = relevance is not None and relevance[standing.index(step.course)] >= RELEVANT
        assert is_relevant == any(ground.code == "relevant_to_you" for ground in step.reasons)


@given(seeds, st.integers(1, 14))
def test_no_single_bundle_within_the_minutes_is_worth_more(seed: int, size: int) -> None:
    standing, relevance, minutes, found = case_of(seed, size)
    worth = worth_of(standing, measured(standing, relevance))
    bundles = Bundles(standing, worth.price)
    for index in np.flatnonzero(bundles.within_reach).tolist():
        bundle = bundles.of(index, ())
        assert takeable(standing, bundle) != []
        if sum(standing.prepared.minutes[each] for each in bundle) <= minutes:
            assert total_worth(worth, bundle) <= found.relevant_minutes + 0.001


@given(seeds, st.integers(1, 14))
def test_a_bundle_can_be_taken_as_it_is_listed(seed: int, size: int) -> None:
    standing, relevance, _minutes, _found = case_of(seed, size)
    bundles = Bundles(standing, worth_of(standing, measured(standing, relevance)).price)
    reachable = takeable(standing, np.flatnonzero(standing.usable).tolist())
    assert sorted(reachable) == np.flatnonzero(bundles.within_reach).tolist()
    for index in reachable:
        facts = set(standing.holdings.facts)
        for each in bundles.of(index, ()):
            assert not any(facts.isdisjoint(group) for group in standing.prepared.groups[each])
            facts.update(standing.prepared.gives[each])


@given(seeds)
def test_the_same_question_has_the_same_answer(seed: int) -> None:
    assert case_of(seed, 12)[3] == case_of(seed, 12)[3]


@pytest.mark.parametrize("seed", range(25))
def test_the_integer_program_finds_what_enumeration_finds(seed: int) -> None:
    standing, relevance, minutes, _found = case_of(seed * 7 + 3, 9)
    worth = worth_of(standing, measured(standing, relevance))
    assert IntegerProgram(standing, worth, minutes).solve()[0] == pytest.approx(enumerated(standing, worth, minutes))


def test_on_small_catalogues_nearly_all_of_the_greatest_worth_is_found() -> None:
    found_sum = best_sum = 0.0
    for seed in range(40):
        standing, relevance, minutes, found = case_of(seed, 30)
        best, _bound = IntegerProgram(standing, worth_of(standing, measured(standing, relevance)), minutes).solve()
        assert found.relevant_minutes <= best + 0.001
        found_sum, best_sum = found_sum + found.relevant_minutes, best_sum + best
    assert found_sum >= 0.985 * best_sum


def test_a_waiver_counts_until_its_day_is_over() -> None:
    graph = graph_of(catalogue_of(course("a")))
    waived = learner_of({"learner": "a", "waived": [{"course": "a", "until": "2026-06-01"}]})
    days = (dt.date(2026, 6, 1), dt.date(2026, 6, 2))
    assert [codes(recommend(graph, waived, None, minutes=60, today=day)) for day in days] == [[], ["a"]]


def test_the_graph_is_prepared_once_for_all_questions() -> None:
    graph = graph_of(catalogue_of(course("a")))
    assert prepare(graph) is standing_of(graph, learner_of(NEWCOMER), TODAY).prepared
