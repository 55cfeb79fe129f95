from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "recommender.training"
    label = "training"
    verbose_name = _("Recommender training")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("recommender.training.receivers")
