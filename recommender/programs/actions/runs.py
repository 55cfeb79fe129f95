"""Building the programs of everybody: a run, cut into chunks that any number of workers do, each once."""

from datetime import datetime

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F

from recommender.engine.program import Objective
from recommender.learners.api import list_id_ranges, list_learner_ids
from recommender.programs.actions.building import Failure, prepare
from recommender.programs.models import BuildChunk, BuildFailure, BuildRun
from recommender.programs.planning import World

log = structlog.get_logger(__name__)
CHUNK = 512
"""Learners a chunk: a second or less of work, so that a lost worker costs little and a job is worth sending."""

ATTEMPTS = 5
"""How often a chunk is begun at most. Who has been lost so often over the same chunk was not lost by chance."""

State = BuildRun.State


@transaction.atomic
def start_run(world: World, *, objective: Objective | None, actor: str, at: datetime) -> BuildRun:
    """Return the run that brings everybody's programs up to date for this world: the one that goes on, or a new one.

    Runs for another release, model or objective end.
    """
    running = list(BuildRun.objects.select_for_update().filter(state=State.RUNNING))
    wanted = {"release": world.release, "model": world.model, "objective": objective or ""}
    for run in running:
        if all(getattr(run, name) == value for name, value in wanted.items()):
            return run
        _end(run, State.OUTDATED, at)
    run = BuildRun.objects.create(**wanted, actor=actor, created_at=at, sent_at=at)
    BuildChunk.objects.bulk_create(
        (
            BuildChunk(run=run, first=first, last=last, learners=learners)
            for first, last, learners in list_id_ranges(CHUNK)
        ),
        batch_size=1_000,
    )
    _finish(run, at)
    return run


def perform_chunk(chunk_id: int, world: World, *, at: datetime) -> None:
    """Do a chunk, unless it was done, or its run has ended. Whoever does it twice changes nothing the second time."""
    chunk = BuildChunk.objects.select_related("run").filter(pk=chunk_id).first()
    if chunk is None or chunk.state != BuildChunk.State.WAITING or chunk.run.state != State.RUNNING:
        return
    if (world.release, world.model) != (chunk.run.release, chunk.run.model):
        _end(chunk.run, State.OUTDATED, at)
        return
    BuildChunk.objects.filter(pk=chunk_id).update(attempts=F("attempts") + 1)
    try:
        if chunk.attempts >= ATTEMPTS:
            _give_up(chunk, "worker_lost", at)
        else:
            _build(chunk, world, at)
    except DatabaseError:
        raise  # the chunk is as it was: whoever sent it tries again
    except Exception as error:
        log.exception("chunk_failed", chunk=chunk_id)
        _give_up(chunk, type(error).__name__, at)
    _finish(chunk.run, at)


def _build(chunk: BuildChunk, world: World, at: datetime) -> None:
    """Plan first; then store the programs, and that they are stored, in one transaction."""
    objective: Objective | None = _objective(chunk.run)
    prepared = prepare(list_learner_ids(chunk.first, chunk.last), world, objective)
    with transaction.atomic():
        mine = BuildChunk.objects.select_for_update().get(pk=chunk.pk)
        if mine.state != BuildChunk.State.WAITING:
            return  # another worker was faster
        counts = prepared.store(at)
        _note_failures(mine, counts.failures)
        mine.state = BuildChunk.State.FAILED if counts.failures else BuildChunk.State.DONE
        mine.changed, mine.same, mine.fresh = counts.changed, counts.same, counts.fresh
        mine.failed, mine.error, mine.finished_at = len(counts.failures), "", at
        mine.save()


def _objective(run: BuildRun) -> Objective | None:
    return "minutes" if run.objective == "minutes" else "balanced" if run.objective else None


def _note_failures(chunk: BuildChunk, failures: tuple[Failure, ...]) -> None:
    BuildFailure.objects.filter(chunk=chunk).delete()
    BuildFailure.objects.bulk_create(
        BuildFailure(chunk=chunk, learner_id=failure.learner, code=failure.code, detail=failure.detail)
        for failure in failures
    )


def _give_up(chunk: BuildChunk, error: str, at: datetime) -> None:
    waiting = BuildChunk.objects.filter(pk=chunk.pk, state=BuildChunk.State.WAITING)
    waiting.update(state=BuildChunk.State.FAILED, failed=F("learners"), error=error, finished_at=at)


def _finish(run: BuildRun, at: datetime) -> None:
    """End a run of which nothing is left to do."""
    if not BuildChunk.objects.filter(run=run, state=BuildChunk.State.WAITING).exists():
        _end(run, State.DONE, at)


def _end(run: BuildRun, state: BuildRun.State, at: datetime) -> None:
    BuildRun.objects.filter(pk=run.pk, state=State.RUNNING).update(state=state, finished_at=at)


def cancel_run(run_id: int, *, at: datetime) -> None:
    """End a run: what is being built is finished, what waits is left. Nothing that was built is undone."""
    _end(BuildRun(pk=run_id), State.CANCELLED, at)


def resume_run(run_id: int, *, at: datetime) -> None:
    """Note that what a run has left is handed to the workers again."""
    BuildRun.objects.filter(pk=run_id, state=State.RUNNING).update(sent_at=at)


@transaction.atomic
def retry_failed(run_id: int, *, at: datetime) -> None:
    """Let the failed chunks of a run that is done wait again; the learners who have their programs lose nothing."""
    run = BuildRun.objects.select_for_update().filter(pk=run_id, state=State.DONE).first()
    if run is None:
        return
    failed = BuildChunk.objects.filter(run=run, state=BuildChunk.State.FAILED)
    if failed.update(state=BuildChunk.State.WAITING, attempts=0, failed=0, error="", finished_at=None):
        run.state, run.sent_at, run.finished_at = State.RUNNING, at, None
        run.save(update_fields=["state", "sent_at", "finished_at"])
