"""Every job on a real Celery worker and a real Redis, also when the worker is killed while it works."""

import io
import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cms.celery import app
from cms.editorial import actions, selectors
from cms.editorial.tasks import perform_run
from curriculum_graph.releases.api import find_current_release, publish_release
from curriculum_graph.snapshot import Snapshot
from exports.delivery.api import Scope, create_token
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import iter_learner_ids, put_learners, record_events
from recommender.learners.models import Learner as Row
from recommender.programs import run_selectors
from recommender.programs.actions import runs
from recommender.programs.api import count_by_status, get_world, list_versions
from recommender.programs.models import ProgramVersion
from recommender.programs.run_selectors import get_progress, list_failed
from recommender.programs.tasks import build, send_chunks
from recommender.training.api import find_current_version
from recommender.training.serving import scorers_root
from recommender.training.tasks import train
from tests.cms.editorial.live import make_live
from tests.curriculum_graph.releases import content
from tests.factories.curricula import small_curriculum
from tests.recommender.engine import two_worlds
from tests.support.celery import kill, running_worker, sending_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("workers")]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CHUNK, CHUNKS = 100, 6
DAMAGED = "l0250"


def until(holds: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def published(snapshot: Snapshot) -> str:
    current = find_current_release()
    parent = current.id if current else None
    return publish_release(snapshot, parent=parent, actor="designer", note="", at=NOW).id


def built() -> int:
    return sum(count_by_status().values())


def started_run(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return a run over many learners, of whom one is stored in a state that nobody can plan for."""
    published(small_curriculum())
    goals = (LearnerGoal(course="wallet"),)
    put_learners([Learner(learner=f"l{n:04}", goals=goals) for n in range(CHUNK * CHUNKS)], at=NOW)
    Row.objects.filter(pseudonym=DAMAGED).update(goals=[{"course": 7}])
    monkeypatch.setattr(runs, "CHUNK", CHUNK)
    now = timezone.now()
    return runs.start_run(get_world(timezone.localdate(now)), objective=None, actor="operator", at=now).pk


def killed_in_the_middle(worker: "subprocess.Popen[bytes]") -> None:
    until(built)
    kill(worker)
    assert 0 < built() < CHUNK * CHUNKS - 1


def assert_each_built_once(run: int) -> None:
    progress = get_progress(run)
    assert (progress.run.state, progress.changed, progress.same, progress.fresh) == ("done", CHUNK * CHUNKS - 1, 0, 0)
    assert [(failed.learner, failed.code) for failed in list_failed(run)] == [(DAMAGED, "ValidationError")]
    versions = Counter(ProgramVersion.objects.values_list("learner_id", flat=True))
    assert (len(versions), set(versions.values())) == (CHUNK * CHUNKS - 1, {1})


def waited_for(*options: str) -> str:
    """Return what the command says that waits for a run, until it ends because one learner failed."""
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("build_programs", *options, stderr=said)
    return said.getvalue()


def test_programs_are_built_once_each_though_the_worker_is_killed_in_the_middle(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started_run(monkeypatch)
    monkeypatch.setattr(run_selectors, "SILENCE", timedelta(seconds=8))  # jobs come back after 5
    with running_worker(redis_url) as worker:
        send_chunks(run)
        killed_in_the_middle(worker)
        with running_worker(redis_url):
            assert DAMAGED in waited_for()
    assert_each_built_once(run)


def test_a_run_is_resumed_by_other_workers_when_the_queue_was_lost_with_the_first(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started_run(monkeypatch)
    with running_worker(redis_url) as worker:
        send_chunks(run)
        killed_in_the_middle(worker)
        app.control.purge()
        with running_worker(redis_url, processes=2):
            assert DAMAGED in waited_for("--resume")
    assert_each_built_once(run)


def test_a_learner_who_did_something_does_not_queue_behind_everybody(
    redis_url: str, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started_run(monkeypatch)
    with sending_to(redis_url):
        app.control.purge()
        send_chunks(run)
        build.delay([1])
        with app.connection_for_read() as connection:
            queue = connection.SimpleQueue("celery")
            first = queue.get(timeout=5)
            assert first.headers["task"] == "programs.build"
            first.ack()
        assert app.control.purge() == CHUNKS


def test_what_a_learner_did_changes_the_program(celery_worker: None) -> None:
    published(small_curriculum())
    token = create_token("platform", list(Scope), at=timezone.now(), actor="operator")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    path = "/api/v1/learners/a"
    client.put(path, json.dumps({"audiences": ["farmer"], "goals": [{"course": "wallet"}]}), "application/json")
    event = {"id": "e1", "verb": "completed", "at": "2026-01-01T08:00:00Z", "course": "basics"}
    client.post(f"{path}/events", json.dumps(event), "application/json")
    until(built)
    (ids,) = iter_learner_ids()
    (version,) = list_versions(ids[0])
    assert "basics" not in [step.course for step in version.program.steps]


def test_a_model_is_trained_and_aligned_with_the_release_after_it(celery_worker: None) -> None:
    release = published(two_worlds.snapshot())
    put_learners(two_worlds.learners(80), at=NOW)
    record_events(two_worlds.events(80), at=NOW)
    train.delay(release, epochs=2)
    until(find_current_version)
    served = find_current_version()
    assert served is not None
    assert served.release == release
    following = published(two_worlds.snapshot(two_worlds.COURSES - 1))
    until(lambda: list((scorers_root() / served.id / following).glob("*/manifest.json")))


def test_a_run_looks_and_another_publishes_what_it_saw(celery_worker: None, tmp_path: Path) -> None:
    make_live(content.snapshot(), tmp_path)
    seen = actions.start_check(actor="an", at=NOW)
    perform_run.delay(seen.pk)
    until(lambda: selectors.get_run(seen.pk).is_finished)
    assert find_current_release() is None
    run = actions.start_publication(seen=selectors.get_run(seen.pk), note="Ghi chú", actor="an", at=NOW)
    perform_run.delay(run.pk)
    until(lambda: selectors.get_run(run.pk).is_finished)
    current = find_current_release()
    assert current is not None
    assert (current.id, current.note) == (selectors.get_run(seen.pk).content, "Ghi chú")
