"""Where the screen of a module's variants is."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from cms.catalogue.models import Module


def variants_button(module: Module) -> Button:
    """Return the button that leads to the variants of a module."""
    return Button(_("Variants"), url=variants_url(module), icon_name="table", priority=5)


def variants_url(module: Module) -> str:
    """Return the address of the screen of a module's variants."""
    return reverse("wagtailsnippets_catalogue_module:variants", args=[quote(module.pk)])
