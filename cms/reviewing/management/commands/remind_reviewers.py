"""``manage.py remind_reviewers``: what a worker does every hour, for installations without one."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.notices.api import mail_waiting
from cms.reviewing import telling


class Command(BaseCommand):
    help = "Tell reviewers of decisions that are late, and send the e-mails that are still due."

    def handle(self, *args: Any, **options: Any) -> None:
        told = telling.remind(timezone.now())
        sent = mail_waiting()
        sentence = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", told)
        self.stdout.write(sentence % {"count": told})
        self.stdout.write(_("E-mails sent: %(count)s") % {"count": sent})
