"""Publishing: all of it or nothing, once, and in a log."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum_graph.releases.api import (
    NotFound,
    ParentMoved,
    Refused,
    count_releases,
    find_current_release,
    list_moves,
    list_warnings,
    publish_release,
    release_published,
    set_current,
)
from curriculum_graph.releases.models import CourseVersion, Frame
from curriculum_graph.snapshot import Asset, Group, Requirement
from tests.curriculum_graph.releases.content import AT, course, publish, snapshot

pytestmark = pytest.mark.django_db

DEADLOCK = snapshot(
    course(1, requires=(Group(any_of=(Requirement(course="course-2"),)),)),
    course(2, requires=(Group(any_of=(Requirement(course="course-1"),)),)),
)


@pytest.fixture
def heard() -> Any:
    """What receivers of the signal were told."""
    told: list[tuple[str | None, str]] = []

    def receiver(release: Any, previous: str | None, **_: Any) -> None:
        told.append((previous, release.id))

    release_published.connect(receiver)
    yield told
    release_published.disconnect(receiver)


def test_nothing_is_current_before_the_first_publication() -> None:
    assert find_current_release() is None


def test_published_release_is_current() -> None:
    release = publish(snapshot(), note="Đầu tiên", actor="an")
    assert find_current_release() == release
    assert (release.parent, release.note, release.actor, release.at) == (None, "Đầu tiên", "an", AT)
    assert release.counts["courses"] == release.course_count == 3
    assert release.counts["variants"] == 3


def test_id_depends_on_content_alone() -> None:
    first = publish(snapshot(), note="a", actor="a")
    second = publish(snapshot(course(1)), note="b", actor="b")
    again = publish(snapshot(), note="c", actor="c", at=AT + timedelta(days=1))
    assert first.id == again.id != second.id


def test_publishing_unchanged_content_changes_nothing(django_capture_on_commit_callbacks: Any, heard: Any) -> None:
    first = publish(snapshot())
    with django_capture_on_commit_callbacks(execute=True):
        again = publish(snapshot(), note="again", actor="other")
    assert again == first
    assert count_releases() == 1
    assert len(list_moves()) == 1
    assert heard == []


def test_course_versions_are_stored_once() -> None:
    publish(snapshot())
    publish(snapshot(course(1), course(2), course(3, minutes=99)))
    assert CourseVersion.objects.count() == 4
    assert Frame.objects.count() == 1


def test_deadlock_refuses_the_whole_release() -> None:
    with pytest.raises(Refused) as refused:
        publish(DEADLOCK)
    assert any("deadlock" in problem.code for problem in refused.value.problems)
    assert find_current_release() is None
    assert not CourseVersion.objects.exists()


def test_unknown_code_refuses_the_whole_release() -> None:
    publish(snapshot())
    with pytest.raises(Refused):
        publish(snapshot(course(1, requires=(Group(any_of=(Requirement(course="nowhere"),)),))))
    assert count_releases() == 1


def test_warning_passes_and_is_kept() -> None:
    asset = Asset(code="film", sha256="0" * 64, media_type="video/mp4", bytes=1)
    release = publish(snapshot(assets=(asset,)))
    assert [p.code for p in list_warnings(release.id) if p.fields.get("asset") == "film"] == ["asset_bytes_missing"]


def test_parent_that_moved_is_refused() -> None:
    first = publish(snapshot())
    publish(snapshot(course(1)))
    with pytest.raises(ParentMoved):
        publish_release(snapshot(course(1), course(2)), parent=first.id, actor="an", note="n", at=AT)
    assert count_releases() == 2


def test_every_move_is_logged_with_who_when_and_why() -> None:
    first = publish(snapshot(), note="one", actor="an")
    second = publish(snapshot(course(1)), note="two", actor="binh")
    set_current(first.id, actor="chi", note="back", at=AT + timedelta(hours=1))
    assert [(m.kind, m.actor, m.note, m.source, m.target) for m in list_moves()] == [
        ("moved", "chi", "back", second.id, first.id),
        ("published", "binh", "two", first.id, second.id),
        ("published", "an", "one", None, first.id),
    ]


def test_rolling_back_and_undoing_it_loses_nothing() -> None:
    first, second = publish(snapshot()), publish(snapshot(course(1)))
    set_current(first.id, actor="an", note="back", at=AT)
    assert find_current_release() == first
    set_current(second.id, actor="an", note="forward", at=AT)
    assert find_current_release() == second
    assert count_releases() == 2


def test_rolling_back_to_what_is_current_changes_nothing() -> None:
    first = publish(snapshot())
    set_current(first.id, actor="an", note="n", at=AT)
    assert len(list_moves()) == 1


def test_rolling_back_to_an_unknown_release_is_not_found() -> None:
    publish(snapshot())
    with pytest.raises(NotFound):
        set_current("0" * 64, actor="an", note="n", at=AT)


def test_signal_is_sent_on_commit_for_publication_and_roll_back(
    django_capture_on_commit_callbacks: Any, heard: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = publish(snapshot())
        second = publish(snapshot(course(1)))
        set_current(first.id, actor="an", note="n", at=AT)
        assert heard == []
    assert heard == [(None, first.id), (first.id, second.id), (second.id, first.id)]


def test_receiver_that_fails_stops_nobody(django_capture_on_commit_callbacks: Any, heard: Any) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError("broken receiver")

    release_published.connect(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            release = publish(snapshot())
    finally:
        release_published.disconnect(broken)
    assert find_current_release() == release
    assert heard == [(None, release.id)]


def test_query_count_does_not_grow_with_the_courses() -> None:
    def queries(number: int) -> int:
        content = snapshot(*(course(i, teaches=()) for i in range(1, number + 1)))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            publish(content)
        return len(captured)

    publish(snapshot(course(1)))
    assert queries(5) == queries(60)
