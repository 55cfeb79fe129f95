"""Listings that say how a query was read, and mark in titles what was looked for."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.snippets.views.snippets import IndexView

from cms.searching.backend import Results
from cms.searching.index import titles_of
from curriculum_graph.matching import Plan, marked, suggest

SUGGESTING = 10


class Found:
    """Mixin of listings: gives their rows the plan by which they were found, and the template what to say of it."""

    search_query: str
    plan: Plan | None = None

    def search_queryset(self, queryset: QuerySet[Any]) -> Any:
        """Search, and remember how."""
        found = super().search_queryset(queryset)  # type: ignore[misc]  # of the view
        if isinstance(found, Results):
            self.plan = found.plan
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view
        if self.plan is not None:
            rows = list(context["object_list"])
            for row in rows:
                row.search_plan = self.plan
            context["reading"] = self.plan.reading
            if self.plan.reading == "corrected" and rows:
                best = titles_of(type(rows[0]), [row.pk for row in rows[:SUGGESTING]])
                context["suggestion"] = suggest(self.search_query, best, self.plan)
        return context


class _Marking:
    """Mixin of columns: marks in the title what was looked for."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        html: str = super().render_cell_html(instance, parent_context)  # type: ignore[misc]  # of the column
        plan: Plan | None = getattr(instance, "search_plan", None)
        return html if plan is None else _mark(html, self.title_of(instance), plan)

    def title_of(self, instance: Any) -> str:
        return str(self.get_value(instance))  # type: ignore[attr-defined]  # of the column


class MarkedTitleColumn(_Marking, TitleColumn):
    """The title of a snippet."""


class MarkedPageTitleColumn(_Marking, PageTitleColumn):
    """The title of a page."""

    def title_of(self, instance: Any) -> str:
        return str(instance.get_admin_display_title())


class FoundIndexView(Found, IndexView):
    """A listing of snippets that says how a query was read, and marks what it looked for."""

    def _get_title_column(self, field_name: str, column_class: Any = MarkedTitleColumn, **kwargs: Any) -> Any:
        return super()._get_title_column(field_name, column_class, **kwargs)


def mark_found(text: str, plan: Plan) -> SafeString:
    """Return a text as HTML, in it marked what a plan looks for."""
    pieces = ((format_html("<mark>{}</mark>", piece) if is_hit else piece,) for piece, is_hit in marked(text, plan))
    return format_html_join("", "{}", pieces)


def _mark(html: str, title: str, plan: Plan) -> str:
    """Mark a title where it first stands as an element's text: attributes and buttons repeat it."""
    pattern = rf"(>\s*){re.escape(conditional_escape(title))}(\s*<)"
    found = re.sub(pattern, lambda match: f"{match[1]}{mark_found(title, plan)}{match[2]}", html, count=1)
    return mark_safe(found)  # noqa: S308 - the title is escaped, the rest was rendered before
