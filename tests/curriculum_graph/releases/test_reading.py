"""Reading what was published."""

from typing import Any

import pytest

from curriculum_graph.releases.api import (
    Ambiguous,
    NotFound,
    differing_content,
    differing_releases,
    fingerprint,
    get_course,
    get_course_hashes,
    get_frame,
    get_release,
    get_snapshot,
    iter_courses,
    list_courses,
    list_moves,
    list_releases,
    set_current,
)
from curriculum_graph.releases.models import Release
from tests.curriculum_graph.releases.content import AT, course, publish, snapshot

pytestmark = pytest.mark.django_db


def test_snapshot_of_a_release_is_what_was_published() -> None:
    content = snapshot()
    assert get_snapshot(publish(content).id) == content


def test_older_release_is_read_unchanged_after_a_newer_one() -> None:
    first = publish(snapshot())
    publish(snapshot(course(1, minutes=1)))
    assert get_snapshot(first.id) == snapshot()


def test_courses_come_in_the_order_asked_for_without_the_unknown() -> None:
    release = publish(snapshot())
    found = list_courses(release.id, ["course-3", "nowhere", "course-1"])
    assert [c.code for c in found] == ["course-3", "course-1"]


def test_unknown_course_is_not_found() -> None:
    release = publish(snapshot())
    with pytest.raises(NotFound):
        get_course(release.id, "nowhere")


def test_unknown_release_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_snapshot("0" * 64)


@pytest.mark.parametrize("name", ["", "abc", "current~", "CURRENT", "current; drop", "../x"])
def test_what_is_no_name_is_not_found(name: str) -> None:
    publish(snapshot())
    with pytest.raises(NotFound):
        get_release(name)


def test_release_is_found_by_prefix_current_and_ancestor() -> None:
    first, second = publish(snapshot()), publish(snapshot(course(1)))
    assert get_release(first.id) == get_release(first.id[:6]) == get_release("current~1") == first
    assert get_release("current") == get_release("current~0") == second
    assert get_release(f"{second.id[:8]}~1") == first


def test_ancestor_before_the_first_is_not_found() -> None:
    publish(snapshot())
    with pytest.raises(NotFound):
        get_release("current~1")


def test_prefix_of_two_is_ambiguous() -> None:
    stored = Release.objects.get(id=publish(snapshot()).id)
    for end in "ab":
        Release.objects.create(
            id="f00d" + end * 60, frame=stored.frame, manifest=b"", note="", actor="", at=AT, counts={"courses": 0}
        )
    with pytest.raises(Ambiguous):
        get_release("f00d")


def test_list_is_newest_first_in_pages_and_one_query(django_assert_num_queries: Any) -> None:
    ids = [publish(snapshot(course(1, minutes=n)), at=AT.replace(minute=n)).id for n in range(1, 6)]
    with django_assert_num_queries(1):
        page = list_releases(offset=1, limit=2)
    assert [release.id for release in page] == [ids[3], ids[2]]


def test_log_of_one_release_names_only_moves_to_it() -> None:
    first, second = publish(snapshot()), publish(snapshot(course(1)))
    set_current(first.id, actor="an", note="back", at=AT)
    assert [move.note for move in list_moves(second.id)] == ["Test"]
    assert [move.note for move in list_moves(first.id)] == ["back", "Test"]


def test_one_course_is_read_in_one_query(django_assert_num_queries: Any) -> None:
    release = publish(snapshot())
    get_course_hashes(release.id)
    with django_assert_num_queries(1):
        assert get_course(release.id, "course-2") == course(2)


def test_whole_release_is_read_in_one_query_after_its_manifest(django_assert_num_queries: Any) -> None:
    release = publish(snapshot(*(course(n, teaches=()) for n in range(1, 60))))
    get_frame(release.id), get_course_hashes(release.id)
    with django_assert_num_queries(1):
        assert len(list(iter_courses(release.id))) == 59


def test_difference_of_two_releases_leaves_equal_courses_out() -> None:
    first = publish(snapshot())
    second = publish(snapshot(course(1), course(2, minutes=99), course(4, requires=())))
    old, new = differing_releases(first.id, second.id)
    assert [c.code for c in old.courses] == ["course-2", "course-3"]
    assert [c.code for c in new.courses] == ["course-2", "course-4"]
    assert old.frameworks == new.frameworks == snapshot().frameworks


def test_difference_of_live_content_leaves_equal_courses_out() -> None:
    release = publish(snapshot())
    live = snapshot(course(1), course(2), course(3, minutes=99))
    old, new = differing_content(release.id, live, fingerprint(live))
    assert [c.code for c in old.courses] == [c.code for c in new.courses] == ["course-3"]


def test_everything_differs_from_nothing() -> None:
    live = snapshot()
    old, new = differing_content(None, live, fingerprint(live))
    assert (len(old.courses), len(new.courses)) == (0, 3)


def test_fingerprint_tells_the_id_before_publication() -> None:
    assert fingerprint(snapshot()).release == publish(snapshot()).id
