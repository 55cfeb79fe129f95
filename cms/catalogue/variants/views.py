"""The screen of a module's variants: the matrix, who meets what and why, and for whom there is nothing."""

from typing import Any

from django.contrib.admin.utils import quote
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from cms.catalogue.models import Module, Variant
from cms.catalogue.scopes import get_scope, is_limited
from cms.catalogue.selectors import list_courses_with_module
from cms.catalogue.variants.coverage import DIMENSIONS, read_coverage
from cms.catalogue.variants.matrix import AXES, choose_axes, make_matrix
from cms.catalogue.variants.meeting import World, list_shown_variants, make_world
from cms.catalogue.variants.persona import PersonaForm
from cms.catalogue.variants.wording import ORDER, list_verdicts
from cms.taxonomy.api import get_titles, list_codes

AXIS_LABELS = {
    "region": gettext_lazy("Regions"),
    "audience": gettext_lazy("Audiences"),
    "industry": gettext_lazy("Industries"),
    "language": gettext_lazy("Languages"),
}


class VariantsView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, View):
    """Everything about the variants of one module, for whoever may read modules."""

    model = Module
    any_permission_required = ["add", "change", "delete", "view"]
    permission_policy: Any = None
    breadcrumbs_items: list[Any] = []
    template_name = "catalogue/variants/module.html"
    header_icon = "table"
    object: Module

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the screen."""
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_page_title(self) -> str:
        return _("Variants")

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        modules = reverse("wagtailsnippets_catalogue_module:list")
        return [
            *self.breadcrumbs_items,
            {"url": modules, "label": _("Modules")},
            {"url": reverse("wagtailsnippets_catalogue_module:inspect", args=[quote(self.object.pk)]),
             "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]  # fmt: skip

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not policy_registry.get_by_type(Variant).user_has_permission(self.request.user, "add"):
            return []
        add = f"{reverse('wagtailsnippets_catalogue_variant:add')}?module={self.object.pk}&copy=1"
        adapts = is_limited(self.request.user) and get_scope(self.request.user).regions
        words = _("Adapt for my region") if adapts else _("Write a variant from the base")
        return [HeaderButton(words, url=add, icon_name="copy")]

    @cached_property
    def variants(self) -> list[Variant]:
        """The variants that are shown: what learners could meet, or the newest drafts."""
        return list_shown_variants(self.object, drafts="drafts" in self.request.GET)

    @cached_property
    def languages(self) -> dict[str, str]:
        """The titles of languages by code."""
        return get_titles("language", list_codes("language"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = PersonaForm(self.request.GET or None)
        learner = form.learner if form.is_asked and form.is_valid() else None
        world = make_world(self.object, self.variants, [learner] if learner else [])
        axes = choose_axes(self.variants, self.request.GET.get("down", ""), self.request.GET.get("across", ""))
        verdicts = self._verdicts(world, learner) if learner else None
        return context | {
            "module": self.object,
            "matrix": make_matrix(self.variants, world, self.languages, axes),
            "axes": [(axis, AXIS_LABELS[axis]) for axis in AXES],
            "axis_labels": (AXIS_LABELS[axes[0]], AXIS_LABELS[axes[1]]),
            "drafts": "drafts" in self.request.GET,
            "count": len(self.variants),
            "order": ORDER,
            "form": form,
            "media": context.get("media", Media()) + form.media,
            "verdicts": verdicts,
            "opened": [one for one in verdicts or () if one.is_open],
            "closed": [one for one in verdicts or () if not one.is_open],
            "gaps": self._gaps(),
            "courses": list(list_courses_with_module(self.object.code)),
            "editable": self._editable(),
            "everyone": _("Everyone"),
            "kept": [(name, value) for name in form.fields for value in self.request.GET.getlist(name)],
        }

    def _editable(self) -> set[int]:
        """Return the primary keys of the variants whose editor is open to whoever looks."""
        policy = policy_registry.get_by_type(Variant)
        rows = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        return set(rows.filter(module=self.object).values_list("pk", flat=True))

    def _verdicts(self, world: World, learner: Any) -> list[Any]:
        by_code = {variant.code: variant for variant in self.variants}
        return list_verdicts(world.rank(learner), by_code, world, self.languages)

    def _gaps(self) -> list[tuple[str, Any, int]]:
        """Return for each dimension its name, what is lacking in it, and of how many."""
        coverage = read_coverage(timezone.localdate(), self.object)
        if not coverage.modules:
            return []
        found = coverage.modules[0]
        return [
            (str(AXIS_LABELS[name]), coverage.terms_in(found.gaps, name), coverage.count(found.wanted, name))
            for name in DIMENSIONS
        ]
