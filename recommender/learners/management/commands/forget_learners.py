"""``manage.py forget_learners``: the end of the retention periods."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.learners.actions import forget_before

LEARNER_DAYS = 3 * 365
EVENT_DAYS = 365


class Command(BaseCommand):
    help = "Delete events, and learners not heard of, whose retention period is over. Run it every night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--learner-days", type=int, default=LEARNER_DAYS, help=f"days of silence, default {LEARNER_DAYS}"
        )
        parser.add_argument("--event-days", type=int, default=EVENT_DAYS, help=f"age of events, default {EVENT_DAYS}")

    def handle(self, *args: Any, learner_days: int, event_days: int, **options: Any) -> None:
        now = timezone.now()
        learners, events = forget_before(
            learners=now - timedelta(days=learner_days), events=now - timedelta(days=event_days)
        )
        self.stdout.write(
            _("Learners forgotten: %(learners)s, events forgotten: %(events)s")
            % {"learners": learners, "events": events}
        )
