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
from cms.catalogue.selectors import list_course_ids
from cms.catalogue.variants.coverage import DIMENSIONS, Coverage, ModuleGaps, TermCount
from cms.catalogue.variants.gaps import read_all_coverage

__all__ = [
    "CONTENT",
    "DIMENSIONS",
    "Coverage",
    "ModuleGaps",
    "TermCount",
    "build_snapshot",
    "export_catalogue",
    "import_catalogue",
    "is_limited",
    "is_within_review_scope",
    "list_course_ids",
    "list_variants_in_review_scope",
    "may_read_courses",
    "read_all_coverage",
    "roles",
]
