"""``manage.py generate_curriculum --courses 3072 --seed 1 --out FILE``."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from cms.national.authoring.curriculum import generate_curriculum
from cms.national.reporting import Reporter, refusing
from curriculum_graph.api import write_catalogue


class Command(BaseCommand):
    help = "Write the national curriculum as a catalogue document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--courses", type=int, default=3072, help="how many courses; 0: the taxonomies alone")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", required=True, help="a file (.json, .json.gz), or - for the standard output")

    def handle(self, *args: Any, courses: int, seed: int, out: str, **options: Any) -> None:
        report = Reporter(self.stderr, _("Writing courses"))
        with refusing(self.stderr):
            snapshot = generate_curriculum(courses, seed, report.count)
            if out == "-":
                write_catalogue(snapshot, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                write_catalogue(snapshot, Path(out))
        report.done(
            _("%(courses)d courses, %(items)d test items, %(regions)d regions: %(out)s")
            % {
                "courses": len(snapshot.courses),
                "items": len(snapshot.items),
                "regions": len(snapshot.regions),
                "out": out,
            }
        )
