"""What other apps build searched listings of. Apart from :mod:`cms.searching.api`, because it loads Wagtail's admin."""

from cms.searching.facets import FacetData, Faceted, FacetFilter, read_tokens
from cms.searching.listings import Found, FoundIndexView, MarkedPageTitleColumn, MarkedTitleColumn

__all__ = [
    "FacetData",
    "FacetFilter",
    "Faceted",
    "Found",
    "FoundIndexView",
    "MarkedPageTitleColumn",
    "MarkedTitleColumn",
    "read_tokens",
]
