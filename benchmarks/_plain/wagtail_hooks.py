"""The snippet and the list of all pages, as Wagtail's documentation registers them."""

from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from benchmarks._plain.models import PlainPage, PlainSnippet


class Pages(PageListingViewSet):
    name = "pages-listing"
    model = PlainPage


class Snippets(SnippetViewSet):
    model = PlainSnippet
    list_per_page = 50


register_snippet(Snippets)


@hooks.register("register_admin_viewset")
def pages() -> Any:
    """List all pages."""
    return Pages()
