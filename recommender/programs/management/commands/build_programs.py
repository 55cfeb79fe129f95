"""``manage.py build_programs``: from a file to a file, or for the stored learners."""

from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.engine.interchange import read_learners
from recommender.engine.lines import open_lines, write_whole
from recommender.engine.program import Objective
from recommender.learners.api import Console, count_learners, iter_learner_ids, refusals
from recommender.programs.actions import BuildCounts, build_programs, write_programs
from recommender.programs.planning import DEFAULT_OBJECTIVE
from recommender.programs.selectors import iter_current_documents
from recommender.programs.tasks import build
from recommender.programs.worlds import get_world

CHUNK = 200
"""Learners a job: some seconds of work, so that a lost worker costs little."""


class Command(BaseCommand):
    help = (
        "Build individual learning programs. With --learners: from a JSON Lines file, without touching the database. "
        "Without: for the stored learners, those only whose program is out of date."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", metavar="FILE", help="learners, one a line (.gz allowed, - for stdin)")
        parser.add_argument("--out", metavar="FILE", help="where programs go, one a line (.gz allowed, - for stdout)")
        parser.add_argument("--objective", choices=get_args(Objective), help=f"default: {DEFAULT_OBJECTIVE}")
        parser.add_argument("--release", metavar="ID", help="build from this release (or the beginning of its id)")

    def handle(
        self,
        *args: Any,
        learners: str | None,
        out: str | None,
        objective: Objective | None,
        release: str | None,
        **options: Any,
    ) -> None:
        console = Console(self.stderr)
        with refusals(console):
            if learners is None:
                if release is not None:
                    raise CommandError(_("Stored learners follow the current release: --release needs --learners."))
                self._stored(console, objective, out)
            elif out is None:
                raise CommandError(_("Say where the programs go: --out FILE (- for standard output)."))
            else:
                self._file(console, learners, out, objective or DEFAULT_OBJECTIVE, release)

    def _file(self, console: Console, learners: str, out: str, objective: Objective, release: str | None) -> None:
        world = get_world(timezone.localdate(), release)
        with open_lines(learners) as lines, write_whole(out) as programs:
            count = write_programs(
                read_learners(lines),
                programs,
                world,
                objective=objective,
                report=console.problem,
                progress=lambda done: console.progress(_("Programs: %(count)s") % {"count": done}),
            )
        console.done(_("Programs written: %(count)s") % {"count": count})

    def _stored(self, console: Console, objective: Objective | None, out: str | None) -> None:
        if settings.CELERY_TASK_ALWAYS_EAGER or out is not None:
            self._here(console, objective)
        else:
            chunks = [build.delay(ids, objective) for ids in iter_learner_ids(CHUNK)]
            console.done(_("Jobs queued: %(count)s") % {"count": len(chunks)})
        if out is not None:
            with write_whole(out) as programs:
                programs.writelines(document + b"\n" for document in iter_current_documents())

    def _here(self, console: Console, objective: Objective | None) -> None:
        """Build in this process, on the code path of the jobs."""
        total, done, counts = count_learners(), 0, BuildCounts()
        if settings.CELERY_TASK_ALWAYS_EAGER:
            console.done(_("There is no broker: the programs are built here, one after another."))
        world = get_world(timezone.localdate())
        for ids in iter_learner_ids(CHUNK):
            counts += build_programs(ids, world, objective=objective, at=timezone.now())
            done += len(ids)
            console.progress(_("Learners: %(done)s of %(total)s") % {"done": done, "total": total})
        console.done(
            _("Programs changed: %(changed)s, the same: %(same)s, up to date before: %(fresh)s")
            % {"changed": counts.changed, "same": counts.same, "fresh": counts.fresh}
        )
