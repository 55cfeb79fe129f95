"""The report over everything: what checks found, narrowed by filters in the address."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.catalogue.api import (
    KINDS_CHECKED,
    check_content,
    count_by_check,
    last_checked,
    list_noted,
    list_noted_owners,
    may_read_findings,
    show_noted,
)
from cms.editorial.permissions import may_publish
from cms.editorial.views.releases import HOME

PAGE_SIZE = 50
NONE = ("", "---------")
SEVERITIES = [("", _("Errors and advice")), ("1", _("Errors")), ("0", _("Advice"))]


class FindingsForm(forms.Form):
    """What the report is narrowed to; all of it in the address."""

    q = forms.CharField(label=_("Code"), required=False, max_length=100)
    code = forms.ChoiceField(label=_("Check"), required=False)
    severity = forms.ChoiceField(label=_("Severity"), required=False, choices=SEVERITIES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[NONE, *KINDS_CHECKED])
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, counts: list[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks: Any = self.fields["code"]
        owners: Any = self.fields["owner"]
        checks.choices = [NONE, *((code, f"{name} ({count})") for code, name, count in counts)]
        owners.choices = [NONE, *((owner, owner) for owner in list_noted_owners())]

    def wanted(self) -> dict[str, Any]:
        """Return the filters that were chosen."""
        chosen: dict[str, Any] = dict(self.cleaned_data) if self.is_valid() else {}
        severity = chosen.pop("severity", "")
        return chosen | ({"is_error": severity == "1"} if severity else {})


class FindingsView(WagtailAdminTemplateMixin, TemplateView):
    """What checks found in the newest drafts, errors first, each with the way to its place."""

    template_name = "editorial/findings.html"
    page_title = _("Checks of the content")
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read_findings(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = FindingsForm(self.request.GET, counts=count_by_check(list_noted(self.request.user)))
        page = Paginator(list_noted(self.request.user, **form.wanted()), PAGE_SIZE).get_page(self.request.GET.get("p"))
        return context | {
            "form": form,
            "page": page,
            "total": page.paginator.count,
            "rows": [show_noted(row) for row in page.object_list],
            "last": last_checked(),
            "may_start": may_publish(self.request.user),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check what changed, as a job."""
        if not may_publish(request.user):
            raise PermissionDenied
        check_content.delay(changed=True)
        messages.success(request, gettext("What changed is being checked. Look again in a moment."))
        return redirect(request.get_full_path())
