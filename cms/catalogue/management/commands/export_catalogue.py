"""``manage.py export_catalogue FILE``."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.catalogue.api import export_catalogue
from cms.catalogue.interchange.wording import problem_line
from curriculum_graph.api import CurriculumError, Refused
from curriculum_graph.releases.api import describe


class Command(BaseCommand):
    help = "Write all that is live as a catalogue file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help=".json, or .zip with the assets, each perhaps with .gz; - is standard output")

    def handle(self, *, file: str, **options: Any) -> None:
        self._say(_("Reading what is live"))
        try:
            snapshot, left_out = export_catalogue(sys.stdout.buffer if file == "-" else Path(file))
        except Refused as refusal:
            for problem in refusal.problems:
                self.stdout.write(problem_line(problem))
            raise CommandError(_("The catalogue cannot be written (see above). Nothing was written.")) from refusal
        except CurriculumError as error:
            raise CommandError(describe(error)) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s") % {"file": file, "reason": error.strerror or error}
            ) from error
        for problem in left_out:
            self._say(problem_line(problem))
        self._say(_("Wrote %(courses)d courses to %(file)s") % {"courses": len(snapshot.courses), "file": file})

    def _say(self, line: str) -> None:
        self.stderr.write(line, self.style.NOTICE)
