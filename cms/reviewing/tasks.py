"""Jobs of the reviews; ``cms.celery`` says when each runs. Without a worker: the commands of the same names."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cms.reviewing import telling


@shared_task
def publish_scheduled() -> None:
    """Publish what was scheduled for now or before, and take back what has expired. Twice does no harm."""
    call_command("publish_scheduled", verbosity=0)


@shared_task
def remind_reviewers() -> int:
    """Tell reviewers of decisions that are late."""
    return telling.remind(timezone.now())
