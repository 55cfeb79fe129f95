"""A process that is killed while it publishes leaves what was current, and nothing half-published."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum_graph.releases.api import find_current_release, get_graph, list_moves, list_releases
from curriculum_graph.releases.models import CourseVersion, Frame
from tests.curriculum_graph.releases.content import course, publish, snapshot

ROOT = Path(__file__).resolve().parents[3]
MOMENTS = [
    "building", "compiling", "switching",
    "releases_courseversion", "releases_frame", "releases_release", "releases_pointer", "releases_pointermove",
]  # fmt: skip


def publish_until(*moments: str) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.curriculum_graph.releases.killed", *moments],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        check=True,
        capture_output=True,
        text=True,
    )
    return [int(ended) for ended in done.stdout.split()]


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_nothing_is_half_published() -> None:
    before = publish(snapshot())
    versions = CourseVersion.objects.count()
    assert publish_until(*MOMENTS) == [signal.SIGKILL] * len(MOMENTS)
    assert find_current_release() == before
    assert list_releases() == [before]
    assert len(list_moves()) == 1
    assert (CourseVersion.objects.count(), Frame.objects.count()) == (versions, 1)


@pytest.mark.django_db(transaction=True)
def test_publication_after_a_killed_one_succeeds() -> None:
    before = publish(snapshot())
    assert publish_until("releases_pointer", "never") == [signal.SIGKILL, 0]
    after = find_current_release()
    assert after is not None
    assert after.parent == before.id
    assert get_graph(after.id).course_codes == ("course-1", "course-2")
    assert publish(snapshot(course(1), course(2, minutes=99))) == after
