"""``manage.py import_catalogue FILE [--dry-run] [--prune]``."""

import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogue.api import import_catalogue
from cms.catalogue.interchange.wording import kind_name, problem_line, refusal_lines, report_lines
from curriculum_graph.api import Refused, open_catalogue


class Command(BaseCommand):
    help = "Make content live as a catalogue file says; what the file does not name stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a catalogue: .json or .zip, each perhaps with .gz; - is standard input")
        parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would happen")
        parser.add_argument("--prune", action="store_true", help="take out what the file does not name")

    def handle(self, *, file: str, dry_run: bool, prune: bool, **options: Any) -> None:
        start = time.monotonic()
        told: set[tuple[str, int]] = set()

        def progress(kind: str, done: int, total: int) -> None:
            if (step := (kind, done * 10 // total)) in told:
                return
            told.add(step)
            self._say(f"{kind_name(kind)}: {done} / {total} ({time.monotonic() - start:.0f} s)")

        self._say(_("Reading %(file)s") % {"file": file})
        try:
            with _opened(file) as source, open_catalogue(source) as catalogue:
                report = import_catalogue(
                    catalogue, actor=None, at=timezone.now(), dry_run=dry_run, prune=prune, progress=progress
                )
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s") % {"file": file, "reason": error.strerror or error}
            ) from error
        except Refused as refusal:
            for problem in refusal.problems:
                self.stdout.write(problem_line(problem))
            for line in refusal_lines(refusal.problems):
                self._say(line)
            raise CommandError(_("The file has errors (see above). Nothing was written.")) from refusal
        for problem in report.warnings:
            self._say(problem_line(problem))
        for line in report_lines(report, dry_run=dry_run):
            self.stdout.write(line)

    def _say(self, line: str) -> None:
        self.stderr.write(line, self.style.NOTICE)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """Open a file; standard input by way of an unnamed one, in which one can go back, and which needs no memory."""
    if file != "-":
        with Path(file).open("rb") as source:
            yield source
        return
    with tempfile.TemporaryFile() as source:
        shutil.copyfileobj(sys.stdin.buffer, source)
        source.seek(0)
        yield source
