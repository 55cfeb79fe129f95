"""``manage.py build_programs``: from a file to a file, or for the stored learners."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from recommender.engine.interchange import read_learners
from recommender.engine.learner import Learner
from recommender.engine.lines import open_lines, write_whole
from recommender.engine.program import Objective
from recommender.learners.api import Console, refusals
from recommender.programs.actions import perform_chunk, resume_run, start_run, write_programs
from recommender.programs.auditing import plan_best
from recommender.programs.models import BuildRun
from recommender.programs.planning import DEFAULT_OBJECTIVE, Planned, World
from recommender.programs.run_selectors import (
    Progress,
    find_unfinished_run,
    get_progress,
    iter_waiting_chunks,
    list_failed,
)
from recommender.programs.run_wording import failure_line, state_sentence
from recommender.programs.selectors import iter_current_documents
from recommender.programs.tasks import send_chunks
from recommender.programs.worlds import get_world

POLL_SECONDS = 1.0
EXACT_SECONDS = 60.0
CHUNK, EXACT_CHUNK = 512, 16
"""Learners of a file planned for at a time."""


class Command(BaseCommand):
    help = (
        "Build individual learning programs. With --learners: from a JSON Lines file, without touching the database. "
        "Without: for the stored learners, those only whose program is out of date; a run that was interrupted goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", metavar="FILE", help="learners, one a line (.gz allowed, - for stdin)")
        parser.add_argument("--out", metavar="FILE", help="where programs go, one a line (.gz allowed, - for stdout)")
        parser.add_argument("--objective", choices=get_args(Objective), help=f"default: {DEFAULT_OBJECTIVE}")
        parser.add_argument("--release", metavar="ID", help="build from this release (or the beginning of its id)")
        parser.add_argument(
            "--exact",
            type=float,
            nargs="?",
            const=EXACT_SECONDS,
            metavar="SECONDS",
            help="for audits of a file: the best programs there are, looked for so long for each learner "
            f"(default: {EXACT_SECONDS:g}); those whose proof takes longer are named",
        )
        parser.add_argument("--no-wait", action="store_true", help="hand the work to the workers and return")
        parser.add_argument(
            "--resume", action="store_true", help="hand what the last run has left to the workers again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(self.stderr)
        with refusals(console):
            self._refuse(options)
            if options["learners"] is None:
                self._stored(console, options)
            else:
                self._file(console, options)

    def _refuse(self, options: dict[str, Any]) -> None:
        """Refuse what does not go together."""
        stored = options["learners"] is None
        if stored and options["release"] is not None:
            raise CommandError(_("Stored learners follow the current release: --release needs --learners."))
        if stored and options["exact"] is not None:
            raise CommandError(_("Best programs are looked for in files alone: --exact needs --learners."))
        if not stored and (options["resume"] or options["no_wait"]):
            raise CommandError(_("--resume and --no-wait are about stored learners: leave --learners away."))
        if not stored and options["out"] is None:
            raise CommandError(_("Say where the programs go: --out FILE (- for standard output)."))
        if options["out"] is not None and options["no_wait"]:
            raise CommandError(
                _("Programs can be written when they are built: --out and --no-wait exclude each other.")
            )

    def _file(self, console: Console, options: dict[str, Any]) -> None:
        world = get_world(timezone.localdate(), options["release"])
        with open_lines(options["learners"]) as lines, write_whole(options["out"]) as programs:
            count = write_programs(
                read_learners(lines),
                programs,
                world,
                plan=self._plan(console, world, options),
                report=console.problem,
                progress=lambda done: console.progress(_("Programs: %(count)s") % {"count": done}),
                at_a_time=CHUNK if options["exact"] is None else EXACT_CHUNK,
            )
        console.done(_("Programs written: %(count)s") % {"count": count})

    def _plan(self, console: Console, world: World, options: dict[str, Any]) -> Callable[[Sequence[Learner]], Planned]:
        """Return how the learners of a file are planned for."""
        objective: Objective = options["objective"] or DEFAULT_OBJECTIVE
        seconds: float | None = options["exact"]

        def unproven(learner: str) -> None:
            sentence = _("%(learner)s: in %(seconds)g seconds it was not proven that no program is better.")
            console.done(sentence % {"learner": learner, "seconds": seconds})

        if seconds is None:
            return lambda learners: world.plan_many(learners, [()] * len(learners), objective)
        return lambda learners: plan_best(world, learners, objective, seconds=seconds, unproven=unproven)

    def _stored(self, console: Console, options: dict[str, Any]) -> None:
        now = timezone.now()
        run = self._run(options, now)
        if settings.CELERY_TASK_ALWAYS_EAGER:
            console.done(_("There is no broker: the programs are built here, one after another."))
            self._here(console, run.pk)
        else:
            if run.sent_at == now:
                self._send(run)
            if options["no_wait"]:
                console.done(_("Run %(run)s is with the workers: the admin shows how far it is.") % {"run": run.pk})
                return
            self._wait(console, run.pk)
        if options["out"] is not None:
            with write_whole(options["out"]) as programs:
                programs.writelines(document + b"\n" for document in iter_current_documents())
        self._end(console, get_progress(run.pk))

    def _run(self, options: dict[str, Any], now: datetime) -> BuildRun:
        """Return the run to be done: a new one, or the one that goes on; sent ``now`` where nobody works on it."""
        if options["resume"]:
            run = find_unfinished_run()
            if run is None:
                raise CommandError(_("There is no run to go on with: each is finished."))
        else:
            world = get_world(timezone.localdate(now))
            run = start_run(world, objective=options["objective"], actor="manage.py", at=now)
        if options["resume"] or get_progress(run.pk).is_silent(now):
            resume_run(run.pk, at=now)
            run.refresh_from_db()
        return run

    def _here(self, console: Console, run_id: int) -> None:
        """Do the chunks in this process, on the code path of the jobs."""
        world = get_world(timezone.localdate())
        for chunk_id in iter_waiting_chunks(run_id):
            perform_chunk(chunk_id, world, at=timezone.now())
            self._tell(console, get_progress(run_id))

    def _send(self, run: BuildRun) -> None:
        try:
            send_chunks(run.pk)
        except OperationalError as error:
            raise CommandError(
                _("The job queue cannot be reached: %(reason)s. Start it, then: build_programs --resume")
                % {"reason": error}
            ) from error

    def _wait(self, console: Console, run_id: int) -> None:
        """Wait for the workers; whoever interrupts this does not interrupt them.

        Where nothing is heard of them, a job may have been lost: what is left is handed out again, which never hurts.
        """
        while not (progress := get_progress(run_id)).is_finished:
            self._tell(console, progress)
            now = timezone.now()
            if progress.is_silent(now):
                console.done(_("Nothing heard of the workers: is one running? What is left is handed out again."))
                resume_run(run_id, at=now)
                self._send(progress.run)
            time.sleep(POLL_SECONDS)

    def _tell(self, console: Console, progress: Progress) -> None:
        console.progress(_("Learners: %(done)s of %(total)s") % {"done": progress.done, "total": progress.total})

    def _end(self, console: Console, progress: Progress) -> None:
        for failed in list_failed(progress.run.pk):
            console.done(failure_line(failed))
        console.done(
            _("Programs changed: %(changed)s, the same: %(same)s, up to date before: %(fresh)s")
            % {"changed": progress.changed, "same": progress.same, "fresh": progress.fresh}
        )
        if progress.run.state != BuildRun.State.DONE:
            raise CommandError(state_sentence(progress))
        if progress.failed:
            raise CommandError(_("Learners whose program could not be built: %(count)s") % {"count": progress.failed})
