"""``manage.py rank_courses``: the courses that fit each learner of a file best, from the model that is served."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum_graph.errors import Problem
from curriculum_graph.releases import api as releases
from recommender.engine.interchange import read_learners
from recommender.engine.learner import Learner
from recommender.engine.lines import open_lines, place, write_whole
from recommender.engine.scoring import ModelScorer
from recommender.engine.storing import ModelUnreadable
from recommender.engine.vocabulary import Vocabulary, learner_problems, vocabulary
from recommender.training.ranking import rank_courses
from recommender.training.serving import get_scorer
from recommender.training.wording import sentence


class Command(BaseCommand):
    help = "Write the courses that fit each learner of a file best, among those not taken, best first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", required=True, help="a learners file; - is standard input")
        parser.add_argument("--out", required=True, help="where to write JSON Lines; - is standard output")
        parser.add_argument("--top", type=int, default=10, help="how many courses a learner (default: 10)")
        parser.add_argument("--release", help="id, beginning of an id, or current (default: current)")

    def handle(self, *, learners: str, out: str, top: int, release: str | None, **options: Any) -> None:
        if top < 1:
            raise CommandError(_("--top must be 1 or more."))
        release_id = _release_id(release)
        scorer = _scorer(release_id)
        try:
            wanted = self._read(learners, _vocabulary(release_id))
            count = _write(out, rank_courses(wanted, scorer, top, timezone.localdate()))
        except OSError as error:
            text = _("%(file)s cannot be read or written: %(reason)s.")
            raise CommandError(text % {"file": error.filename or out, "reason": error.strerror}) from error
        self.stderr.write(_("Ranked courses for %(count)d learners.") % {"count": count})

    def _read(self, name: str, known: Vocabulary) -> list[Learner]:
        """Return the learners of a file, or refuse it whole, listing every problem."""
        found: list[Learner] = []
        problems: list[Problem] = []
        with open_lines(name) as file:
            for line in read_learners(file):
                problems += line.problems
                if line.value is not None:
                    problems += learner_problems(line.value, known, place(line.number))
                    found.append(line.value)
        if problems:
            for problem in problems:
                self.stderr.write(f"{problem.place}: {problem.code}: {releases.describe(problem)}")
            raise CommandError(_("The file is refused: %(count)d problems.") % {"count": len(problems)})
        return found


def _release_id(name: str | None) -> str:
    try:
        return releases.get_release(name or "current").id
    except (releases.NotFound, releases.Ambiguous) as error:
        if name is None:
            raise CommandError(_("There is no release yet. Publish one first (publish_release).")) from error
        raise CommandError(releases.describe(error)) from error


def _scorer(release_id: str) -> ModelScorer:
    try:
        scorer = get_scorer(release_id)
    except ModelUnreadable as error:
        raise CommandError(sentence(error)) from error
    if scorer is None:
        raise CommandError(
            _("No model is served yet. Import what learners did (import_events), then train one (train).")
        )
    return scorer


def _vocabulary(release_id: str) -> Vocabulary:
    declared = [language.code for language in releases.get_frame(release_id).languages]
    return vocabulary(releases.get_graph(release_id), declared)


def _write(out: str, ranked: Iterator[tuple[str, list[tuple[str, float]]]]) -> int:
    encode = msgspec.json.Encoder().encode
    count = 0
    with write_whole(out) as file:
        for learner, courses in ranked:
            listed = [{"code": code, "relevance": round(relevance, 6)} for code, relevance in courses]
            file.write(encode({"learner": learner, "courses": listed}) + b"\n")
            count += 1
    return count
