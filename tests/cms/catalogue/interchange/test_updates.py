"""Imports into an installation that has content already."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from cms.catalogue.models import CatalogueIndexPage, CoursePage, Module, SubjectPage, Variant
from tests.factories.importing import counts, export_document, full_document, import_document

pytestmark = pytest.mark.django_db


def _plain(*codes: str, **fields: Any) -> dict[str, Any]:
    courses = [{"code": code, "title": code, "minutes": 10, **fields} for code in codes]
    return {"format": "curriculum-catalogue/1", "courses": courses}


def _writes(queries: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"][:200]
        for query in queries.captured_queries
        if query["sql"].split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}
    ]


def test_the_same_document_again_writes_no_rows() -> None:
    import_document(full_document())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = import_document(full_document())
    assert _writes(queries) == []
    assert report.changed == 0


def test_the_same_sets_in_another_order_are_unchanged() -> None:
    document = full_document()
    import_document(document)
    course = document["courses"][0]
    for part in ("audiences", "regions", "accessibility", "teaches"):
        course[part].reverse()
    assert import_document(document).changed == 0


def test_a_dry_run_writes_no_rows() -> None:
    with CaptureQueriesContext(connection) as queries:
        import_document(full_document(), dry_run=True)
    assert _writes(queries) == []


def test_a_dry_run_says_what_an_import_then_does() -> None:
    import_document(_plain("tim-kiem"))
    promised = import_document(full_document(), dry_run=True)
    assert import_document(full_document()) == promised


def test_what_the_document_does_not_name_stays() -> None:
    import_document(_plain("a", "b"))
    import_document(_plain("b", "c"))
    assert [course["code"] for course in export_document()["courses"]] == ["a", "b", "c"]


def test_things_are_counted_by_what_became_of_them() -> None:
    import_document(_plain("a", "b"))
    changed = _plain("a", "b", "c")
    changed["courses"][1]["minutes"] = 11
    assert counts(import_document(changed), "course") == (1, 1, 1, 0)


def test_a_field_that_the_document_leaves_out_becomes_empty() -> None:
    import_document(_plain("a", summary="Tóm tắt", megabytes=2.5))
    import_document(_plain("a"))
    assert export_document()["courses"] == [{"code": "a", "title": "a", "minutes": 10}]


def test_a_variant_that_the_document_does_not_name_stays() -> None:
    def document(code: str) -> dict[str, Any]:
        return _plain("a", modules=[{"code": "m", "title": "M", "variants": [{"code": code}]}])

    import_document(document("x"))
    import_document(document("y"))
    assert list(Variant.objects.values_list("code", flat=True)) == ["x", "y"]


def test_a_course_stays_on_its_page_when_its_subject_changes() -> None:
    import_document(full_document())
    before = CoursePage.objects.get(code="tim-kiem").path
    document = full_document()
    document["courses"][2]["teaches"] = [{"competence": "nls:0", "level": 1}]
    document["courses"][2]["owner"] = "Người khác"
    import_document(document)
    assert CoursePage.objects.get(code="tim-kiem").path == before


def test_courses_go_below_their_owner_and_subject() -> None:
    import_document(full_document())
    ancestors = CoursePage.objects.get(code="an-toan/mat-khau").get_ancestors()
    assert [page.title for page in ancestors][-2:] == ["Bộ Giáo dục và Đào tạo", "Bảo vệ dữ liệu cá nhân"]


def test_a_course_that_teaches_nothing_goes_by_the_prefix_of_its_code() -> None:
    import_document(_plain("tin-hoc/1"))
    assert CoursePage.objects.get().get_parent().specific.code == "tin-hoc"


def test_no_page_has_more_than_a_few_hundred_children() -> None:
    import_document(_plain(*(f"c{number:04}" for number in range(600))))
    import_document(_plain(*(f"d{number:04}" for number in range(50))))
    assert [page.numchild for page in SubjectPage.objects.order_by("path")] == [250, 250, 150]


def test_the_tree_is_sound_after_imports_and_pages_of_people() -> None:
    import_document(_plain("a", "b"))
    subject = SubjectPage.objects.get()
    subject.add_child(instance=CoursePage(code="c", title="C", title_text="C", minutes=1))
    import_document(_plain("d", "e"))
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_default_site_starts_at_the_catalogue() -> None:
    import_document(_plain("a"))
    assert Site.objects.get(is_default_site=True).root_page.specific == CatalogueIndexPage.objects.get()


def test_a_site_that_starts_at_a_page_somebody_made_keeps_it() -> None:
    home = SubjectPage(title="Trang chủ", slug="trang-chu")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update(root_page=home)
    import_document(_plain("a"))
    assert Site.objects.get().root_page_id == home.pk


def test_the_number_of_queries_does_not_grow_with_the_document() -> None:
    def document(prefix: str, size: int) -> dict[str, Any]:
        whole = _plain(*(f"{prefix}{number}" for number in range(size)))
        for course in whole["courses"]:
            module = {"code": course["code"], "title": "M", "markdown": "x", "variants": [{"code": "v"}]}
            course["modules"] = [module]
        return whole

    numbers = []
    import_document(document("first", 1))
    for prefix, size in (("few", 3), ("many", 9)):
        with CaptureQueriesContext(connection) as queries:
            import_document(document(prefix, size))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_module_of_several_courses_is_one_row() -> None:
    import_document(full_document())
    assert Module.objects.filter(code="mk-2").count() == 1
