from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "recommender.programs"
    label = "programs"
    verbose_name = _("Individual learning programs")
    default_auto_field = "django.db.models.BigAutoField"
