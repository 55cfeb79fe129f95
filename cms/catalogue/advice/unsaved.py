"""A draft as it stands in the editor, before anybody saved it."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.permissions import policy_registry

from cms.catalogue.models import CoursePage, Module, TestItem, Variant

MODELS: dict[str, type[Model]] = {
    model._meta.model_name or "": model for model in (CoursePage, Module, Variant, TestItem)
}


def may_write(user: Any, thing: Any) -> bool:
    """Return whether a user may write this thing, or a new one of its kind."""
    if thing.pk is None:
        return bool(policy_registry.get_by_type(type(thing)).user_has_permission(user, "add"))
    if isinstance(thing, CoursePage):
        return bool(thing.permissions_for_user(user).can_edit())
    return bool(policy_registry.get(thing).user_has_permission_for_instance(user, "change", thing))


def read_unsaved(request: HttpRequest, thing: Any) -> Any:
    """Return the thing as the editor's form says it. What cannot be read yet stays as it is; nothing is saved."""
    form = _form_class(type(thing))(request.POST, request.FILES, instance=thing, for_user=request.user)
    form.defer_required_fields()
    form.is_valid()
    if "body" in form.errors:  # of a body every part counts that can be read
        thing.body = thing.body.stream_block.value_from_datadict(request.POST, request.FILES, "body")
    return thing


def _form_class(model: Any) -> Any:
    if model is CoursePage:
        return CoursePage.get_edit_handler().get_form_class()
    return model.snippet_viewset.get_edit_handler().get_form_class()
