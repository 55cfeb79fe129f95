"""``manage.py import_events FILE``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.engine.interchange import read_events
from recommender.engine.lines import open_lines
from recommender.learners.actions import import_events
from recommender.learners.console import Console, refusals
from recommender.learners.vocabularies import get_current_release, get_vocabulary


class Command(BaseCommand):
    help = "Store the events of a JSON Lines file (.gz allowed, - for standard input): all of them or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--skip-bad", action="store_true", help="list the bad lines and store the good ones")

    def handle(self, *args: Any, file: str, skip_bad: bool, **options: Any) -> None:
        console = Console(self.stderr)
        with refusals(console):
            known = get_vocabulary(get_current_release())
            with open_lines(file) as lines:
                counts = import_events(
                    read_events(lines),
                    known,
                    at=timezone.now(),
                    skip_bad=skip_bad,
                    report=console.problem,
                    progress=console.line,
                )
        self.stdout.write(
            _("Events created: %(created)s, there before: %(repeated)s; learners created: %(learners)s")
            % {"created": counts.created, "repeated": counts.repeated, "learners": counts.learners}
        )
