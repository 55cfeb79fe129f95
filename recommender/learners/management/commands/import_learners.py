"""``manage.py import_learners FILE``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.engine.interchange import read_learners
from recommender.engine.lines import open_lines
from recommender.learners.actions import import_learners
from recommender.learners.console import Console, refusals
from recommender.learners.vocabularies import get_current_release, get_vocabulary


class Command(BaseCommand):
    help = "Store the learners of a JSON Lines file (.gz allowed, - for standard input): all of them or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        console = Console(self.stderr)
        with refusals(console):
            known = get_vocabulary(get_current_release())
            with open_lines(file) as lines:
                counts = import_learners(
                    read_learners(lines),
                    known,
                    at=timezone.now(),
                    report=console.problem,
                    progress=console.line,
                )
        self.stdout.write(
            _("Learners created: %(created)s, updated: %(updated)s, unchanged: %(unchanged)s")
            % {"created": counts.created, "updated": counts.updated, "unchanged": counts.unchanged}
        )
