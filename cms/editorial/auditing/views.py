"""The log as a screen: who changed what, when and why; and one entry with what it changed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.editorial.auditing.differences import differences
from cms.editorial.auditing.filters import LogFilterSet
from cms.editorial.auditing.reasons import reason_of
from cms.editorial.auditing.selectors import list_entries, may_read_log, read_entries

LOGS = {"page": PageLogEntry, "model": ModelLogEntry}


class _AuditorsMixin(AccessMixin):
    """Mixin of views: for those who may read the log."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_log(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views
        return answer


class LogView(_AuditorsMixin, LogEntriesView):
    """Every entry, newest first."""

    page_title = _("Audit log")
    results_template_name = "editorial/audit/results.html"
    index_url_name = "editorial_audit"
    index_results_url_name = "editorial_audit_results"
    filterset_class = LogFilterSet
    is_searchable = False
    list_export = [
        "timestamp", "user_display_name", "action", "label", "content_type", "object_id", "reason", "data",
    ]  # fmt: skip
    export_headings = {
        "timestamp": _("When"),
        "user_display_name": _("Who"),
        "action": _("Action"),
        "label": _("Title"),
        "content_type": _("Kind"),
        "object_id": _("ID"),
        "reason": _("Reason"),
        "data": _("Details"),
    }

    def get_filtered_queryset(self) -> Any:
        return list_entries([*LOGS.values()], self.filter_queryset)

    def decorate_paginated_queryset(self, queryset: Any) -> list[Any]:
        entries = read_entries([*LOGS.values()], queryset)
        for entry in entries:
            entry.reason = reason_of(entry.data)
            log = "page" if isinstance(entry, PageLogEntry) else "model"
            entry.detail_url = reverse("editorial_audit_entry", args=[log, entry.pk])
        return entries

    def get_filename(self) -> str:
        return f"audit-log-{timezone.localdate():%Y-%m-%d}"

    def get_action_label(self, action: str) -> str:
        formatter = registry.formatters.get(action)
        return str(formatter.label) if formatter else action


class EntryView(_AuditorsMixin, WagtailAdminTemplateMixin, TemplateView):
    """One entry: who, when, why, and the fields that it changed."""

    template_name = "editorial/audit/entry.html"
    page_title = _("Entry of the audit log")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        log = {"url": reverse("editorial_audit"), "label": LogView.page_title}
        return [*self.breadcrumbs_items, log, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.kwargs["log"] not in LOGS:
            raise Http404
        find: Callable[..., Any] = get_object_or_404
        entry = find(LOGS[self.kwargs["log"]].objects.select_related("user", "revision"), pk=self.kwargs["pk"])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        details = {name: value for name, value in entry.data.items() if name not in {"reason", "comment", "workflow"}}
        revision = entry.revision if entry.revision_id else None
        changed = differences(revision) if revision and entry.content_changed else []
        return context | {"entry": entry, "reason": reason_of(entry.data), "changed": changed, "details": details}
