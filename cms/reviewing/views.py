"""The screen of everything that is being reviewed."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import TaskState

from cms.catalogue.api import is_limited, may_read_courses
from cms.reviewing.models import ReviewTask
from cms.reviewing.selectors import list_waiting, list_waiting_for, overdue
from cms.reviewing.telling import edit_url


class ReviewFilterSet(WagtailFilterSet):
    """Decisions by who may make them, whether they are late, the step, and the kind of content."""

    mine = django_filters.ChoiceFilter(
        label=_("Who decides"), method="filter_mine", choices=[("1", _("I may"))], empty_label=_("Anybody"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    late = django_filters.ChoiceFilter(
        label=_("Deadline"), method="filter_late", choices=[("1", _("Overdue"))], empty_label=_("Any"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    task = django_filters.ModelChoiceFilter(label=_("Step"), queryset=lambda _request: ReviewTask.objects.all())
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="workflow_state__content_type__model", choices=lambda: list(_kinds())
    )

    class Meta:
        model = TaskState
        fields: list[str] = []

    def filter_mine(self, rows: QuerySet[TaskState], _name: str, value: str) -> QuerySet[TaskState]:
        """Keep what the user may decide."""
        return rows.filter(pk__in=list_waiting_for(self.request.user).values("pk")) if value else rows

    def filter_late(self, rows: QuerySet[TaskState], _name: str, value: str) -> QuerySet[TaskState]:
        """Keep what is overdue."""
        return rows.filter(overdue(timezone.now())) if value else rows


class ReviewsView(ReportView):
    """Everything that is being reviewed, the longest waiting first, with its step and when a decision is due."""

    page_title = _("Reviews")
    header_icon = "tasks"
    index_url_name = "reviewing_reviews"
    index_results_url_name = "reviewing_reviews_results"
    filterset_class = ReviewFilterSet
    is_searchable = False
    columns = [
        TitleColumn("shown", label=_("Title"), get_url=lambda row: row.edit_url),
        Column("kind", label=_("Kind")),
        Column("step", label=_("Step"), accessor="task.name"),
        Column("who", label=_("Submitted by")),
        DateColumn("started_at", label=_("Waiting since")),
        Column("due", label=_("Decision due")),
    ]
    list_export = ["shown", "kind", "step", "who", "started_at", "due"]
    export_headings = {
        "shown": _("Title"),
        "kind": _("Kind"),
        "step": _("Step"),
        "who": _("Submitted by"),
        "started_at": _("Waiting since"),
        "due": _("Decision due"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_courses(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> QuerySet[TaskState]:
        rows: QuerySet[TaskState] = list_waiting().prefetch_related(
            "workflow_state__content_object", "workflow_state__content_object__latest_revision"
        )
        own = is_limited(self.request.user)
        return rows.filter(workflow_state__requested_by=self.request.user) if own else rows

    def get_table(self, object_list: Iterable[TaskState], **kwargs: Any) -> Any:
        return super().get_table(self.decorate_paginated_queryset(object_list), **kwargs)

    def decorate_paginated_queryset(self, rows: Iterable[TaskState]) -> list[TaskState]:
        tasks = {task.pk: task for task in ReviewTask.objects.all()}
        shown = [row for row in rows if row.workflow_state.content_object is not None]
        for row in shown:
            _describe(row, tasks[row.task_id])
        return shown

    def get_filename(self) -> str:
        return f"reviews-{timezone.localdate():%Y-%m-%d}"


def _describe(row: Any, task: ReviewTask) -> None:
    thing, who = row.workflow_state.content_object, row.workflow_state.requested_by
    due = task.due(row)
    row.shown = thing.latest_revision.object_str if thing.latest_revision else str(thing)
    row.kind = row.workflow_state.content_type.model_class()._meta.verbose_name
    row.edit_url = edit_url(thing)
    row.step = task.name
    row.who = (who.get_full_name() or who.get_username()) if who else "–"
    day = date_format(timezone.localtime(due), "SHORT_DATE_FORMAT") if due else "–"
    row.due = _("overdue since %(day)s") % {"day": day} if due and due < timezone.now() else day


def _kinds() -> Iterable[tuple[str, str]]:
    named = Q(app_label="catalogue", model__in=["coursepage", "module", "variant", "testitem"])
    for content_type in ContentType.objects.filter(named):
        if model := content_type.model_class():
            yield content_type.model, str(model._meta.verbose_name)
