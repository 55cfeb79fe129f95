"""Jobs of this app. They carry row ids, load, and call an action; each may run twice without harm."""

from celery import shared_task
from django.utils import timezone

from recommender.engine.program import Objective
from recommender.programs.actions import build_programs
from recommender.programs.worlds import get_world


@shared_task(name="programs.build")
def build(ids: list[int], objective: Objective | None = None) -> None:
    """Bring the programs of these learners up to date."""
    build_programs(ids, get_world(timezone.localdate()), objective=objective, at=timezone.now())
