"""Everything that the contract allows at its worst, and relevance that is none."""

from random import Random

import numpy as np
import pytest

from recommender.engine.api import plan
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
)
from tests.validity import violations


def code(number: int) -> str:
    return f"c{number:05d}"


def codes(program: Document) -> list[str]:
    return [step["course"] for step in program["steps"]]


def tangle(courses: int, seed: int) -> Document:
    """Courses that need any of several earlier ones, or levels that others teach."""
    random = Random(seed)

    def entry(number: int) -> str | tuple[str, int]:
        return code(random.randrange(number)) if number and random.random() < 0.6 else ("f:1", random.randint(1, 3))

    return catalogue_of(
        *(
            course(
                code(number),
                random.choice([10, 20, 30, 45]),
                requires=[needs(*(entry(number) for _ in range(random.randint(1, 3)))) for _ in range(number % 3)],
                teaches=[level("f:1", random.randint(1, 4))] if number % 7 == 0 else [],
            )
            for number in range(courses)
        )
    )


def test_a_chain_of_a_thousand_courses_is_planned_in_order() -> None:
    chain = catalogue_of(*(course(code(n), requires=[needs(code(n - 1))] if n else []) for n in range(1000)))
    assert codes(program_of(graph_of(chain), {"learner": "l", "goals": [{"course": code(999)}]})) == [
        code(n) for n in range(1000)
    ]


def test_costs_that_double_a_thousand_times_stay_within_reach() -> None:
    doubling = catalogue_of(
        *(course(code(n), requires=[needs(code(n - 1)), needs(code(n - 2))] if n > 1 else []) for n in range(1000))
    )
    program = program_of(graph_of(doubling), {"learner": "l", "goals": [{"course": code(999)}]})
    assert (program["status"], len(program["steps"])) == ("complete", 1000)


@pytest.mark.parametrize("budget", [None, 900])
def test_five_hundred_goals_give_a_valid_program(budget: int | None) -> None:
    document = tangle(520, 3)
    who: Document = {"learner": "l", "goals": [{"course": code(n), "weight": 1 + n % 3} for n in range(500)]}
    if budget is not None:
        who["minutes_budget"] = budget
    program = program_of(graph_of(document), who)
    total = program["total_minutes"]
    assert program["status"] == ("complete" if budget is None else "partial")
    assert budget is None or 0 < total <= budget
    taken = set[str]()
    held = 0
    by_code = {one["code"]: one for one in document["courses"]}
    for step in codes(program):
        for group in by_code[step].get("requires", []):
            assert any(e.get("course") in taken or held >= e.get("level", 99) for e in group["any_of"])
        taken.add(step)
        held = max([held, *(taught["level"] for taught in by_code[step].get("teaches", []))])


def test_goals_that_need_each_other_without_another_way_in_are_out_of_reach() -> None:
    document = catalogue_of(
        course("a", requires=[needs("b", "c")]), course("b", requires=[needs("a")]), course("c", languages=["km"])
    )
    who = {"learner": "l", "languages": ["vi"], "goals": [{"course": "a"}, {"course": "b"}]}
    program = program_of(graph_of(document), who)
    assert [entry["reason"] for entry in program["unmet"]] == ["requirement_unreachable"] * 2
    assert violations(document, who, program, TODAY) == []


def test_courses_that_hold_each_other_up_are_entered_from_outside() -> None:
    document = catalogue_of(
        course("a", 10, requires=[needs("b", "way-in")]), course("b", 10, requires=[needs("a")]), course("way-in", 90)
    )
    program = program_of(graph_of(document), {"learner": "l", "goals": [{"course": "b"}]})
    assert codes(program) == ["way-in", "a", "b"]


def test_a_course_that_builds_on_a_waived_one_may_be_the_first_to_teach_what_that_one_does() -> None:
    document = catalogue_of(
        course("a", 50, teaches=[level("f:1", 1)]), course("b", 10, requires=[needs("a")], teaches=[level("f:1", 2)])
    )
    who = {"learner": "l", "goals": [level("f:1", 1)], "waived": [{"course": "a"}]}
    assert codes(program_of(graph_of(document), who)) == ["b"]


def test_a_learner_who_has_taken_everything_has_an_empty_program() -> None:
    document = tangle(60, 5)
    everything = [one["code"] for one in document["courses"]]
    who = {"learner": "l", "completed": everything, "goals": [{"course": one} for one in everything]}
    program = program_of(graph_of(document), who)
    assert (program["steps"], program["status"], len(program["skipped"])) == ([], "complete", 60)


def test_a_learner_to_whom_nothing_is_open_is_told_what_closes_it() -> None:
    document = catalogue_of(*(course(code(n), languages=["km"]) for n in range(5)))
    who = {"learner": "l", "goals": [{"course": code(n)} for n in range(5)]}
    program = program_of(graph_of(document), who)
    assert {entry["reason"] for entry in program["unmet"]} == {"not_open_to_learner"}
    assert violations(document, who, program, TODAY) == []


@pytest.mark.parametrize("value", [float("nan"), -0.1, 1.1, float("inf")])
def test_relevance_that_is_no_share_is_refused(value: float) -> None:
    graph = graph_of(tangle(3, 1))
    relevance = np.array([0.5, value, 0.5])
    with pytest.raises(ValueError, match=r"in \[0, 1\] for each of the 3 courses"):
        plan(graph, learner_of({"learner": "l"}), relevance, today=TODAY)
