"""Writes: start a run, and carry it out."""

import time
from datetime import datetime
from typing import Any

import structlog

from cms.editorial import publishing
from cms.editorial.changes import changes_document
from cms.editorial.models import PublishRun
from cms.editorial.problems import problem_rows
from curriculum_graph.releases.api import ParentMoved, Refused

log = structlog.get_logger(__name__)
HEARTBEAT = 1.0
"""Seconds between two notes of progress within one stage."""

State = PublishRun.State


def start_check(*, actor: str, at: datetime) -> PublishRun:
    """Return a new run that is to compare what is live with the current release; a task carries it out."""
    return _start(PublishRun(kind=PublishRun.Kind.CHECK, actor=actor, created_at=at))


def start_publication(*, seen: PublishRun, note: str, actor: str, at: datetime) -> PublishRun:
    """Return a new run that is to publish what the finished check ``seen`` showed; a task carries it out."""
    return _start(
        PublishRun(
            kind=PublishRun.Kind.PUBLISH,
            actor=actor,
            note=note,
            seen=seen.content,
            parent=seen.parent,
            created_at=at,
        )
    )


def perform(run_id: int, *, at: datetime) -> None:
    """Carry a run out. A run that is finished is left alone, so that a task that comes twice does no harm."""
    run = PublishRun.objects.get(pk=run_id)
    if run.is_finished:
        return
    try:
        outcome = _check(run) if run.kind == PublishRun.Kind.CHECK else _publish(run, at)
    except Exception as error:
        log.exception("publication_run_failed", run=run_id)
        give_up(run, type(error).__name__)
        raise
    _save(run, **outcome)


def give_up(run: PublishRun, error: str) -> None:
    """Note that a run cannot be carried out, for the reason with the code ``error``."""
    _save(run, state=State.FAILED, error=error)


def _start(run: PublishRun) -> PublishRun:
    run.save()
    return run


def _check(run: PublishRun) -> dict[str, Any]:
    live = publishing.look(_Heartbeat(run))
    found: dict[str, Any] = {
        "parent": live.parent or "",
        "problems": problem_rows(live.problems, live.snapshot),
    }
    if live.hashes is None:
        return {**found, "state": State.REFUSED}
    return {
        **found,
        "state": State.DONE,
        "content": live.hashes.release,
        "changes": changes_document(*live.differing()),
    }


def _publish(run: PublishRun, at: datetime) -> dict[str, Any]:
    try:
        release = publishing.publish_seen(
            seen=run.seen,
            parent=run.parent or None,
            actor=run.actor,
            note=run.note,
            at=at,
            progress=_Heartbeat(run),
        )
    except Refused as refused:
        return {"state": State.REFUSED, "problems": problem_rows(refused.problems, None)}
    except (ParentMoved, publishing.ContentChanged) as error:
        return {"state": State.CHANGED, "error": error.code}
    return {"state": State.DONE, "content": release.id}


def _save(run: PublishRun, **values: Any) -> None:
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=[*values, "updated_at"])


class _Heartbeat:
    """Notes the progress of a run in its row: each new stage at once, and then about once a second."""

    def __init__(self, run: PublishRun) -> None:
        self.run = run
        self.noted = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self.run.stage or now - self.noted >= HEARTBEAT:
            self.noted = now
            _save(self.run, state=State.RUNNING, stage=stage, done=done, total=total)
