"""What this app adds to Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.catalogue import views
from cms.catalogue.advice.axe import ContrastItem
from cms.catalogue.advice.findings import list_errors
from cms.catalogue.advice.noting import note
from cms.catalogue.advice.views import checks
from cms.catalogue.interchange.importing import IMPORTED, PRUNED
from cms.catalogue.models import CoursePage, Module, TestItem, Variant
from cms.catalogue.policies import CoursePolicy, QuickPagePolicy, VariantPolicy
from cms.catalogue.reading import MEET, CourseReadView
from cms.catalogue.selectors import list_courses_below, list_drafts_below
from cms.catalogue.summary import CatalogueSummaryItem
from cms.catalogue.variants.module_editing import name_what_publishing_changes
from cms.catalogue.variants.rebasing import MERGED
from cms.catalogue.viewsets import CatalogueGroup, ShelfViewSet
from cms.taxonomy.api import list_uses

register_permission_policy(Variant, VariantPolicy(Variant))
register_permission_policy(Page, QuickPagePolicy(Page))
register_permission_policy(CoursePage, CoursePolicy(CoursePage))
register_snippet(CatalogueGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Add the files of the catalogue, and courses for those who read them."""
    return [
        path("catalogue/files/<int:pk>/", views.asset, name="catalogue_asset"),
        path("catalogue/checks/<slug:model>/", checks, name="catalogue_checks_of_new"),
        path("catalogue/checks/<slug:model>/<int:pk>/", checks, name="catalogue_checks"),
        path("catalogue/markdown/", views.markdown, name="catalogue_markdown"),
        path("catalogue/courses/<int:pk>/", CourseReadView.as_view(), name="catalogue_course"),
    ]


@hooks.register("register_admin_viewset")
def shelves() -> PageViewSet:
    """List the courses of a shelf with columns of our own."""
    return ShelfViewSet()


@hooks.register("insert_global_admin_css")
def listings_on_phones() -> str:
    """Keep the columns of a listing readable on a narrow screen."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        versioned_static("catalogue/css/listings.css"),
        versioned_static("catalogue/css/findings.css"),
    )


class _ContentArea(SearchArea):
    """The listing of some content, beside the search of pages, for those who may read it."""

    def __init__(self, model: Any, icon: str, order: int) -> None:
        self._model = model
        url = reverse(f"wagtailsnippets_catalogue_{model._meta.model_name}:list")
        label = capfirst(model._meta.verbose_name_plural)
        super().__init__(label, url, name=model._meta.model_name, icon_name=icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(self._model)
        return bool(policy.user_has_any_permission(request.user, MEET))


hooks.register("register_admin_search_area", lambda: _ContentArea(Module, "form", 110))
hooks.register("register_admin_search_area", lambda: _ContentArea(Variant, "copy", 120))
hooks.register("register_admin_search_area", lambda: _ContentArea(TestItem, "help", 130))


@hooks.register("construct_search")
def search_what_is_used(request: HttpRequest, areas: list[Any]) -> None:
    """Take Wagtail's own images and documents out of the search, as out of the menu."""
    areas[:] = [area for area in areas if area.name not in {"images", "documents"}]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def note_findings(request: HttpRequest, thing: Any) -> None:
    """Write down what the checks find in a draft that was saved, for the report."""
    if isinstance(thing, (CoursePage, Module, Variant, TestItem)):
        note(thing, at=timezone.now())


@hooks.register("insert_editor_js")
def check_while_writing() -> str:
    """Run the checks of the side panel while somebody writes."""
    return format_html('<script src="{}"></script>', versioned_static("catalogue/js/checks-controller.js"))


@hooks.register("construct_wagtail_userbar")
def check_contrast(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Let Wagtail's own checks of a preview look at contrast, too."""
    items[:] = [ContrastItem(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("construct_main_menu")
def hide_what_nothing_uses(request: HttpRequest, items: list[Any]) -> None:
    """Take Wagtail's own images and documents out of the menu: bodies use the files of the catalogue."""
    items[:] = [item for item in items if item.name not in {"images", "documents"}]


@hooks.register("construct_help_menu")
def hide_guides_of_wagtail(request: HttpRequest, items: list[Any]) -> None:
    """Take Wagtail's own guides out of the menu: they are in English, and ask each author to look with a badge."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("construct_homepage_summary_items", order=1000)
def summarise_the_catalogue(request: HttpRequest, items: list[Any]) -> None:
    """Count courses and modules on the first screen, in place of pages, images and documents."""
    items[:] = [CatalogueSummaryItem(request)]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what the log says of variants that follow their base, and of imports."""
    actions.register_action(IMPORTED, gettext_lazy("Imported a catalogue"), gettext_lazy("Imported a catalogue"))
    pruned = gettext_lazy("Imported a catalogue and took out what it does not name")
    actions.register_action(PRUNED, pruned, pruned)
    actions.register_action(MERGED, gettext_lazy("Put on the newest base"), gettext_lazy("Put on the newest base"))


@hooks.register("construct_snippet_action_menu")
def name_the_courses(items: list[Any], _request: HttpRequest, context: Any) -> None:
    """Say beside the button what it changes."""
    name_what_publishing_changes(items, context)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let the rights to write within a scope, and to read all courses, be given to groups in the admin."""
    names = ("author_variant", "translate_variant", "view_coursepage")
    return Permission.objects.filter(content_type__app_label="catalogue", codename__in=names)


@hooks.register("before_publish_page")
def refuse_to_publish_errors(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep a course with errors a draft, from whichever screen its publication is asked."""
    return _refuse_errors(request, [page] if isinstance(page, CoursePage) else [])


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: HttpRequest, action: str, things: list[Any], _view: Any) -> HttpResponse | None:
    """Hold bulk actions on pages to what is asked of single ones."""
    pages = [thing for thing in things if isinstance(thing, Page)]
    if not pages:
        return None
    if action == "publish":
        return _refuse_errors(request, list_drafts_below(pages))
    return _refuse_required(request, pages) if action == "delete" else None


@hooks.register("before_delete_page")
def refuse_to_delete_what_is_required(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Show which courses and programmes need a course instead of deleting it."""
    return _refuse_required(request, [page])


def _refuse_errors(request: HttpRequest, courses: Iterable[CoursePage]) -> HttpResponse | None:
    for course in courses:
        if getattr(course, "is_checked", False):
            continue
        if errors := list_errors(course):
            first = f"{errors[0].place}: {errors[0].sentence}"
            message = _("“%(course)s” was not published, because it has errors. %(first)s")
            messages.error(request, message % {"course": course, "first": first})
            return redirect("wagtailadmin_pages:edit", course.pk)
    return None


def _refuse_required(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    courses = list_courses_below(pages)
    own = {str(course) for course in courses}
    codes = [course.code for course in courses]
    uses = [use for use in list_uses("course", codes) if use.title not in own] if codes else []
    return render(request, "taxonomy/in_use.html", {"things": pages, "uses": uses}, status=409) if uses else None
