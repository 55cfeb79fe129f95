"""Which runs build programs, how far each has come, and what went wrong in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, Sum

from curriculum_graph.errors import NotFound
from recommender.programs.models import BuildChunk, BuildFailure, BuildRun

SILENCE = timedelta(minutes=5)
"""A run of which nothing has been heard for so long waits for a worker."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A run, and how far it has come: ``total`` … ``failed`` count learners; ``heard_at`` is its last sign of life."""

    run: BuildRun
    total: int
    done: int
    changed: int
    same: int
    fresh: int
    failed: int
    heard_at: datetime

    @property
    def is_finished(self) -> bool:
        return self.run.state != BuildRun.State.RUNNING

    def is_silent(self, now: datetime) -> bool:
        """Return whether it is not known that anybody works on it."""
        return not self.is_finished and now - self.heard_at > SILENCE


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that went wrong: a learner (a pseudonym; ``""``: all from ``first`` to ``last``), and why."""

    learner: str
    first: int
    last: int
    code: str
    detail: str


def get_progress(run_id: int) -> Progress:
    """Return a run and how far it has come. Two queries.

    Raises
    ------
    NotFound
        There is no such run.
    """
    run = BuildRun.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound(kind="run", code=str(run_id))
    return list_progress([run])[0]


def list_recent_progress(limit: int = 20) -> list[Progress]:
    """Return the latest runs, newest first, and how far each has come. Two queries."""
    return list_progress(list(BuildRun.objects.all()[:limit]))


def list_progress(runs: list[BuildRun]) -> list[Progress]:
    """Return how far each of these runs has come. One query."""
    finished = Q(state__in=BuildChunk.FINISHED)
    counted = ("changed", "same", "fresh", "failed")
    rows: Any = BuildChunk.objects.filter(run__in=runs).order_by().values("run_id").annotate(
        total=Sum("learners"),
        done=Sum("learners", filter=finished, default=0),
        heard_at=Max("finished_at"),
        **{f"{name}_learners": Sum(name) for name in counted},
    )  # fmt: skip
    by_run = {row["run_id"]: row for row in rows}
    nothing = dict.fromkeys(("total", "done", *(f"{name}_learners" for name in counted)), 0)
    return [_progress(run, by_run.get(run.pk, nothing)) for run in runs]


def _progress(run: BuildRun, row: dict[str, Any]) -> Progress:
    heard: datetime | None = row.get("heard_at")
    return Progress(
        run=run,
        total=row["total"],
        done=row["done"],
        changed=row["changed_learners"],
        same=row["same_learners"],
        fresh=row["fresh_learners"],
        failed=row["failed_learners"],
        heard_at=max(heard, run.sent_at) if heard else run.sent_at,
    )


def find_unfinished_run() -> BuildRun | None:
    """Return the run that goes on, if there is one."""
    return BuildRun.objects.filter(state=BuildRun.State.RUNNING).first()


def iter_waiting_chunks(run_id: int) -> Iterator[int]:
    """Yield the chunks of a run that are still to be done, by their ids."""
    waiting = BuildChunk.objects.filter(run_id=run_id, state=BuildChunk.State.WAITING)
    yield from waiting.order_by("id").values_list("id", flat=True).iterator(1_000)


def list_failed(run_id: int, limit: int = 100) -> list[Failed]:
    """Return what went wrong in a run: chunks that nobody finished, then learners. Two queries."""
    chunks = BuildChunk.objects.filter(run_id=run_id, state=BuildChunk.State.FAILED).exclude(error="")
    learners = BuildFailure.objects.filter(chunk__run_id=run_id).select_related("learner", "chunk")
    return [
        *(Failed("", chunk.first, chunk.last, chunk.error, "") for chunk in chunks[:limit]),
        *(
            Failed(failure.learner.pseudonym, failure.learner_id, failure.learner_id, failure.code, failure.detail)
            for failure in learners[:limit]
        ),
    ]
