"""Listings of the catalogue: columns, filters and searches."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.views.pages.listing import PageFilterSet

from cms.catalogue.bases import UNMERGED
from cms.catalogue.facets import facets_of_courses
from cms.catalogue.models import CoursePage, Module, TestItem, Variant
from cms.catalogue.selectors import count_courses_by_module, know_tasks, list_owners, with_states
from cms.catalogue.variants.addresses import variants_button
from cms.searching.editing import FacetData, Faceted, FacetFilter, Found, FoundIndexView, MarkedPageTitleColumn
from cms.taxonomy.api import get_titles, list_choices
from cms.vietnamese.collating import order_by_text

STATUS = LiveStatusTagColumn(label=_("Status"))
CODE = Column("code", label=_("Code"), sort_key="code")


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
        rows: QuerySet[Module] = super().get_base_queryset()
        return rows.annotate(variant_count=Count("variants", distinct=True))

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
    Column("minutes", label=_("Minutes"), sort_key="minutes"),
    Column("variant_count", label=_("Variants"), sort_key="variant_count"),
    Column("course_count", label=_("Courses")),
    UpdatedAtColumn(),
    STATUS,
]
VARIANT_COLUMNS = [
    "shown_title",
    CODE,
    Column("module", label=_("Module"), accessor="module.shown_title", sort_key="module__code"),
    Column("regions", label=_("Regions"), accessor="shown_regions"),
    Column("audiences", label=_("Audiences"), accessor="shown_audiences"),
    Column("languages", label=_("Languages"), accessor="shown_languages"),
    Column("base", label=_("Base"), accessor=lambda row: _("has changed") if row.is_outdated else ""),
    UpdatedAtColumn(),
    STATUS,
]
ITEM_COLUMNS = [
    "shown_title",
    CODE,
    Column("competence", label=_("Competence"), sort_key="competence"),
    Column("level", label=_("Level"), sort_key="level"),
    "kind",
    UpdatedAtColumn(),
    STATUS,
]
ASSET_COLUMNS = [
    "__str__",
    CODE,
    Column("media_type", label=_("Media type"), sort_key="media_type"),
    Column("bytes", label=_("Size"), accessor=lambda row: filesizeformat(row.bytes), sort_key="bytes"),
    Column("licence", label=_("Licence")),
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


class CourseFilterSet(PageFilterSet):
    """Courses by whom they are for and who answers for them."""

    competence = FacetFilter(label=_("Competence"))
    level = FacetFilter(label=_("Level"))
    audience = FacetFilter(label=_("Audience"))
    region = FacetFilter(label=_("Region"))
    language = FacetFilter(label=_("Language"))
    status = FacetFilter(label=_("Status"))
    owner_code = FacetFilter(label=_("Owner"))
    owner = site = has_child_pages = None  # Wagtail's, which say nothing of courses
    mode = django_filters.ChoiceFilter(label=_("Mode"), choices=CoursePage.Mode.choices)

    class Meta:
        model = CoursePage
        fields: list[str] = []


class CourseIndexView(Faceted, Found, PageIndexView):
    """All courses in one list, whatever their place in the tree, also for those who only read them."""

    any_permission_required = {*PageIndexView.any_permission_required, "view"}
    results_template_name = "searching/page_results.html"

    def facets_of(self, rows: QuerySet[CoursePage], keys: Sequence[int]) -> dict[str, FacetData]:
        """Return the facets of courses."""
        return facets_of_courses(rows, keys)

    def order_queryset(self, queryset: QuerySet[CoursePage]) -> QuerySet[CoursePage]:
        if self.ordering in {"title", "-title"} and not self.is_searching:  # searches order by plain fields alone
            return order_by_text(queryset, self.ordering)
        ordered: QuerySet[CoursePage] = super().order_queryset(queryset)
        return ordered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        know_tasks(context["object_list"])
        return context


class CourseTitleColumn(MarkedPageTitleColumn):
    """The title, which leads to the editor, or to the course itself for those who only read."""

    cell_template_name = "catalogue/listing/course_title.html"


COURSE_COLUMNS = [
    PageIndexView.base_columns[0],
    CourseTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    CODE,
    Column("owner_code", label=_("Owner"), sort_key="owner_code"),
    Column("minutes", label=_("Minutes"), sort_key="minutes"),
    Column("modules", label=_("Modules"), accessor=lambda page: len(page.modules)),
    *PageIndexView.base_columns[3:],
]
