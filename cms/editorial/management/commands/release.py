"""``manage.py release list|show|diff|rollback|tidy``: look at releases, and move the current pointer."""

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.editorial.changes import changes_document
from cms.editorial.problems import problem_line
from cms.editorial.process import process_user
from cms.editorial.wording import count_rows, detail_lines, summary_lines
from curriculum_graph.releases.api import (
    NotFound,
    ReleaseInfo,
    describe,
    differing_releases,
    find_current_release,
    forget_graphs,
    get_release,
    list_moves,
    list_releases,
    list_warnings,
    set_current,
)


class Command(BaseCommand):
    help = "List, show and compare releases, or make an earlier one current. A release is named by its id, the "
    help += "beginning of its id, or `current`; `~1` after that means its parent."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        listing = commands.add_parser("list", help="list the releases, newest first")
        listing.add_argument("--limit", type=int, default=20)
        show = commands.add_parser("show", help="show one release")
        show.add_argument("release")
        diff = commands.add_parser("diff", help="show what is different in B from A")
        diff.add_argument("a")
        diff.add_argument("b")
        diff.add_argument("--json", action="store_true", help="as one JSON document")
        rollback = commands.add_parser("rollback", help="make another release current")
        rollback.add_argument("release")
        rollback.add_argument("--note", required=True, help="why; the log keeps it")
        rollback.add_argument("--actor", default=None, help="who does it (default: the user of this process)")
        tidy = commands.add_parser("tidy", help="delete the compiled arrays of releases that were not current lately")
        tidy.add_argument("--keep", type=int, default=10, help="so many stay, the current one among them (default: 10)")

    def handle(self, *, command: str, **options: Any) -> None:
        """Carry one subcommand out; a release that does not exist ends with status 1."""
        run: dict[str, Callable[..., None]] = {
            "list": self._list,
            "show": self._show,
            "diff": self._diff,
            "rollback": self._roll_back,
            "tidy": self._tidy,
        }
        try:
            run[command](**options)
        except NotFound as error:
            raise CommandError(describe(error), returncode=1) from error

    def _list(self, limit: int, **options: Any) -> None:
        current = find_current_release()
        for release in list_releases(0, limit):
            mark = "*" if current and release.id == current.id else " "
            self.stdout.write(f"{mark} {_line(release)}")

    def _show(self, release: str, **options: Any) -> None:
        shown = get_release(release)
        self.stdout.write(shown.id)
        self.stdout.write(_line(shown))
        self.stdout.write(_("Parent: %(id)s") % {"id": shown.parent or "-"})
        for label, number in count_rows(shown.counts):
            self.stdout.write(f"  {label}: {number}")
        for move in list_moves(shown.id):
            self.stdout.write(f"  {move.at:%Y-%m-%d %H:%M} {move.kind} {move.actor}: {move.note}")
        for problem in list_warnings(shown.id):
            self.stdout.write(problem_line(problem))

    def _diff(self, a: str, b: str, **options: Any) -> None:
        before, after = get_release(a), get_release(b)
        changes = changes_document(*differing_releases(before.id, after.id))
        if options["json"]:
            document = {"from": before.id, "to": after.id, **changes}
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True))
            return
        for line in (*summary_lines(changes), *detail_lines(changes)):
            self.stdout.write(line)

    def _roll_back(self, release: str, note: str, actor: str | None, **options: Any) -> None:
        target = set_current(get_release(release).id, actor=actor or process_user(), note=note, at=timezone.now())
        self.stdout.write(target.id)

    def _tidy(self, keep: int, **options: Any) -> None:
        for release in forget_graphs(keep):
            self.stdout.write(release)


def _line(release: ReleaseInfo) -> str:
    at = timezone.localtime(release.at)
    return f"{release.short}  {at:%Y-%m-%d %H:%M}  {release.course_count:>6}  {release.actor}  {release.note}"
