"""``manage.py generate_learners --catalogue FILE --count 2000 --seed 1 --out FILE``."""

from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from cms.national.authoring.population import generate_learners
from cms.national.reporting import Reporter, refusing
from curriculum_graph.api import read_catalogue
from recommender.engine.lines import write_whole


class Command(BaseCommand):
    help = "Write learners who might learn from a national curriculum, one a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--catalogue", type=Path, required=True, help="a national curriculum (.json, .json.gz)")
        parser.add_argument("--count", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", required=True, help="a file (.jsonl, .jsonl.gz), or - for the standard output")

    def handle(self, *args: Any, catalogue: Path, count: int, seed: int, out: str, **options: Any) -> None:
        report = Reporter(self.stderr, _("Writing learners"))
        with refusing(self.stderr):
            learners = generate_learners(read_catalogue(catalogue), count, seed, report.count)
            with write_whole(out) as file:
                for learner in learners:
                    file.write(msgspec.json.encode(learner) + b"\n")
        report.done(_("%(count)d learners: %(out)s") % {"count": len(learners), "out": out})
