"""How the log is narrowed: by person, kind and code of the thing, action, day and reason."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from cms.catalogue.api import list_course_ids

KINDS = {
    "catalogue": ("coursepage", "module", "variant", "testitem", "asset", "authorscope"),
    "releases": ("release",),
    "auth": ("user", "group"),
}


def _label(choice: tuple[str, Any]) -> str:
    return str(choice[1])


def _kinds() -> list[tuple[str, str]]:
    named = Q(app_label="taxonomy")
    for app, models in KINDS.items():
        named |= Q(app_label=app, model__in=models)
    found = ((f"{one.app_label}.{one.model}", one.model_class()) for one in ContentType.objects.filter(named))
    return sorted(((value, str(model._meta.verbose_name)) for value, model in found if model), key=_label)


class LogFilterSet(WagtailFilterSet):
    """Entries of both of Wagtail's logs."""

    code = django_filters.CharFilter(label=_("Code or name"), method="filter_code")
    user = django_filters.ModelChoiceFilter(
        label=_("Person"), queryset=lambda _request: get_user_model()._default_manager.order_by("username")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), method="filter_kind", choices=_kinds)
    action = django_filters.ChoiceFilter(label=_("Action"), choices=lambda: sorted(registry.get_choices(), key=_label))
    timestamp = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    reason = django_filters.CharFilter(label=_("Reason"), method="filter_reason")

    class Meta:
        model = PageLogEntry
        fields: list[str] = []

    def filter_code(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep entries whose title has the words, or of the course with the code."""
        named = Q(label__icontains=value.strip())
        if rows.model is PageLogEntry:
            named |= Q(page_id__in=list_course_ids(value.strip()))
        return rows.filter(named)

    def filter_kind(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep entries about one kind of thing."""
        app, model = value.split(".")
        return rows.filter(content_type__app_label=app, content_type__model=model)

    def filter_reason(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep entries whose reason has the words."""
        return rows.filter(Q(data__reason__icontains=value) | Q(data__comment__icontains=value))
