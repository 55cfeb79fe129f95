from typing import Any

from django.apps import AppConfig
from django.apps import apps as global_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    name = "cms.reviewing"
    label = "reviewing"
    verbose_name = _("Reviewing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.reviewing import telling

        telling.connect()
        post_migrate.connect(_make_workflow, sender=self, dispatch_uid="reviewing-workflow")


def _make_workflow(using: str = "default", **kwargs: Any) -> None:
    from cms.reviewing.workflow import make_workflow

    if not global_apps.get_model("auth", "Group").objects.using(using).exists():  # the catalogue makes them first
        return
    make_workflow(using)
