"""``publish_release`` and ``release``, as an operator runs them."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cms.catalogue.models import CoursePage
from curriculum_graph.releases.api import find_current_release, get_snapshot, list_moves, list_releases
from tests.cms.editorial.live import command, make_live
from tests.curriculum_graph.releases.content import course, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.fixture
def live(tmp_path: Path) -> Path:
    make_live(snapshot(), tmp_path)
    return tmp_path


def publish(note: str = "n") -> str:
    return command("publish_release", "--note", note, "--actor", "an").splitlines()[0]


def test_publishing_prints_the_id_and_the_counts(live: Path) -> None:
    printed = command("publish_release", "--note", "first")
    current = find_current_release()
    assert current is not None
    assert printed.splitlines()[0] == current.id
    assert "Courses: 3" in printed


def test_published_content_is_what_is_live(live: Path) -> None:
    assert get_snapshot(publish()) == snapshot()


def test_second_publication_prints_what_changed(live: Path) -> None:
    publish()
    make_live(snapshot(course(1), course(2), course(3, minutes=99), course(4)), live)
    assert "Courses: 1 added, 1 changed, 0 removed" in command("publish_release", "--note", "second")


def test_unchanged_content_prints_the_same_id_and_writes_nothing(live: Path) -> None:
    first = publish()
    assert publish() == first
    assert len(list_moves()) == 1


def test_refusal_lists_each_problem_and_ends_with_status_one(live: Path) -> None:
    publish()
    CoursePage.objects.filter(code="course-1").update(live=False)
    errors = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("publish_release", "--note", "n", stdout=io.StringIO(), stderr=errors)
    assert ended.value.returncode == 1
    line = next(line for line in errors.getvalue().splitlines() if ": unknown_code: " in line)
    assert line.startswith("/courses/")
    assert len(list_releases()) == 1


def test_list_marks_the_current_release(live: Path) -> None:
    first = publish("first note")
    make_live(snapshot(course(1, minutes=5)), live)
    second = publish("second note")
    lines = command("release", "list").splitlines()
    assert lines[0].startswith(f"* {second[:12]}")
    assert lines[1].startswith(f"  {first[:12]}")
    assert "first note" in lines[1]


def test_show_tells_counts_parent_and_log(live: Path) -> None:
    first = publish("first note")
    make_live(snapshot(course(1, minutes=5)), live)
    publish("second note")
    shown = command("release", "show", "current")
    assert f"Parent: {first}" in shown
    assert "published an: second note" in shown
    assert "Courses: 3" in shown


def test_diff_for_people_names_course_and_field(live: Path) -> None:
    publish()
    make_live(snapshot(course(1, minutes=5)), live)
    publish()
    printed = command("release", "diff", "current~1", "current")
    assert "Courses: 0 added, 1 changed, 0 removed" in printed
    assert "course-1" in printed
    assert "minutes: 31 → 5" in printed


def test_diff_for_programs_is_one_json_document(live: Path) -> None:
    first = publish()
    make_live(snapshot(course(1, minutes=5)), live)
    second = publish()
    document = json.loads(command("release", "diff", first[:8], second[:8], "--json"))
    assert (document["from"], document["to"]) == (first, second)
    assert document["courses"]["changed"] == [
        {
            "code": "course-1",
            "title": {"vi": "Khóa 1", "en": "Course 1"},
            "aspects": ["effort"],
            "fields": [{"field": "minutes", "before": 31, "after": 5}],
        }
    ]


def test_rollback_moves_the_pointer_and_logs_the_note(live: Path) -> None:
    first = publish()
    make_live(snapshot(course(1, minutes=5)), live)
    publish()
    assert command("release", "rollback", "current~1", "--note", "mistake").strip() == first
    current = find_current_release()
    assert current is not None
    assert current.id == first
    assert list_moves()[0].note == "mistake"


def test_unknown_release_ends_with_status_one() -> None:
    with pytest.raises(CommandError) as ended:
        command("release", "show", "current")
    assert ended.value.returncode == 1


def test_tidying_prints_the_releases_whose_arrays_were_deleted(live: Path) -> None:
    first = publish()
    make_live(snapshot(course(1, minutes=99)), live)
    publish()
    assert command("release", "tidy", "--keep", "1").split() == [first]
    assert command("release", "tidy", "--keep", "1") == ""
