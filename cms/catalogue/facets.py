"""The facets of courses: what narrows a listing of them, counted over drafts."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, WorkflowState

from cms.catalogue.models import CoursePage
from cms.searching.editing import FacetData, read_tokens
from cms.taxonomy.api import get_titles, get_tree, localised

STATUSES = {
    "live": pgettext_lazy("course", "published"),
    "changed": pgettext_lazy("course", "published, with changes"),
    "draft": pgettext_lazy("course", "draft"),
    "review": pgettext_lazy("course", "in review"),
}
INDEXED = ("competence", "level", "audience", "region", "language", "owner_code")


def facets_of_courses(rows: QuerySet[CoursePage], keys: Sequence[int]) -> dict[str, FacetData]:
    """Return the facets of courses, in the order of their keys. The queries do not grow with the courses."""
    values = read_tokens("wagtailcore.page", keys, INDEXED)
    found = {name: _in_tree(name, values[name]) for name in ("competence", "audience", "region")}
    languages = {code for codes in values["language"] for code in codes}
    return {
        **found,
        "level": FacetData(values["level"]),
        "language": FacetData(values["language"], labels=get_titles("language", languages)),
        "owner_code": FacetData(values["owner_code"]),
        "status": FacetData(_statuses(rows, keys), labels={name: str(label) for name, label in STATUSES.items()}),
    }


def _in_tree(kind: str, values: Sequence[Sequence[str]]) -> FacetData:
    titles, parents = get_tree(kind, {code for codes in values for code in codes})
    return FacetData(values, parents, {code: localised(title) or code for code, title in titles.items()})


def _statuses(rows: QuerySet[CoursePage], keys: Sequence[int]) -> list[list[str]]:
    pages = ContentType.objects.get_for_model(Page)
    in_review = WorkflowState.objects.active().filter(base_content_type=pages)
    reviewed = {int(key) for key in in_review.values_list("object_id", flat=True)}
    states = {
        pk: _states(is_live, has_draft, pk in reviewed)
        for pk, is_live, has_draft in rows.values_list("pk", "live", "has_unpublished_changes")
    }
    return [states.get(key, []) for key in keys]


def _states(is_live: bool, has_draft: bool, is_reviewed: bool) -> list[str]:
    first = ("changed" if has_draft else "live") if is_live else "draft"
    return [first, "review"] if is_reviewed else [first]
