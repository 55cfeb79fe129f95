"""Jobs of the notices."""

from celery import shared_task

from cms.notices import mailing


@shared_task
def send_mails() -> int:
    """Send every e-mail that is still due."""
    return mailing.mail_waiting()
