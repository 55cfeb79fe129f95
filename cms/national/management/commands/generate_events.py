"""``manage.py generate_events --catalogue FILE --learners FILE --seed 1 --out FILE``."""

from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from cms.national.authoring.behaviour import generate_events
from cms.national.reporting import Reporter, refusing
from curriculum_graph.api import Problem, Refused, read_catalogue
from recommender.engine.interchange import read_learners
from recommender.engine.learner import Learner
from recommender.engine.lines import open_lines, write_whole


class Command(BaseCommand):
    help = "Write what learners do on the platform, by a stated model of behaviour, one event a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--catalogue", type=Path, required=True, help="a catalogue document (.json, .json.gz)")
        parser.add_argument("--learners", required=True, help="the learners (.jsonl, .jsonl.gz, -)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", required=True, help="a file (.jsonl, .jsonl.gz), or - for the standard output")

    def handle(self, *args: Any, catalogue: Path, learners: str, seed: int, out: str, **options: Any) -> None:
        report = Reporter(self.stderr, _("Writing events of learners"))
        count = 0
        with refusing(self.stderr):
            snapshot, people = read_catalogue(catalogue), _read(learners)
            with write_whole(out) as file:
                for event in generate_events(snapshot, people, seed, report.count):
                    file.write(msgspec.json.encode(event) + b"\n")
                    count += 1
        report.done(_("%(count)d events: %(out)s") % {"count": count, "out": out})


def _read(name: str) -> tuple[Learner, ...]:
    people: list[Learner] = []
    problems: list[Problem] = []
    with open_lines(name) as file:
        for line in read_learners(file):
            problems += line.problems
            if line.value is not None:
                people.append(line.value)
    if problems:
        raise Refused(problems)
    return tuple(people)
