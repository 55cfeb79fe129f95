"""What other apps may use of the catalogue."""

from cms.catalogue import roles
from cms.catalogue.advice.noted_findings import KINDS as KINDS_CHECKED
from cms.catalogue.advice.noted_findings import (
    count_by_check,
    last_checked,
    list_noted,
    list_noted_owners,
    may_read_findings,
    show_noted,
)
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
from cms.catalogue.tasks import check_content
from cms.catalogue.variants.coverage import DIMENSIONS, Coverage, ModuleGaps, TermCount
from cms.catalogue.variants.gaps import read_all_coverage

__all__ = [
    "CONTENT",
    "DIMENSIONS",
    "KINDS_CHECKED",
    "Coverage",
    "ModuleGaps",
    "TermCount",
    "build_snapshot",
    "check_content",
    "count_by_check",
    "export_catalogue",
    "import_catalogue",
    "is_limited",
    "is_within_review_scope",
    "last_checked",
    "list_course_ids",
    "list_noted",
    "list_noted_owners",
    "list_variants_in_review_scope",
    "may_read_courses",
    "may_read_findings",
    "read_all_coverage",
    "roles",
    "show_noted",
]
