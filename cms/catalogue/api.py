"""What other apps may use of the catalogue."""

from cms.catalogue import roles
from cms.catalogue.interchange.exporting import build_snapshot, export_catalogue
from cms.catalogue.interchange.importing import import_catalogue
from cms.catalogue.roles import CONTENT
from cms.catalogue.scopes import (
    is_limited,
    is_within_review_scope,
    list_variants_in_review_scope,
    may_read_courses,
)

__all__ = [
    "CONTENT",
    "build_snapshot",
    "export_catalogue",
    "import_catalogue",
    "is_limited",
    "is_within_review_scope",
    "list_variants_in_review_scope",
    "may_read_courses",
    "roles",
]
