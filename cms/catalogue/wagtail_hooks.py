"""What this app adds to Wagtail's admin."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.catalogue import views
from cms.catalogue.models import CoursePage, Variant
from cms.catalogue.policies import VariantPolicy
from cms.catalogue.problems import list_problems
from cms.catalogue.viewsets import CatalogueGroup
from cms.taxonomy.usage import list_uses

register_permission_policy(Variant, VariantPolicy(Variant))
register_snippet(CatalogueGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Add the files of the catalogue."""
    return [path("catalogue/files/<int:pk>/", views.asset, name="catalogue_asset")]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let the right to write within a scope be given to groups in the admin."""
    return Permission.objects.filter(content_type__app_label="catalogue", codename="author_variant")


@hooks.register("before_publish_page")
def refuse_to_publish_errors(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep a course with errors a draft, from whichever screen its publication is asked."""
    if not isinstance(page, CoursePage):
        return None
    errors = [problem for problem in list_problems(page) if problem.is_error]
    if not errors:
        return None
    first = f"{errors[0].place}: {errors[0].sentence}"
    message = _("“%(course)s” was not published, because it has errors. %(first)s")
    messages.error(request, message % {"course": page, "first": first})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_page")
def refuse_to_delete_what_is_required(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Show which courses and programmes need a course instead of deleting it."""
    pages = CoursePage.objects.descendant_of(page, inclusive=True)
    inside = {course.pk: course for course in pages}
    if not inside:
        return None
    codes = [course.code for course in inside.values()]
    uses = [use for use in list_uses("course", codes) if use.title not in {str(course) for course in inside.values()}]
    if not uses:
        return None
    return render(request, "taxonomy/in_use.html", {"things": [page], "uses": uses}, status=409)
