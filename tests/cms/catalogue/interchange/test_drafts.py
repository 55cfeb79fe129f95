"""What people wrote and have not published yet is never lost by an import."""

from datetime import UTC, datetime
from typing import Any

import pytest
from wagtail.models import Page

from cms.catalogue.models import CoursePage, Module, SubjectPage
from tests.factories.importing import import_document

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def _document(title: str, summary: str = "") -> dict[str, Any]:
    course = {
        "code": "a", "title": "A", "minutes": 10, "summary": summary,
        "modules": [{"code": "m", "title": title, "markdown": "Chữ"}],
    }  # fmt: skip
    return {"format": "curriculum-catalogue/1", "courses": [course]}


@pytest.fixture
def edited() -> Module:
    """A live module on which somebody has written something that is not published."""
    import_document(_document("Một"))
    module = Module.objects.get()
    module.title = "Của tôi"
    module.save_revision()
    return module


def test_a_draft_stays_the_newest_revision(edited: Module) -> None:
    import_document(_document("Hai"), at=LATER)
    module = Module.objects.get()
    assert module.get_latest_revision_as_object().title == "Của tôi"


def test_what_is_live_under_a_draft_is_what_was_imported(edited: Module) -> None:
    import_document(_document("Hai"), at=LATER)
    module = Module.objects.get()
    assert (module.title, module.live_revision.content["title"]) == ("Hai", "Hai")


def test_wagtail_too_takes_the_draft_for_the_newest_revision(edited: Module) -> None:
    import_document(_document("Hai"), at=LATER)
    module = Module.objects.get()
    assert module.latest_revision.is_latest_revision()
    assert module.has_unpublished_changes


def test_the_report_names_the_drafts_that_were_kept(edited: Module) -> None:
    assert import_document(_document("Hai"), at=LATER).drafts_kept == ["module m"]


def test_a_draft_of_a_page_keeps_its_title_in_the_admin() -> None:
    import_document(_document("Một"))
    page = CoursePage.objects.get()
    page.title_text = "Tên nháp"
    page.summary = "Tóm tắt của tôi"
    page.save_revision()
    import_document(_document("Một", summary="Từ tệp"), at=LATER)
    page = CoursePage.objects.get()
    assert (page.draft_title, page.summary) == ("Tên nháp", "Từ tệp")
    assert page.get_latest_revision_as_object().summary == "Tóm tắt của tôi"


def test_a_document_that_changes_nothing_leaves_a_draft_alone(edited: Module) -> None:
    report = import_document(_document("Một"), at=LATER)
    assert (report.changed, report.drafts_kept) == (0, [])


def test_a_draft_that_says_what_the_document_says_is_published_by_it(edited: Module) -> None:
    report = import_document(_document("Của tôi"), at=LATER)
    module = Module.objects.get()
    assert (report.drafts_kept, module.has_unpublished_changes) == ([], False)
    assert module.live_revision == module.latest_revision


def test_a_page_that_was_never_published_keeps_its_draft_on_top() -> None:
    import_document({"format": "curriculum-catalogue/1", "courses": [{"code": "z", "title": "Z", "minutes": 1}]})
    page = CoursePage(code="a", title="A", title_text="A", minutes=99, live=False)
    SubjectPage.objects.get().add_child(instance=page)
    page.save_revision()
    report = import_document(_document("Một"), at=LATER)
    page = CoursePage.objects.get(code="a")
    assert report.drafts_kept == ["course a"]
    assert (page.live, page.minutes, page.get_latest_revision_as_object().minutes) == (True, 10, 99)


def test_a_thing_taken_out_and_not_edited_since_comes_back_without_a_draft() -> None:
    import_document(_document("Một"))
    Module.objects.get().unpublish()
    report = import_document(_document("Hai"), at=LATER)
    module = Module.objects.get()
    assert (report.drafts_kept, module.live, module.has_unpublished_changes) == ([], True, False)


def test_a_draft_in_review_goes_on_with_the_same_revision(edited: Module) -> None:
    revision = edited.latest_revision_id
    import_document(_document("Hai"), at=LATER)
    assert Module.objects.get().latest_revision_id == revision


def test_comments_on_a_page_stay_in_its_revisions(django_user_model: Any) -> None:
    from wagtail.models import Comment

    import_document(_document("Một"))
    page: Page = CoursePage.objects.get()
    somebody = django_user_model.objects.create_user("somebody")
    Comment.objects.create(page=page, user=somebody, text="Xem lại", contentpath="summary")
    import_document(_document("Một", summary="Mới"), at=LATER)
    content = CoursePage.objects.get().live_revision.content
    assert [comment["text"] for comment in content["wagtail_admin_comments"]] == ["Xem lại"]
