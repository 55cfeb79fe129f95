"""Jobs of the catalogue; ``cms.celery`` says when each runs. Without a worker: ``check_content``."""

from celery import shared_task
from django.utils import timezone

from cms.catalogue.advice import noting


@shared_task
def check_content(changed: bool = False) -> int:
    """Check everything (or what changed), for the report. Twice does no harm."""
    return noting.note_all(at=timezone.now(), changed=changed)


@shared_task
def ask_addresses() -> int:
    """Ask addresses outside whether they still answer. Twice does no harm."""
    return noting.ask_addresses(at=timezone.now())
