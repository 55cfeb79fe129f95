"""``manage.py demo``: the main job from end to end, on whatever database the environment names."""

import gzip
import io
import json
import secrets
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from curriculum_graph.releases.api import find_current_release
from recommender.learners.api import count_learners
from recommender.training.api import find_current_id


class Command(BaseCommand):
    help = (
        "Migrate, generate and import the national curriculum, publish, train, build programs and export. "
        "What is there already is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--courses", type=int, default=3072)
        parser.add_argument("--learners", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "var" / "demo")

    def handle(self, *, courses: int, learners: int, seed: int, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        mark = f"{courses}-{learners}-{seed}"
        catalogue = folder / f"curriculum-{courses}-{seed}.json.gz"
        people, events = folder / f"learners-{mark}.jsonl.gz", folder / f"events-{mark}.jsonl.gz"
        exports = folder / "exports"
        self.started = time.monotonic()

        self._step(_("Preparing the database"), "migrate", "--verbosity", "0")
        if not catalogue.exists():
            self._step(_("Writing the national curriculum"), "generate_curriculum", "--courses", courses,
                       "--seed", seed, "--out", catalogue)  # fmt: skip
        self._step(_("Importing it into the CMS"), "import_catalogue", catalogue)
        note = _("The generated national curriculum")
        self._step(_("Publishing it as a release"), "publish_release", "--note", note)
        if not people.exists():
            self._step(_("Inventing learners"), "generate_learners", "--catalogue", catalogue, "--count", learners,
                       "--seed", seed, "--out", people)  # fmt: skip
        if not events.exists():
            self._step(_("Inventing what they did"), "generate_events", "--catalogue", catalogue,
                       "--learners", people, "--seed", seed, "--out", events)  # fmt: skip
        self._step(_("Importing learners"), "import_learners", people)
        self._step(_("Importing events"), "import_events", events)
        self._step(_("Training the recommender"), "train", "--seed", seed)
        programs = folder / f"programs-{mark}-{_state()}.jsonl"
        if not programs.exists():
            self._step(_("Building a program for each learner of the file"), "build_programs", "--learners", people,
                       "--out", programs)  # fmt: skip
        self._step(_("Building programs for the learners stored"), "build_programs")
        for name in ("catalogue", "schema-org"):
            self._step(_("Exporting: %(format)s") % {"format": name}, "export", "--format", name, "--out", exports)
        self._summary(folder, catalogue, programs, exports, people)

    def _step(self, title: str, command: str, *arguments: object) -> None:
        """Run a command; its own progress lines go on to the terminal, its last lines of output say the result."""
        self.stderr.write(self.style.MIGRATE_HEADING(f"[{time.monotonic() - self.started:5.0f} s] {title} …"))
        output = io.StringIO()
        call_command(command, *map(str, arguments), stdout=output, stderr=self.stderr)
        for line in output.getvalue().splitlines()[-24:]:
            self.stderr.write(f"          {line}")

    def _summary(self, folder: Path, catalogue: Path, programs: Path, exports: Path, people: Path) -> None:
        release = find_current_release()
        if release is None:
            raise RuntimeError("publish_release left no release")
        link = io.StringIO()
        call_command("learner_link", _first_learner(people), stdout=link)
        base = settings.WAGTAILADMIN_BASE_URL
        lines = [
            "",
            _("Done in %(seconds).0f s.") % {"seconds": time.monotonic() - self.started},
            _("  release     %(id)s, %(count)d courses") % {"id": release.id[:12], "count": release.course_count},
            _("  learners    %(count)d") % {"count": count_learners()},
            _("  curriculum  %(path)s") % {"path": catalogue},
            _("  programs    %(path)s") % {"path": programs},
            _("  packages    %(path)s") % {"path": exports},
            _("  database    %(name)s") % {"name": settings.DATABASES["default"]["NAME"]},
            "",
            _("Start the service with “make serve”, then open"),
            _("  %(base)s/admin/   the designers' side; user “%(user)s”, password in %(file)s")
            % {"base": base, "user": ADMIN, "file": _accounts(folder)},
            _("  %(link)s   one learner's path") % {"link": link.getvalue().strip()},
            _("  %(base)s/api/v1/docs   the HTTP API; “manage.py create_token NAME” gives you access") % {"base": base},
        ]
        self.stdout.write("\n".join(lines))


ADMIN = "admin"


def _state() -> str:
    """Return what programs are built from besides learners: the release and the model."""
    release, model = find_current_release(), find_current_id()
    return f"{release.id[:8] if release else 'none'}-{model[:8] if model else 'none'}"


def _first_learner(people: Path) -> str:
    """Return the pseudonym of the first learner of a file."""
    with gzip.open(people, "rt", encoding="utf-8") as lines:
        return str(json.loads(next(lines))["learner"])


def _accounts(folder: Path) -> Path:
    """Make the demo's administrator once, with a password of its own that only this machine's user can read."""
    file = folder / "admin-password.txt"
    users = get_user_model()
    if not users.objects.filter(username=ADMIN).exists():
        password = secrets.token_urlsafe(12)
        # With all that the page of accounts asks for: there one chooses the language.
        names = {"first_name": "Demo", "last_name": "Admin", "email": "admin@example.org"}
        users.objects.create_superuser(ADMIN, password=password, **names)
        file.touch(mode=0o600)
        file.write_text(password + "\n")
    return file
