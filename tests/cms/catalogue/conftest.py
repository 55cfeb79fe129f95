"""A small catalogue for the tests."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from cms.catalogue.models import CatalogueIndexPage, CoursePage, Module, OwnerPage, SubjectPage, Variant


@pytest.fixture
def subject(db: None) -> Page:
    """The page below which courses of the tests go."""
    index = Page.get_first_root_node().add_child(instance=CatalogueIndexPage(title="Chương trình", slug="catalogue"))
    owner = index.add_child(instance=OwnerPage(title="Bộ", slug="bo", code="moet"))
    page: Page = owner.add_child(instance=SubjectPage(title="An toàn", slug="an-toan", code="tt02:4.1"))
    return page


@pytest.fixture
def make_course(subject: Page) -> Callable[..., CoursePage]:
    """Return a maker of live courses."""

    def make(code: str, **fields: Any) -> CoursePage:
        course: CoursePage = subject.add_child(
            instance=CoursePage(**{"code": code, "title_text": f"Khoá {code}", "minutes": 30, **fields})
        )
        return course

    return make


@pytest.fixture
def module(db: None) -> Module:
    """A live module with a base body."""
    made = Module.objects.create(
        code="m1", title={"vi": "Mật khẩu", "en": "Passwords"}, owner="moet", body=markdown("# Dài\n\nvà riêng")
    )
    made.save_revision().publish()
    return made


@pytest.fixture
def make_variant(module: Module) -> Callable[..., Variant]:
    """Return a maker of live variants of that module."""

    def make(code: str, **fields: Any) -> Variant:
        made = Variant.objects.create(module=module, code=code, body=markdown("Riêng"), **fields)
        made.save_revision().publish()
        made.refresh_from_db()
        return made

    return make


def markdown(text: str) -> list[dict[str, Any]]:
    """Return the raw value of a body of one Markdown block."""
    return [{"type": "markdown", "value": {"text": text}, "id": "a"}]


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
