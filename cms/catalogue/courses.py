"""The listing of courses: what designers look for them by, and what they need to see of each."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet
from wagtail.admin.views.pages.listing import IndexView as PageIndexView

from cms.catalogue.bases import OUTDATED
from cms.catalogue.columns import AgeColumn, CourseTitleColumn, TextColumn
from cms.catalogue.facets import facets_of_courses
from cms.catalogue.listings import CODE
from cms.catalogue.models import CoursePage, Variant
from cms.catalogue.selectors import know_tasks
from cms.searching.editing import FacetData, Faceted, FacetFilter, Found
from cms.taxonomy.api import get_titles
from cms.vietnamese.collating import order_by_text

AGES = [
    ("fresh-7", _("within 7 days")),
    ("30", _("not for 30 days")),
    ("90", _("not for 90 days")),
    ("180", _("not for 180 days")),
    ("365", _("not for a year")),
]


class CourseFilterSet(PageFilterSet):
    """Courses by what they teach, whom they are for, who answers for them, and what became of them."""

    competence = FacetFilter(label=_("Competence"))
    level = FacetFilter(label=_("Level"))
    audience = FacetFilter(label=_("Audience"))
    region = FacetFilter(label=_("Region"))
    language = FacetFilter(label=_("Language"))
    status = FacetFilter(label=_("Status"))
    owner_code = FacetFilter(label=_("Owner"))
    changed = django_filters.ChoiceFilter(label=_("Last changed"), choices=AGES, method="of_age")
    behind = django_filters.BooleanFilter(label=_("Has variants behind their base"), method="with_variants_behind")
    mode = django_filters.ChoiceFilter(label=_("Mode"), choices=CoursePage.Mode.choices)
    owner = site = has_child_pages = None  # Wagtail's, which say nothing of courses

    class Meta:
        model = CoursePage
        fields: list[str] = []

    def of_age(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep the courses changed lately, or not for so many days."""
        fresh, days = value.startswith("fresh"), int(value.rpartition("-")[2])
        limit = timezone.now() - timedelta(days=days)
        if fresh:
            return rows.filter(latest_revision_created_at__gte=limit)
        return rows.filter(Q(latest_revision_created_at__lt=limit) | Q(latest_revision_created_at=None))

    def with_variants_behind(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Keep the courses with a variant written from an earlier version of its base, or those without one."""
        modules = list(Variant.objects.filter(OUTDATED).order_by().values_list("module__code", flat=True).distinct())
        behind = Q(modules__names_any=modules)
        return rows.filter(behind) if value else rows.exclude(behind)


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
        know_words(context["object_list"])
        return context


class ShelfView(ExplorableIndexView):
    """The courses of one shelf, with the same cheap columns."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        know_tasks(context["object_list"])
        return context

    @property
    def explorable_columns(self) -> list[Any]:
        """The columns of a shelf; its courses have no pages below them."""
        return SHELF_COLUMNS


def know_words(courses: Iterable[Any]) -> None:
    """Give courses what they teach and whom they are for in words, read once for all of them."""
    courses = list(courses)
    audiences = get_titles("audience", {code for course in courses for code in course.audiences})
    for course in courses:
        course.shown_audiences = ", ".join(audiences.get(code, code) for code in course.audiences)
        course.shown_teaches = ", ".join(f"{held['competence']} · {held['level']}" for held in course.teaches)


_BULK, _STATUS = PageIndexView.base_columns[0], PageIndexView.base_columns[-1]
_TITLE = CourseTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
_AGE = AgeColumn("latest_revision_created_at", label=_("Last changed"), sort_key="latest_revision_created_at")
COURSE_COLUMNS = [
    _BULK,
    _TITLE,
    CODE,
    TextColumn("shown_teaches", label=_("Competence · level")),
    TextColumn("shown_audiences", label=_("Audiences")),
    TextColumn("owner_code", label=_("Owner"), sort_key="owner_code"),
    TextColumn("minutes", label=_("Minutes"), sort_key="minutes"),
    TextColumn("modules", label=_("Modules"), accessor=lambda page: len(page.modules)),
    _AGE,
    _STATUS,
]
SHELF_COLUMNS = [_BULK, _TITLE, CODE, _AGE, _STATUS]
