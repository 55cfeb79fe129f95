from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum_graph.errors import NotFound
from recommender.engine.learner import Event, Learner, LearnerGoal, Mastered, Waived
from recommender.learners.api import (
    EventCounts,
    LearnerCounts,
    count_events,
    erase_learner,
    find_learner,
    forget_before,
    get_learner,
    iter_events,
    iter_learner_ids,
    list_events,
    put_learner,
    put_learners,
    record_events,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FULL = Learner(
    learner="a",
    region="vn:01",
    audiences=("farmer", "older"),
    industries=("agriculture",),
    languages=("hmn", "vi"),
    needs=("audio", "captions"),
    max_megabytes=12.5,
    minutes_per_week=60,
    minutes_budget=0,
    goals=(LearnerGoal(course="c1"), LearnerGoal(competence="tt02:1.1", level=2, weight=2.0)),
    completed=("c2", "gone"),
    mastered=(Mastered(competence="tt02:1.1", level=1),),
    waived=(Waived(course="c3", until="2027-01-01", reason="certificate"), Waived(course="c4")),
)

pytestmark = pytest.mark.django_db


def event(name: str, **fields: object) -> Event:
    values = {"learner": "a", "verb": "completed", "at": "2026-11-01T08:00:00Z", "course": "c1", **fields}
    return Event(id=name, **values)  # type: ignore[arg-type]


def test_a_stored_learner_is_the_document_that_was_put() -> None:
    put_learner(FULL, at=NOW)
    assert get_learner("a").profile == FULL


def test_putting_the_same_learner_again_changes_nothing() -> None:
    assert put_learner(FULL, at=NOW) == "created"
    assert put_learner(FULL, at=NOW) == "unchanged"


def test_putting_a_learner_replaces_what_the_document_says_and_keeps_completions() -> None:
    put_learner(FULL, at=NOW)
    record_events([event("e1", course="c9")], at=NOW)
    assert put_learner(Learner(learner="a"), at=NOW) == "updated"
    stored = get_learner("a")
    assert stored.profile == Learner(learner="a")
    assert stored.state.completed == ("c9",)


def test_the_number_of_queries_for_learners_does_not_grow_with_them() -> None:
    def queries(count: int) -> int:
        batch = [Learner(learner=f"{count}-{i}", waived=(Waived(course="c"),)) for i in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert put_learners(batch, at=NOW) == LearnerCounts(created=count)
        return len(captured)

    assert queries(20) == queries(2)


def test_the_number_of_queries_for_events_does_not_grow_with_them() -> None:
    def queries(count: int) -> int:
        batch = [event(f"{count}-{i}", learner=f"{count}-{i}") for i in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert record_events(batch, at=NOW) == EventCounts(created=count, learners=count)
        return len(captured)

    assert queries(20) == queries(2)


def test_the_first_event_with_an_id_wins_within_a_batch_and_across_batches() -> None:
    record_events([event("e1", course="c1"), event("e1", course="c2")], at=NOW)
    assert record_events([event("e1", course="c3")], at=NOW) == EventCounts(repeated=1)
    assert [stored.course for stored in list_events("a")] == ["c1"]
    assert get_learner("a").state.completed == ("c1",)


def test_an_event_of_an_unknown_learner_creates_the_learner() -> None:
    assert record_events([event("e1", learner="new")], at=NOW) == EventCounts(created=1, learners=1)
    assert get_learner("new").profile == Learner(learner="new")


@pytest.mark.parametrize(
    ("fields", "completed"),
    [
        ({"verb": "completed"}, ("c1",)),
        ({"verb": "passed"}, ("c1",)),
        ({"verb": "completed", "module": "m1"}, ()),
        ({"verb": "failed"}, ()),
        ({"verb": "passed", "course": None, "item": "i"}, ()),
    ],
)
def test_a_course_is_completed_by_completed_or_passed_without_a_module(
    fields: dict[str, object], completed: tuple[str, ...]
) -> None:
    record_events([event("e1", **fields)], at=NOW)
    assert get_learner("a").state.completed == completed


def test_an_event_comes_back_as_it_was_with_its_time_in_utc() -> None:
    given = event("e1", at="2026-11-01T08:00:00+07:00", score=0.5, correct=False, seconds=3.0, progress=1.0, rating=4.5)
    record_events([given], at=NOW)
    (stored,) = iter_events()
    assert stored.at == "2026-11-01T01:00:00+00:00"
    assert (stored.score, stored.correct, stored.seconds, stored.progress, stored.rating) == (0.5, False, 3.0, 1.0, 4.5)


def test_erasing_leaves_nothing_of_a_learner() -> None:
    put_learner(FULL, at=NOW)
    record_events([event("e1")], at=NOW)
    erase_learner("a")
    assert find_learner("a") is None
    assert count_events() == 0


def test_erasing_somebody_unknown_says_so() -> None:
    with pytest.raises(NotFound):
        erase_learner("nobody")


def test_forgetting_old_events_keeps_what_was_achieved() -> None:
    record_events([event("old", at="2020-01-01T00:00:00Z")], at=NOW)
    assert forget_before(learners=datetime(2020, 1, 1, tzinfo=UTC), events=datetime(2025, 1, 1, tzinfo=UTC)) == (0, 1)
    assert get_learner("a").state.completed == ("c1",)


def test_forgetting_takes_learners_not_heard_of() -> None:
    put_learner(FULL, at=datetime(2020, 1, 1, tzinfo=UTC))
    put_learner(Learner(learner="b"), at=NOW)
    limit = datetime(2025, 1, 1, tzinfo=UTC)
    assert forget_before(learners=limit, events=limit) == (1, 0)
    assert find_learner("b") is not None


def test_ids_come_in_chunks_and_all_of_them() -> None:
    put_learners([Learner(learner=str(i)) for i in range(7)], at=NOW)
    chunks = list(iter_learner_ids(size=3))
    assert [len(chunk) for chunk in chunks] == [3, 3, 1]
    ids = [id_ for chunk in chunks for id_ in chunk]
    assert ids == sorted(set(ids))
