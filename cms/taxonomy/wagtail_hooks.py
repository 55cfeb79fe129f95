"""What this app adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.taxonomy import views
from cms.taxonomy.usage import list_uses
from cms.taxonomy.viewsets import TaxonomyGroup

register_snippet(TaxonomyGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Add what the pickers ask."""
    return [path("codes/<slug:kind>/", views.codes, name="taxonomy_codes")]


@hooks.register("before_delete_snippet")
def refuse_what_is_used(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    """Show who uses a thing instead of deleting it: content refers by code and would be left dangling."""
    for kind in {getattr(thing, "code_kind", "") for thing in things} - {""}:
        codes = [thing.code for thing in things if thing.code_kind == kind]
        if uses := list_uses(kind, codes):
            context = {"things": [thing for thing in things if thing.code_kind == kind], "uses": uses}
            return render(request, "taxonomy/in_use.html", context, status=409)
    return None
