"""``manage.py create_token``: give an integrator's system access to the API."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from exports.delivery.api import Scope, TokenNameTaken, create_token


class Command(BaseCommand):
    help = "Make an access token and print its secret, which is shown this once only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="which system it is for, e.g. delivery-platform")
        parser.add_argument(
            "--scope",
            action="append",
            choices=[scope.value for scope in Scope],
            help="what it may do (may be repeated; default: all)",
        )
        parser.add_argument("--days", type=int, help="after how many days it expires (default: never)")

    def handle(self, *, name: str, scope: list[str] | None, days: int | None, **options: Any) -> None:
        now = timezone.now()
        expires = now + timedelta(days=days) if days else None
        try:
            secret = create_token(name, scope or list(Scope), actor="command line", at=now, expires_at=expires)
        except TokenNameTaken as error:
            raise CommandError(
                _("There is a token named “%(name)s” already. Choose another name.") % {"name": name}
            ) from error
        self.stdout.write(secret)
