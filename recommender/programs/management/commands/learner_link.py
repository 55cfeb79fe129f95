"""``manage.py learner_link ID``."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from recommender.learners.api import get_learner, refusals
from recommender.programs.links import issue_token


class Command(BaseCommand):
    help = "Print a link that opens one learner's own pages until it expires."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("learner", metavar="ID", help="the learner's pseudonym")

    def handle(self, *args: Any, learner: str, **options: Any) -> None:
        with refusals():
            found = get_learner(learner)
        address = reverse("programs:path", args=[issue_token(found.id)])
        self.stdout.write(f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}")
