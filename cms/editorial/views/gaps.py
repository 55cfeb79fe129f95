"""The report over all modules: for whom there are no variants."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.catalogue.api import DIMENSIONS, Coverage, ModuleGaps, read_all_coverage
from cms.editorial.views.releases import HOME
from cms.taxonomy.api import get_titles

READ = "catalogue.view_module"
PAGE_SIZE = 50
LABELS = {"region": _("Region"), "audience": _("Audience"), "language": _("Language")}


class GapsForm(forms.Form):
    """What the report is narrowed to, and by what its summary counts; all of it in the address."""

    by = forms.ChoiceField(label=_("Count by"), required=False, choices=list(LABELS.items()))
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, coverage: Coverage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DIMENSIONS:
            terms = sorted(coverage.space.dimensions[name].terms, key=lambda term: term.title)
            choices = [("", "---------"), *((term.code, term.title) for term in terms)]
            self.fields[name] = forms.ChoiceField(label=WITHOUT[name], required=False, choices=choices)
        owners = sorted({module.owner for module in coverage.modules if module.owner})
        self.fields["owner"].choices = [("", "---------"), *((owner, owner) for owner in owners)]  # type: ignore[attr-defined]  # of a ChoiceField


WITHOUT = {
    "region": _("Without a variant for the region"),
    "audience": _("Without a variant for the audience"),
    "language": _("Without a body in the language"),
}


class GapsView(WagtailAdminTemplateMixin, TemplateView):
    """Counts for each region, audience or language, and below them the modules that lack something."""

    template_name = "editorial/gaps.html"
    page_title = _("Gaps in variants")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(READ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def coverage(self) -> Coverage:
        """The gaps of all modules."""
        return read_all_coverage(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = GapsForm(self.request.GET, coverage=self.coverage)
        chosen: dict[str, str] = form.cleaned_data if form.is_valid() else {}
        by = chosen.get("by") or DIMENSIONS[0]
        found = [module for module in self.coverage.modules if self._lacks(module, chosen)]
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("p"))
        counts = sorted(self.coverage.count_by_term(by), key=lambda count: (-count.lacking, count.term.title))
        return context | {
            "form": form,
            "by": LABELS[by],
            "by_name": by,
            "counts": counts,
            "page": page,
            "total": len(found),
            "rows": self._rows(page.object_list),
        }

    def _lacks(self, module: ModuleGaps, chosen: dict[str, str]) -> bool:
        space = self.coverage.space
        asked = [(name, chosen[name]) for name in DIMENSIONS if chosen.get(name)]
        return all(module.gaps & space.bit(name, code) for name, code in asked) and (
            not chosen.get("owner") or module.owner == chosen["owner"]
        )

    def _rows(self, modules: Any) -> list[tuple[ModuleGaps, str, list[tuple[Any, int, int]]]]:
        titles = get_titles("module", [module.code for module in modules])
        count = self.coverage.count
        return [
            (
                module,
                titles[module.code],
                [(LABELS[name], count(module.gaps, name), count(module.wanted, name)) for name in DIMENSIONS],
            )
            for module in modules
        ]
