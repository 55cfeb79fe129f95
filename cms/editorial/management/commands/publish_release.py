"""``manage.py publish_release --note TEXT``: publish what is live."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.editorial.changes import changes_document
from cms.editorial.problems import problem_line
from cms.editorial.process import process_user
from cms.editorial.progress import Printed
from cms.editorial.publishing import publish_live
from cms.editorial.wording import count_rows, summary_lines
from curriculum_graph.releases.api import (
    ParentMoved,
    Refused,
    ReleaseInfo,
    describe,
    differing_releases,
    list_warnings,
)


class Command(BaseCommand):
    help = "Publish what is live in the CMS as a release. Prints its id, what it holds and what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--note", required=True, help="what changes and why; the log keeps it")
        parser.add_argument("--actor", default=None, help="who publishes (default: the user of this process)")

    def handle(self, *, note: str, actor: str | None, **options: Any) -> None:
        """Publish, or list each problem and end with status 1."""
        try:
            release, before = publish_live(
                actor=actor or process_user(),
                note=note,
                at=timezone.now(),
                progress=Printed(lambda line: self.stderr.write(line, str)),
            )
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(problem_line(problem), str)
            raise CommandError(describe(refused), returncode=1) from refused
        except ParentMoved as moved:
            raise CommandError(describe(moved), returncode=1) from moved
        self._tell(release, before)

    def _tell(self, release: ReleaseInfo, before: ReleaseInfo | None) -> None:
        self.stdout.write(release.id)
        self.stdout.write(", ".join(f"{label}: {number}" for label, number in count_rows(release.counts)))
        if before is not None and before.id == release.id:
            self.stdout.write(_("Nothing changed since this release was published."))
            return
        if before is not None:
            for line in summary_lines(changes_document(*differing_releases(before.id, release.id))):
                self.stdout.write(line)
        for problem in list_warnings(release.id):
            self.stderr.write(problem_line(problem), str)
