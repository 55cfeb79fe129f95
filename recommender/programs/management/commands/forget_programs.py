"""``manage.py forget_programs``: the end of the retention periods of programs and of runs."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.programs.actions import forget_before

PROGRAM_DAYS = 3 * 365
RUN_DAYS = 90


class Command(BaseCommand):
    help = (
        "Delete programs that others have followed, recommendations, and runs, whose retention period is over. "
        "Run it every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--program-days", type=int, default=PROGRAM_DAYS, help=f"age of earlier programs, default {PROGRAM_DAYS}"
        )
        parser.add_argument("--run-days", type=int, default=RUN_DAYS, help=f"age of runs, default {RUN_DAYS}")

    def handle(self, *args: Any, program_days: int, run_days: int, **options: Any) -> None:
        now = timezone.now()
        programs, given, gone = forget_before(
            programs=now - timedelta(days=program_days), runs=now - timedelta(days=run_days)
        )
        self.stdout.write(
            _("Earlier programs forgotten: %(programs)s, recommendations: %(given)s, runs: %(runs)s")
            % {"programs": programs, "given": given, "runs": gone}
        )
