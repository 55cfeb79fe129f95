"""Jobs of the editorial screens."""

from celery import shared_task
from django.utils import timezone

from cms.editorial import actions


@shared_task
def perform_run(run_id: int) -> None:
    """Check or publish what is live, as the run says."""
    actions.perform(run_id, at=timezone.now())
