"""``manage.py train``: train the recommender on what is stored, evaluate it, and serve it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum_graph.releases.api import Ambiguous, NotFound, describe, find_current_release, get_release
from recommender.engine.learning import Parameters
from recommender.training.actions import Stage, train_model
from recommender.training.tasks import train
from recommender.training.values import NothingToLearn, Trained
from recommender.training.wording import STAGES, sentence, table


class Command(BaseCommand):
    help = "Train the recommender on the stored events, evaluate it against popularity, and serve what is better."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same model (default: 0)")
        parser.add_argument("--release", help="id, beginning of an id, or current (default: current)")
        parser.add_argument("--epochs", type=int, help="how long the LightFM model is trained (default: 15)")
        parser.add_argument("--force", action="store_true", help="train even where nothing changed")
        parser.add_argument("--background", action="store_true", help="hand the job to a worker and return")

    def handle(self, *, seed: int, release: str | None, epochs: int | None, **options: Any) -> None:
        if epochs is not None and epochs < 1:
            raise CommandError(_("--epochs must be 1 or more."))
        release_id = _release_id(release)
        if options["background"]:
            train.delay(release_id, seed=seed, epochs=epochs, actor="command line")
            self.stdout.write(_("Training has been handed to the workers."))
            return
        given = {} if epochs is None else {"epochs": epochs}
        try:
            trained = train_model(
                release_id,
                Parameters(seed=seed, **given),
                actor="command line",
                at=timezone.now(),
                force=options["force"],
                progress=self._say,
            )
        except NothingToLearn as error:
            raise CommandError(sentence(error)) from error
        self._report(trained)

    def _say(self, stage: Stage) -> None:
        self.stderr.write(str(STAGES[stage]))

    def _report(self, trained: Trained) -> None:
        version = trained.version
        if not trained.changed:
            text = _("Unchanged: model %(model)s was trained from the same events, release and parameters.")
            self.stdout.write(text % {"model": version.short})
            return
        for line in table(version):
            self.stdout.write(line)
        text = _("Model %(model)s is served now.") if version.is_current else _("Model %(model)s is kept, not served.")
        self.stdout.write(text % {"model": version.short})


def _release_id(name: str | None) -> str:
    if name is None:
        current = find_current_release()
        if current is None:
            raise CommandError(_("There is no release yet. Publish one first (publish_release)."))
        return current.id
    try:
        return get_release(name).id
    except (NotFound, Ambiguous) as error:
        raise CommandError(describe(error)) from error
