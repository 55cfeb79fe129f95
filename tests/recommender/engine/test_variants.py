"""The ranking of variants is the one by which programs choose: in Python, and in the compiled planner."""

from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.api import CRITERIA, choose_modules, profile_of, rank_variants
from tests.recommender.engine.catalogues import catalogue, learner
from tests.recommender.engine.planners import graph_of, learner_of, program_of

seeds = st.integers(0, 10**9)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_the_first_open_one_is_what_the_planner_writes_into_programs(seed: int) -> None:
    document, who = catalogue(seed, 6), learner(seed + 1, 6)
    who.pop("minutes_budget", None)
    graph, profile = graph_of(document), profile_of(graph_of(document), learner_of(who))
    for step in program_of(graph, who)["steps"]:
        start = int(graph.module_ptr[graph.course_codes.index(step["course"])])
        for place, used in enumerate(step.get("modules", ())):
            ranked = rank_variants(graph, start + place, profile)
            best = next((one.code for one in ranked if not one.closed_by), None)
            assert best == used["variant"]


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_the_first_open_one_is_what_is_chosen_without_planning(seed: int) -> None:
    graph = graph_of(catalogue(seed, 6))
    profile = profile_of(graph, learner_of(learner(seed + 1, 6)))
    for course, chosen in enumerate(choose_modules(graph, range(6), profile)):
        for place, used in enumerate(chosen):
            ranked = rank_variants(graph, int(graph.module_ptr[course]) + place, profile)
            assert [one.code for one in ranked if not one.closed_by][:1] == ([used.variant] if used.variant else [])


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_every_variant_is_ranked_and_every_loser_has_a_reason(seed: int) -> None:
    graph = graph_of(catalogue(seed, 3))
    profile = profile_of(graph, learner_of(learner(seed + 1, 3)))
    for module in range(len(graph.module_codes)):
        ranked = rank_variants(graph, module, profile)
        start, end = int(graph.variant_ptr[module]), int(graph.variant_ptr[module + 1])
        assert sorted(one.code for one in ranked) == list(graph.variant_codes[start:end])
        opened = [one for one in ranked if not one.closed_by]
        assert ranked[: len(opened)] == opened
        for loser in opened[1:]:
            assert loser.lost_by in CRITERIA
        assert [one.specificity for one in opened] == sorted(one.specificity for one in opened)
