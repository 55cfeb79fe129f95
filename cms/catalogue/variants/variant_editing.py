"""The editor of a variant: begun from its base, told when that has changed."""

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView

from cms.catalogue.models import Module, Variant
from cms.catalogue.variants.adapting import begin_variant


class VariantCreateView(CreateView):
    """A new variant; ``?module=`` says of which module, ``&copy=1`` that it begins as a copy of the base."""

    def get_initial_form_instance(self) -> Variant | None:
        pk = self.request.GET.get("module", "")
        module = Module.objects.filter(pk=int(pk)).first() if pk.isdigit() else None
        if module is None:
            return None
        return begin_variant(module, self.request.user, copies="copy" in self.request.GET)


class VariantEditView(EditView):
    """The editor, with the way to the merge where the base has changed."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.object.is_outdated:
            words = _("The base has changed since this variant was written.")
            messages.warning(request, words, buttons=[messages.button(self.rebase_url, _("See what changed"))])
        return super().get(request, *args, **kwargs)

    @cached_property
    def rebase_url(self) -> str:
        """Where the variant is put on the newest base."""
        return reverse("wagtailsnippets_catalogue_variant:rebase", args=[quote(self.object.pk)])

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        module = self.object.module_id
        matrix = reverse("wagtailsnippets_catalogue_module:variants", args=[quote(module)])
        return [
            *super().header_more_buttons,
            Button(_("All variants of the module"), url=matrix, icon_name="table", priority=40),
            Button(_("Compare with the base"), url=self.rebase_url, icon_name="resubmit", priority=50),
        ]
