"""``manage.py export``: write a release, a course or a learner's program in a format that other systems read."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum_graph.errors import NotFound, Refused
from curriculum_graph.releases.api import describe
from exports.delivery.api import Subject, export
from exports.formats.api import FORMATS, ScopeNotOffered


class Command(BaseCommand):
    help = "Write a release, a course or a learner's program in a format; the file is validated before it appears."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=sorted(FORMATS), dest="format_name")
        parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--course", metavar="CODE", help="one course (default: the whole release)")
        what.add_argument("--learner", metavar="ID", help="one learner's current program")
        parser.add_argument("--release", default="current", metavar="ID", help="default: the current one")

    def handle(self, *, format_name: str, out: Path, release: str, **options: Any) -> None:
        subject = Subject(release=release, course=options["course"], learner=options["learner"])
        try:
            done = export(format_name, subject, out, actor="command line", at=timezone.now(), progress=self._progress)
        except NotFound as error:
            raise CommandError(_not_found(error)) from error
        except ScopeNotOffered as error:
            raise CommandError(_("The format “%(name)s” cannot hold a %(scope)s.") % error.fields) from error
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(f"{problem.place}: {problem.code}: {describe(problem)}")
            raise CommandError(_("What was written is not valid; nothing was left in the folder.")) from refused
        self.stdout.write(f"{done.path} {done.bytes} {done.sha256}")

    def _progress(self, step: str) -> None:
        words = {"reading": _("reading …"), "writing": _("writing …"), "validating": _("validating …")}
        self.stderr.write(words[step])


def _not_found(error: NotFound) -> str:
    sentences = {
        "release": _("There is no release “%(code)s”. Publish one with publish_release, or name another."),
        "course": _("The release has no course “%(code)s”. Check the code, or name another release."),
        "learner": _("There is no learner “%(code)s”. Import the learner first."),
        "program": _("The learner “%(code)s” has no program yet. Run build_programs first."),
    }
    return sentences[str(error.fields["kind"])] % error.fields
