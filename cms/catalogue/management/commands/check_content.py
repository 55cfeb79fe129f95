"""``manage.py check_content``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogue.advice.noting import ask_addresses, note_all


class Command(BaseCommand):
    help = "Run the checks of what authors write over everything, for the report in the admin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--changed", action="store_true", help="only what changed since it was last checked")
        parser.add_argument("--links", action="store_true", help="also ask whether addresses outside still answer")

    def handle(self, *, changed: bool, links: bool, **options: Any) -> None:
        if links:
            count = ask_addresses(at=timezone.now(), limit=100_000)
            self.stdout.write(_("Asked %(count)d addresses") % {"count": count})
        count = note_all(at=timezone.now(), changed=changed, progress=self._say)
        self.stdout.write(_("Checked %(count)d drafts") % {"count": count})

    def _say(self, kind: str, done: int) -> None:
        self.stderr.write(f"{kind}: {done}", self.style.NOTICE)
