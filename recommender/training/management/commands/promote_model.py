"""``manage.py promote_model``: choose which model version is served, or list them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from recommender.engine.storing import ModelUnreadable
from recommender.training.actions import promote, retire, roll_back
from recommender.training.selectors import list_versions
from recommender.training.values import NoSuchVersion, VersionInfo
from recommender.training.wording import sentence


class Command(BaseCommand):
    help = "Choose which model version is served."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("version", nargs="?", help="the id of a version, or its beginning")
        what.add_argument("--previous", action="store_true", help="serve what was served before")
        what.add_argument("--none", action="store_true", help="serve no model: programs go by goals and minutes alone")
        what.add_argument("--list", action="store_true", help="list the versions, newest first")
        parser.add_argument("--note", default="", help="why; kept in the log")

    def handle(self, *, version: str | None, note: str, **options: Any) -> None:
        if options["list"]:
            for known in list_versions():
                self.stdout.write(_line(known))
            return
        try:
            self.stdout.write(_choose(version, note, options))
        except (NoSuchVersion, ModelUnreadable) as error:
            raise CommandError(sentence(error)) from error


def _choose(version: str | None, note: str, options: dict[str, Any]) -> str:
    at, actor = timezone.now(), "command line"
    served: VersionInfo | None = None
    if options["none"]:
        retire(actor=actor, at=at, note=note)
    elif options["previous"]:
        served = roll_back(actor=actor, at=at, note=note)
    else:
        served = promote(version or "", actor=actor, at=at, note=note)
    return _("Model %(model)s is served now.") % {"model": served.short} if served else _("No model is served now.")


def _line(version: VersionInfo) -> str:
    mark = "*" if version.is_current else " "
    own = version.metrics.get(version.served, {}).get("ndcg@10")
    metric = f"NDCG@10 {own['mean']:.4f}" if own else "NDCG@10 -"
    return f"{mark} {version.short}  {version.trained_at:%Y-%m-%d %H:%M}  {version.served:<10}  {metric}"
