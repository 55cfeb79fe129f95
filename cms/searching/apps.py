from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchingConfig(AppConfig):
    name = "cms.searching"
    label = "searching"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_fill_new_index, sender=self, dispatch_uid="searching-fill")


def _fill_new_index(using: str, **_more: Any) -> None:
    """Index what is there already when an installation gets this index; afterwards every write keeps it up to date."""
    from django.core.management import call_command
    from wagtail.models import Page

    from cms.searching.models import SearchEntry

    there = Page.objects.using(using).filter(depth__gt=1).exists()
    if using == "default" and there and not SearchEntry.objects.using(using).exists():
        call_command("update_index", verbosity=0)
