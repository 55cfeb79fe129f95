"""From events to interactions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.interactions import Interactions, interactions_from, taken_courses
from recommender.engine.learner import Event, Verb

CODES = ("a", "b", "c")
START = datetime(2026, 1, 1, tzinfo=UTC)
VERBS: tuple[Verb, ...] = (
    "enrolled", "launched", "progressed", "completed", "passed", "failed", "abandoned", "answered", "rated",
)  # fmt: skip


def event(number: int, verb: Verb, course: str | None = "a", learner: str = "l", **more: Any) -> Event:
    at = (START + timedelta(hours=number)).isoformat()
    return Event(id=f"e{number}", learner=learner, verb=verb, at=at, course=course, **more)


def weights(*events: Event) -> list[float]:
    return [float(weight) for weight in interactions_from(events, CODES).weight]


def same(one: Interactions, other: Interactions) -> bool:
    return one.learners == other.learners and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("learner", "course", "weight", "at")
    )


@pytest.mark.parametrize("verb", ["completed", "passed"])
def test_a_completed_course_is_the_strongest_sign(verb: Verb) -> None:
    assert weights(event(0, verb)) == [1.0]


@pytest.mark.parametrize("verb", ["enrolled", "launched", "progressed"])
def test_beginning_a_course_is_a_weak_sign(verb: Verb) -> None:
    assert 0 < weights(event(0, verb))[0] < 0.5


@pytest.mark.parametrize("verb", ["failed", "abandoned", "answered"])
def test_failing_abandoning_and_answering_are_no_signs_of_interest(verb: Verb) -> None:
    assert weights(event(0, verb)) == []


def test_a_completed_module_does_not_complete_its_course() -> None:
    assert weights(event(0, "completed", module="m"))[0] < 1


def test_progress_counts_by_how_far() -> None:
    assert weights(event(0, "progressed", progress=0.9))[0] > weights(event(0, "progressed", progress=0.1))[0]


def test_a_good_rating_is_a_strong_sign() -> None:
    assert weights(event(0, "rated", rating=5)) == [1.0]


def test_a_bad_rating_takes_the_interaction_away() -> None:
    assert weights(event(0, "completed"), event(1, "rated", rating=1)) == []


def test_of_several_ratings_the_latest_counts() -> None:
    assert weights(event(0, "completed"), event(2, "rated", rating=5), event(1, "rated", rating=1)) == [1.0]


def test_courses_that_the_release_does_not_know_are_passed_over() -> None:
    assert weights(event(0, "completed", course="gone"), event(1, "answered", course=None, item="i")) == []


def test_an_interaction_dates_from_its_strongest_sign_not_its_first() -> None:
    found = interactions_from([event(0, "enrolled"), event(5, "completed"), event(9, "completed")], CODES)
    assert found.at.tolist() == [(START + timedelta(hours=5)).timestamp()]


def test_nothing_gives_nothing() -> None:
    found = interactions_from([], CODES)
    assert found.learners == ()
    assert found.pointers().tolist() == [0]


events = st.builds(
    event,
    st.integers(0, 1000),
    st.sampled_from(VERBS),
    st.sampled_from(["a", "b", "c", "gone"]),
    st.sampled_from(["l", "m"]),
    rating=st.none() | st.floats(0, 5),
    progress=st.none() | st.floats(0, 1),
)


@given(st.lists(events, unique_by=lambda e: e.id), st.randoms())
def test_order_and_repeats_change_nothing(given_events: list[Event], random: Any) -> None:
    shuffled = [*given_events, *given_events[:3]]
    random.shuffle(shuffled)
    assert same(interactions_from(given_events, CODES), interactions_from(shuffled, CODES))


@given(st.lists(events, unique_by=lambda e: e.id))
def test_interactions_are_sorted_and_each_pair_occurs_once(given_events: list[Event]) -> None:
    found = interactions_from(given_events, CODES)
    rows = list(zip(found.learner.tolist(), found.at.tolist(), found.course.tolist(), strict=True))
    assert rows == sorted(rows)
    assert len({(row[0], row[2]) for row in rows}) == len(rows)
    assert np.all((found.weight > 0) & (found.weight <= 1))


def test_courses_taken_are_those_listed_and_those_completed_each_once() -> None:
    happened = [event(3, "completed", "c"), event(1, "passed", "b"), event(2, "enrolled", "d"), event(4, "passed", "b")]
    assert taken_courses(["a", "c"], happened) == ["a", "c", "b"]
