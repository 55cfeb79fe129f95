"""What editors of the catalogue send, for its tests. Its small catalogue is a fixture of all tests of the CMS."""

from typing import Any

from cms.catalogue.models import Module
from tests.support.bodies import markdown

__all__ = ["course_fields", "draft_of", "markdown", "variant_fields"]


def variant_fields(module: Module, code: str, **fields: str) -> dict[str, str]:
    """Return what the editor of a variant sends."""
    return {
        "module": str(module.pk), "code": code, "title": "", "body-count": "1", "body-0-type": "markdown",
        "body-0-id": "", "body-0-order": "0", "body-0-deleted": "", "body-0-value-text": "Nội dung", "minutes": "",
        "megabytes": "", "owner": "", "audiences": "", "regions": "", "industries": "", "languages": "", **fields,
    }  # fmt: skip


def course_fields(code: str, **fields: str) -> dict[str, str]:
    """Return what the editor of a course sends."""
    return {
        "code": code, "title_text": '{"vi": "Khoá mới", "en": "New course"}', "summary": "", "modules": "",
        "keywords": "", "teaches-count": "0", "requires-count": "0", "recommended_after": "", "audiences": "",
        "regions": "", "industries": "", "languages": "", "minutes": "30", "megabytes": "", "mode": "",
        "owner_code": "", "licence": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "", **fields,
    }  # fmt: skip


def draft_of(thing: Any) -> Any:
    """Return the newest draft of a thing, as the database has it now."""
    return type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()
