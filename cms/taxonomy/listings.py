"""Listings of the taxonomies: trees with their paths, filters."""

from typing import Any

import django_filters
from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from cms.searching.editing import FoundIndexView
from cms.taxonomy.models import Term
from cms.taxonomy.selectors import list_term_paths


class TermIndexView(FoundIndexView):
    """A tree as a list, the top first: every row with its depth and the way to it."""

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().order_queryset(queryset)
        if self.is_explicitly_ordered or self.is_searching:
            return rows
        top = When(parent=None, then=0)
        below = When(parent__parent=None, then=1)
        tree: QuerySet[Any] = rows.annotate(tier=Case(top, below, default=2)).order_by("tier", "code")
        return tree

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        paths = list_term_paths(self.model)
        for term in context["object_list"]:
            path = paths.get(term.pk, [])
            term.depth = len(path) + 1
            term.path = " › ".join(path)
        return context


TERM_COLUMNS = [
    "shown_title",
    Column("code", label=_("Code"), sort_key="code"),
    Column("path", label=_("Part of"), accessor="path"),
    Column("depth", label=_("Depth"), accessor="depth", width="6%"),
    Column("valid_from", label=_("Valid from"), sort_key="valid_from"),
    Column("valid_until", label=_("Valid until"), sort_key="valid_until"),
]


class TermFilterSet(WagtailFilterSet):
    """Terms by parent, and those in force today."""

    in_force = django_filters.BooleanFilter(label=_("In force today"), method="filter_in_force")
    top = django_filters.BooleanFilter(label=_("Top of the tree"), field_name="parent", lookup_expr="isnull")

    def filter_in_force(self, rows: QuerySet[Any], _name: str, value: bool | None) -> QuerySet[Any]:
        """Keep what exists today, or what does not."""
        if value is None:
            return rows
        today = timezone.localdate()
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
        not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
        return rows.filter(started & not_over) if value else rows.exclude(started & not_over)


def term_filters(model: type[Term]) -> type[TermFilterSet]:
    """Return the filters of one tree."""

    manager: Any = model._default_manager

    def parents(_request: Any) -> Any:
        return manager.filter(children__isnull=False).distinct()

    return type(
        f"{model.__name__}FilterSet",
        (TermFilterSet,),
        {
            "parent": django_filters.ModelChoiceFilter(label=_("Part of"), queryset=parents),
            "Meta": type("Meta", (), {"model": model, "fields": []}),
        },
    )
