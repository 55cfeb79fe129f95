"""What the editor's side panel asks of the checks."""

from typing import Any

from django import template
from django.urls import reverse

from cms.catalogue.advice.unsaved import MODELS

register = template.Library()


@register.filter
def checks_url(thing: Any) -> str:
    """Return where the editor asks for the checks of a thing; nothing where there are none."""
    name = thing._meta.model_name
    if name not in MODELS or type(thing) is not MODELS[name]:
        return ""
    if thing.pk is None:
        return reverse("catalogue_checks_of_new", args=[name])
    return reverse("catalogue_checks", args=[name, thing.pk])
