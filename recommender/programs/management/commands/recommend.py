"""``manage.py recommend``: the best hours for learners, whatever their goals, from a file to a file."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.engine.interchange import read_learners
from recommender.engine.lines import open_lines, write_whole
from recommender.learners.api import Console, refusals
from recommender.programs.actions import write_recommendations
from recommender.programs.situations import HOURS, MOST_MINUTES
from recommender.programs.worlds import get_world


class Command(BaseCommand):
    help = (
        "Recommend to each learner of a JSON Lines file the courses of the greatest relevance within so many minutes, "
        "whatever their goals. Nothing is stored."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", metavar="FILE", required=True, help="one a line (.gz allowed, - for stdin)")
        parser.add_argument("--out", metavar="FILE", required=True, help="one a line (.gz allowed, - for stdout)")
        parser.add_argument("--minutes", metavar="N", type=_minutes, default=60 * HOURS, help="default: %(default)s")
        parser.add_argument("--release", metavar="ID", help="from this release (or the beginning of its id)")

    def handle(self, *args: Any, learners: str, out: str, minutes: int, release: str | None, **options: Any) -> None:
        console = Console(self.stderr)
        with refusals(console):
            world = get_world(timezone.localdate(), release)
            with open_lines(learners) as lines, write_whole(out) as file:
                count = write_recommendations(
                    read_learners(lines),
                    file,
                    world,
                    minutes=minutes,
                    report=console.problem,
                    progress=lambda done: console.progress(_("Learners: %(count)s") % {"count": done}),
                )
            console.done(_("Recommendations written: %(count)s") % {"count": count})


def _minutes(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_MINUTES:
        raise ArgumentTypeError(_("a whole number from 0 to %(most)s") % {"most": MOST_MINUTES})
    return int(text)
