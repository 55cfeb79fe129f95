from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NationalConfig(AppConfig):
    name = "cms.national"
    label = "national"
    verbose_name = _("National curriculum")
    default_auto_field = "django.db.models.BigAutoField"
