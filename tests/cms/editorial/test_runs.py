"""Runs: look first, publish what was seen, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cms.catalogue.models import CoursePage
from cms.editorial import actions, publishing, selectors
from cms.editorial.models import PublishRun
from curriculum_graph.releases.api import find_current_release, list_moves
from tests.cms.editorial.live import make_live
from tests.curriculum_graph.releases.content import AT, course, publish, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def live(tmp_path: Path) -> Path:
    make_live(snapshot(), tmp_path)
    return tmp_path


def checked() -> PublishRun:
    run = actions.start_check(actor="an", at=AT)
    actions.perform(run.pk, at=AT)
    return selectors.get_run(run.pk)


def published(seen: PublishRun) -> PublishRun:
    run = actions.start_publication(seen=seen, note="Ghi chú", actor="an", at=AT)
    actions.perform(run.pk, at=AT)
    return selectors.get_run(run.pk)


def test_check_finds_what_would_change_and_publishes_nothing() -> None:
    run = checked()
    assert run.state == "done"
    assert run.changes is not None
    assert [entry["code"] for entry in run.changes["courses"]["added"]] == ["course-1", "course-2", "course-3"]
    assert find_current_release() is None


def test_publication_publishes_what_was_seen() -> None:
    seen = checked()
    run = published(seen)
    current = find_current_release()
    assert current is not None
    assert run.state == "done"
    assert run.content == seen.content == current.id
    assert (current.actor, current.note) == ("an", "Ghi chú")


def test_content_that_changed_since_is_not_published(live: Path) -> None:
    seen = checked()
    make_live(snapshot(course(1, minutes=5)), live)
    run = published(seen)
    assert (run.state, run.error) == ("changed", "content_changed")
    assert find_current_release() is None


def test_release_that_came_between_is_not_published_over() -> None:
    seen = checked()
    between = publish(snapshot(course(1)))
    run = published(seen)
    assert (run.state, run.error) == ("changed", "parent_moved")
    assert find_current_release() == between


def test_check_of_content_with_errors_is_refused_with_the_course_named() -> None:
    CoursePage.objects.filter(code="course-1").update(live=False)
    run = checked()
    assert run.state == "refused"
    problem = run.problems[0]
    assert (problem["code"], problem["subject"], problem["severity"]) == ("unknown_code", "course-2", "error")


def test_run_that_comes_twice_does_no_harm() -> None:
    run = published(checked())
    actions.perform(run.pk, at=AT + timedelta(days=1))
    assert len(list_moves()) == 1


def test_run_whose_worker_was_lost_is_carried_out_again() -> None:
    run = actions.start_check(actor="an", at=AT)
    PublishRun.objects.filter(pk=run.pk).update(state="running", stage="checking")
    actions.perform(run.pk, at=AT)
    assert selectors.get_run(run.pk).state == "done"


def test_silent_run_counts_as_interrupted() -> None:
    run = actions.start_check(actor="an", at=AT)
    assert not selectors.is_interrupted(run, timezone.now())
    assert selectors.is_interrupted(run, timezone.now() + timedelta(hours=1))
    assert selectors.find_active_run(timezone.now()) == run
    assert selectors.find_active_run(timezone.now() + timedelta(hours=1)) is None


def test_failure_is_noted_and_not_swallowed(settings: object) -> None:
    run = actions.start_check(actor="an", at=AT)
    settings.DATA_ROOT = None  # type: ignore[attr-defined]
    actions.perform(run.pk, at=AT)
    publication = actions.start_publication(seen=selectors.get_run(run.pk), note="n", actor="an", at=AT)
    with pytest.raises(TypeError):
        actions.perform(publication.pk, at=AT)
    failed = selectors.get_run(publication.pk)
    assert (failed.state, failed.error) == ("failed", "TypeError")
    assert find_current_release() is None


def test_publishing_live_content_reports_its_stages() -> None:
    stages: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage not in stages:
            stages.append(stage)

    publishing.publish_live(actor="an", note="n", at=AT, progress=progress)
    assert stages == ["reading", "checking", "building", "rendering", "compiling", "switching"]
