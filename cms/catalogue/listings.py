"""Listings of the catalogue: columns, filters and searches."""

from typing import Any

import django_filters
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn

from cms.catalogue.bases import UNMERGED
from cms.catalogue.columns import TextColumn
from cms.catalogue.models import Module, TestItem, Variant
from cms.catalogue.selectors import count_courses_by_module, list_owners, with_states
from cms.catalogue.variants.addresses import variants_button
from cms.searching.editing import FoundIndexView
from cms.taxonomy.api import get_titles, list_choices

STATUS = LiveStatusTagColumn(label=_("Status"))
CODE = TextColumn("code", label=_("Code"), sort_key="code")


class NamesFilter(django_filters.ChoiceFilter):
    """Rows whose list of codes names the chosen one."""

    def __init__(self, kind: str, depth: int | None = None, **kwargs: Any) -> None:
        super().__init__(choices=lambda: list_choices(kind, depth), lookup_expr="names_any", **kwargs)


class ContentIndexView(FoundIndexView):
    """Content with its state: draft, in review, published."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return with_states(super().get_base_queryset())


class ModuleIndexView(ContentIndexView):
    """Modules, with how many variants each has and how many courses list it."""

    def get_base_queryset(self) -> QuerySet[Module]:
        rows: QuerySet[Module] = super().get_base_queryset().defer("body")
        counted = Variant.objects.filter(module=OuterRef("pk")).order_by().values("module").annotate(n=Count("pk"))
        return rows.annotate(variant_count=Coalesce(Subquery(counted.values("n")), 0))

    def get_list_more_buttons(self, instance: Module) -> list[Any]:
        return [variants_button(instance), *super().get_list_more_buttons(instance)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        counts = count_courses_by_module(module.code for module in context["object_list"])
        for module in context["object_list"]:
            module.course_count = counts[module.code]
        return context


class VariantIndexView(ContentIndexView):
    """Variants, with the titles of those for whom they are."""

    def get_base_queryset(self) -> QuerySet[Variant]:
        rows: QuerySet[Variant] = super().get_base_queryset()
        return rows.defer("body", "module__body")  # long, and never listed: sorting would carry them along

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        for kind, field in (("region", "regions"), ("audience", "audiences"), ("language", "languages")):
            titles = get_titles(kind, {code for row in rows for code in getattr(row, field)})
            for row in rows:
                setattr(row, f"shown_{field}", ", ".join(titles[code] for code in getattr(row, field)))
        return context


MODULE_COLUMNS = [
    "shown_title",
    CODE,
    TextColumn("minutes", label=_("Minutes"), sort_key="minutes"),
    TextColumn("variant_count", label=_("Variants"), sort_key="variant_count"),
    TextColumn("course_count", label=_("Courses")),
    UpdatedAtColumn(),
    STATUS,
]
VARIANT_COLUMNS = [
    "shown_title",
    CODE,
    TextColumn("module", label=_("Module"), accessor="module.shown_title", sort_key="module__code"),
    TextColumn("regions", label=_("Regions"), accessor="shown_regions"),
    TextColumn("audiences", label=_("Audiences"), accessor="shown_audiences"),
    TextColumn("languages", label=_("Languages"), accessor="shown_languages"),
    TextColumn("base", label=_("Base"), accessor=lambda row: _("has changed") if row.is_outdated else ""),
    UpdatedAtColumn(),
    STATUS,
]
ITEM_COLUMNS = [
    "shown_title",
    CODE,
    TextColumn("competence", label=_("Competence"), sort_key="competence"),
    TextColumn("level", label=_("Level"), sort_key="level"),
    "kind",
    UpdatedAtColumn(),
    STATUS,
]
ASSET_COLUMNS = [
    "__str__",
    CODE,
    TextColumn("media_type", label=_("Media type"), sort_key="media_type"),
    TextColumn("bytes", label=_("Size"), accessor=lambda row: filesizeformat(row.bytes), sort_key="bytes"),
    TextColumn("licence", label=_("Licence")),
]


class ModuleFilterSet(WagtailFilterSet):
    """Modules by state and owner."""

    live = django_filters.BooleanFilter(label=_("Published"))
    owner = django_filters.ChoiceFilter(label=_("Owner"), choices=lambda: list_owners(Module))

    class Meta:
        model = Module
        fields: list[str] = []


class VariantFilterSet(WagtailFilterSet):
    """Variants by whom they are for."""

    regions = NamesFilter("region", depth=2, label=_("Region"))
    audiences = NamesFilter("audience", label=_("Audience"))
    industries = NamesFilter("industry", label=_("Industry"))
    languages = NamesFilter("language", label=_("Language"))
    live = django_filters.BooleanFilter(label=_("Published"))
    to_merge = django_filters.BooleanFilter(label=_("Base has changed, not merged yet"), method="filter_to_merge")

    def filter_to_merge(self, rows: QuerySet[Any], _name: str, value: bool | None) -> QuerySet[Any]:
        """Keep the variants whose authors have yet to look at a changed base, or the others."""
        if value is None:
            return rows
        return rows.filter(UNMERGED) if value else rows.exclude(UNMERGED)

    class Meta:
        model = Variant
        fields: list[str] = []


class ItemFilterSet(WagtailFilterSet):
    """Test items by what they test."""

    competence = django_filters.ChoiceFilter(label=_("Competence"), choices=lambda: list_choices("competence"))
    level = django_filters.NumberFilter(label=_("Level"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=TestItem.Kind.choices)
    live = django_filters.BooleanFilter(label=_("Published"))

    class Meta:
        model = TestItem
        fields: list[str] = []
