"""Reads of publication runs."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from cms.editorial.models import PublishRun
from curriculum_graph.errors import NotFound

SILENCE = timedelta(minutes=15)
"""A run that has said nothing for so long was interrupted: its worker was stopped, or its machine."""


def get_run(pk: int) -> PublishRun:
    """Return a run with all its data. Raises :class:`NotFound`."""
    run = PublishRun.objects.filter(pk=pk).first()
    if run is None:
        raise NotFound(kind="run", code=str(pk))
    return run


def list_recent_runs(limit: int = 10) -> list[PublishRun]:
    """Return the latest runs, newest first, without their data."""
    return list(_light()[:limit])


def find_active_run(now: datetime) -> PublishRun | None:
    """Return the run that is going on, if there is one."""
    states = (PublishRun.State.WAITING, PublishRun.State.RUNNING)
    return _light().filter(state__in=states, updated_at__gte=now - SILENCE).first()


def is_interrupted(run: PublishRun, now: datetime) -> bool:
    """Return whether an unfinished run has been silent for so long that nothing more will come of it."""
    return not run.is_finished and run.updated_at < now - SILENCE


def _light() -> QuerySet[PublishRun]:
    return PublishRun.objects.defer("problems", "changes")
