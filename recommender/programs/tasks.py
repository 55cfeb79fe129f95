"""Jobs of this app. They carry row ids, load, and call an action; each may run twice without harm."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from recommender.engine.program import Objective
from recommender.programs.actions import build_programs, perform_chunk
from recommender.programs.run_selectors import iter_waiting_chunks
from recommender.programs.worlds import get_world

LAST = 9
"""The priority of what can wait: a learner who has just done something does not queue behind everybody."""


@shared_task(name="programs.build")
def build(ids: list[int], objective: Objective | None = None) -> None:
    """Bring the programs of these learners up to date."""
    build_programs(ids, get_world(timezone.localdate()), objective=objective, at=timezone.now())


@shared_task(
    name="programs.build_chunk",
    autoretry_for=(OperationalError, InterfaceError),  # the database is away, or two chunks locked each other out
    retry_backoff=True,
    max_retries=10,
)
def build_chunk(chunk_id: int) -> None:
    """Do a chunk of a run."""
    perform_chunk(chunk_id, get_world(timezone.localdate()), at=timezone.now())


def send_chunks(run_id: int) -> None:
    """Hand what a run has left to the workers; without a broker, do it here and now."""
    for chunk_id in iter_waiting_chunks(run_id):
        build_chunk.apply_async((chunk_id,), priority=LAST)
