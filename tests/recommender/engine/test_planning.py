"""What the planner does in the cases that the contract names one by one."""

import datetime as dt

import numpy as np
import pytest

from recommender.engine.api import UnknownCode
from tests.recommender.engine.planners import Document, catalogue_of, course, graph_of, level, needs, program_of


def plan(catalogue: Document, **learner: object) -> Document:
    return program_of(graph_of(catalogue), {"learner": "l", **learner})


def codes(program: Document) -> list[str]:
    return [step["course"] for step in program["steps"]]


CHAIN = catalogue_of(
    course("a", 30, teaches=[level("f:1", 1)]),
    course("b", 20, requires=[needs(("f:1", 1))], teaches=[level("f:1", 3)]),
    course("c", 10, requires=[needs("b")]),
)


def test_no_goals_give_an_empty_program_that_is_complete() -> None:
    program = plan(CHAIN)
    assert (program["steps"], program["status"], program["total_minutes"]) == ([], "complete", 0)


def test_a_deep_goal_brings_its_prerequisites_in_order_with_reasons() -> None:
    program = plan(CHAIN, goals=[{"course": "c"}], minutes_per_week=30)
    assert codes(program) == ["a", "b", "c"]
    assert [step["reasons"] for step in program["steps"]] == [
        [{"code": "prerequisite_of", "course": "b", "competence": "f:1", "level": 1}],
        [{"code": "prerequisite_of", "course": "c"}],
        [{"code": "goal", "course": "c"}],
    ]
    assert [step["week"] for step in program["steps"]] == [1, 2, 2]
    assert program["weeks"] == 2


def test_a_goal_held_at_the_start_is_skipped_and_the_program_complete() -> None:
    program = plan(CHAIN, goals=[level("f:1", 2)], mastered=[level("f:1", 4)])
    assert (program["steps"], program["status"]) == ([], "complete")
    assert program["skipped"] == [{"competence": "f:1", "level": 2, "reason": "mastered"}]


def test_a_level_higher_than_the_framework_is_reached_by_nobody() -> None:
    program = plan(CHAIN, goals=[level("f:1", 99)])
    assert program["status"] == "infeasible"
    assert program["unmet"] == [
        {
            "goal": level("f:1", 99),
            "reason": "no_course_teaches_it",
            "blocking": [{"code": "competence", "competence": "f:1", "level": 99, "taught": 3}],
        }
    ]


def test_a_completed_course_teaches_and_a_waived_one_does_not() -> None:
    assert codes(plan(CHAIN, goals=[{"course": "c"}], completed=["a"])) == ["b", "c"]
    waived = plan(CHAIN, goals=[{"course": "c"}], waived=[{"course": "a"}])
    assert waived["unmet"][0]["reason"] == "requirement_unreachable"
    assert waived["unmet"][0]["blocking"] == [{"code": "competence", "competence": "f:1", "level": 1}]


@pytest.mark.parametrize(("today", "steps"), [(dt.date(2026, 3, 1), []), (dt.date(2026, 3, 2), ["a"])])
def test_a_waiver_holds_to_its_date_and_not_after(today: dt.date, steps: list[str]) -> None:
    learner = {"learner": "l", "goals": [{"course": "a"}], "waived": [{"course": "a", "until": "2026-03-01"}]}
    assert codes(program_of(graph_of(CHAIN), learner, today=today)) == steps


def test_a_completed_course_that_the_release_does_not_know_does_no_harm() -> None:
    assert codes(plan(CHAIN, goals=[{"course": "a"}], completed=["long-gone"])) == ["a"]


def test_a_budget_of_nothing_leaves_every_goal_over_budget() -> None:
    program = plan(CHAIN, goals=[{"course": "c"}], minutes_budget=0)
    assert program["status"] == "infeasible"
    assert program["unmet"][0] == {
        "goal": {"course": "c"},
        "reason": "over_budget",
        "blocking": [{"code": "minutes", "minutes": 60}],
    }


def test_the_budget_goes_to_the_larger_weight_with_repeated_goals_added() -> None:
    catalogue = catalogue_of(course("a", 60), course("b", 60))
    goals = [{"course": "a", "weight": 3}, {"course": "b", "weight": 2}, {"course": "b", "weight": 2}]
    assert codes(plan(catalogue, goals=goals, minutes_budget=60)) == ["b"]


def test_a_programme_stands_for_its_goals_with_weights_multiplied() -> None:
    programmes = [{"code": "p", "title": "…", "goals": [{"course": "b", "weight": 2}]}]
    catalogue = catalogue_of(course("a", 60), course("b", 60), programmes=programmes)
    goals = [{"course": "a", "weight": 5}, {"programme": "p", "weight": 3}]
    assert codes(plan(catalogue, goals=goals, minutes_budget=60)) == ["b"]


@pytest.mark.parametrize(
    ("goal", "kind"),
    [({"course": "x"}, "course"), (level("f:9", 1), "competence"), ({"programme": "x"}, "programme")],
)
def test_a_goal_of_unknown_code_is_an_error_that_names_it(goal: Document, kind: str) -> None:
    with pytest.raises(UnknownCode) as raised:
        plan(CHAIN, goals=[goal])
    assert raised.value.fields["kind"] == kind


def test_a_course_closed_to_the_learner_is_no_step_even_if_required() -> None:
    catalogue = catalogue_of(course("a", languages=["km"]), course("b", requires=[needs("a")]))
    program = plan(catalogue, goals=[{"course": "b"}, {"course": "a"}], languages=["vi"])
    assert program["status"] == "infeasible"
    assert [(entry["reason"], entry["blocking"]) for entry in program["unmet"]] == [
        (
            "requirement_unreachable",
            [{"code": "course", "course": "a"}, {"code": "language", "course": "a", "value": "km"}],
        ),
        ("not_open_to_learner", [{"code": "language", "course": "a", "value": "km"}]),
    ]


def test_a_required_level_that_only_closed_courses_teach_names_what_closes_the_nearest() -> None:
    catalogue = catalogue_of(
        course("far", teaches=[level("f:1", 2)], languages=["km"], megabytes=50),
        course("near", teaches=[level("f:1", 2)], megabytes=20),
        course("goal", requires=[needs(("f:1", 2))]),
    )
    program = plan(catalogue, goals=[{"course": "goal"}], languages=["vi"], max_megabytes=5)
    assert program["unmet"][0]["blocking"] == [
        {"code": "competence", "competence": "f:1", "level": 2},
        {"code": "megabytes", "course": "near", "value": "20"},
    ]
    assert plan(catalogue, goals=[{"course": "goal"}], languages=["vi"], max_megabytes=20)["status"] == "complete"


def test_of_closed_courses_for_a_goal_the_one_that_the_fewest_filters_close_comes_first() -> None:
    catalogue = catalogue_of(
        course("far", teaches=[level("f:1", 1)], languages=["km"], megabytes=50),
        course("near", teaches=[level("f:1", 1)], languages=["km"]),
    )
    program = plan(catalogue, goals=[level("f:1", 1)], languages=["vi"], max_megabytes=5)
    assert [(block["course"], block["code"]) for block in program["unmet"][0]["blocking"]] == [
        ("near", "language"), ("far", "language"), ("far", "megabytes"),
    ]  # fmt: skip


def test_a_learner_without_languages_meets_only_what_lists_none() -> None:
    catalogue = catalogue_of(course("a", languages=["vi"]), course("b"))
    program = plan(catalogue, goals=[{"course": "a"}, {"course": "b"}])
    assert (codes(program), program["status"]) == (["b"], "partial")


def test_requirements_that_go_round_are_entered_by_another_way() -> None:
    catalogue = catalogue_of(
        course("a", requires=[needs("b", ("f:1", 1))]),
        course("b", requires=[needs("a")]),
        course("t", 90, teaches=[level("f:1", 2)]),
    )
    assert codes(plan(catalogue, goals=[{"course": "b"}])) == ["t", "a", "b"]


def test_one_course_that_serves_two_goals_is_preferred_to_two() -> None:
    catalogue = catalogue_of(
        course("both", 50, teaches=[level("f:1", 2), level("f:2", 2)]),
        course("one", 30, teaches=[level("f:1", 2)]),
        course("two", 30, teaches=[level("f:2", 2)]),
    )
    assert codes(plan(catalogue, goals=[level("f:1", 1), level("f:2", 1)])) == ["both"]


def test_alternatives_can_stand_in_the_step_s_place_within_the_budget() -> None:
    catalogue = catalogue_of(
        course("a", 10, teaches=[level("f:1", 2)]),
        course("b", 20, teaches=[level("f:1", 4)]),
        course("dear", 90, teaches=[level("f:1", 2)]),
        course("low", 5, teaches=[level("f:1", 1)]),
    )
    program = plan(catalogue, goals=[level("f:1", 2)], minutes_budget=60)
    assert [(step["course"], step["alternatives"]) for step in program["steps"]] == [("a", ["b"])]


def test_relevance_decides_between_equals_and_balanced_lets_it_cost_minutes() -> None:
    graph = graph_of(catalogue_of(*(course(c, m, teaches=[level("f:1", 1)]) for c, m in (("a", 60), ("b", 66)))))
    learner: Document = {"learner": "l", "goals": [level("f:1", 1)]}
    relevance = np.array([0.1, 0.9])
    assert codes(program_of(graph, learner, relevance, "minutes")) == ["a"]
    assert codes(program_of(graph, learner, relevance, "balanced")) == ["b"]


def test_a_soft_order_is_followed_where_requirements_allow() -> None:
    catalogue = catalogue_of(course("a", recommended_after=["b"]), course("b"))
    program = plan(catalogue, goals=[{"course": "a"}, {"course": "b"}])
    assert codes(program) == ["b", "a"]
    assert {"code": "recommended_after", "course": "b"} in program["steps"][1]["reasons"]


@pytest.mark.parametrize("relevance", [np.zeros(2), np.array([0.0, 0.0, 1.5]), np.array([0.0, 0.0, np.nan])])
def test_relevance_of_another_shape_or_range_is_refused(
    relevance: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> None:
    with pytest.raises(ValueError, match="relevance"):
        program_of(graph_of(CHAIN), {"learner": "l"}, relevance)


def test_a_goal_at_the_end_of_very_many_courses_is_reached() -> None:
    names = [f"c{number:04}" for number in range(1100)]
    chain = [course(c, requires=[needs(a), needs(b)]) for a, b, c in zip(names, names[1:], names[2:], strict=False)]
    catalogue = catalogue_of(course(names[0]), course(names[1]), *chain)
    program = plan(catalogue, goals=[{"course": names[-1]}], completed=names[:1000])
    assert codes(program) == names[1000:]
    assert plan(catalogue, goals=[{"course": names[-1]}])["status"] == "complete"


def test_a_release_without_courses_gives_an_empty_program() -> None:
    assert plan(catalogue_of())["status"] == "complete"
