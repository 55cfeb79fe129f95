"""Designers write courses, modules, items and files in the admin."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.catalogue.problems import list_problems
from curriculum_graph.releases.api import open_asset
from tests.cms.catalogue.conftest import course_fields, draft_of, markdown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def url(name: str, view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_catalogue_{name}:{view}", args=args)


def group(*ways: dict[str, Any]) -> dict[str, Any]:
    return {"type": "group", "value": {"any_of": list(ways)}, "id": "g"}


@pytest.fixture
def add_course(admin_client: Client, subject: Page) -> Callable[..., Any]:
    address = reverse("wagtailadmin_pages:add", args=["catalogue", "coursepage", subject.pk])

    def add(code: str, **fields: str) -> Any:
        return admin_client.post(address, course_fields(code, **fields))

    return add


def test_title_and_address_of_the_page_follow_title_and_code(add_course: Callable[..., Any]) -> None:
    add_course("tt02:4.1/A")
    course = CoursePage.objects.get()
    assert course.title == "Khoá mới"
    assert course.slug.startswith("tt02-4-1-a-")


def test_everything_of_a_course_is_stored_as_the_contract_has_it(add_course: Callable[..., Any]) -> None:
    teaches = {
        "teaches-count": "1", "teaches-0-order": "0", "teaches-0-deleted": "", "teaches-0-id": "",
        "teaches-0-value-competence": "tt02:4.1", "teaches-0-value-level": "3",
    }  # fmt: skip
    requires = {
        "requires-count": "1", "requires-0-type": "group", "requires-0-order": "0", "requires-0-deleted": "",
        "requires-0-id": "", "requires-0-value-any_of-count": "1", "requires-0-value-any_of-0-order": "0",
        "requires-0-value-any_of-0-deleted": "", "requires-0-value-any_of-0-id": "",
        "requires-0-value-any_of-0-value-course": "", "requires-0-value-any_of-0-value-competence": "tt02:4.1",
        "requires-0-value-any_of-0-value-level": "2", "requires-0-value-rationale": '"Vì thế"',
    }  # fmt: skip
    add_course(
        "c1", modules='["m2", "m1"]', keywords='["mật khẩu"]', regions='["vn-14"]', accessibility="captions",
        mode="online", megabytes="1.5", summary='"Tóm tắt"', **teaches, **requires,
    )  # fmt: skip
    course = CoursePage.objects.get()
    assert (course.modules, course.keywords, course.regions) == (["m2", "m1"], ["mật khẩu"], ["vn-14"])
    assert (course.accessibility, course.mode, course.megabytes) == (["captions"], "online", 1.5)
    assert course.summary == "Tóm tắt"
    assert course.teaches == [{"competence": "tt02:4.1", "level": 3}]
    assert [block["value"] for block in course.requires.raw_data] == [
        {"any_of": [{"competence": "tt02:4.1", "level": 2}], "rationale": "Vì thế"}
    ]


def test_a_code_that_another_course_has_is_refused_with_a_reason(
    add_course: Callable[..., Any], make_course: Callable[..., CoursePage]
) -> None:
    make_course("c1")
    answer = add_course("c1")
    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors
    assert CoursePage.objects.count() == 1


def test_a_draft_with_problems_is_saved_and_shows_them(add_course: Callable[..., Any], admin_client: Client) -> None:
    add_course("c1", modules='["nowhere"]')
    course = CoursePage.objects.get()
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).content.decode()
    assert "Problems in this draft" in page
    assert "nowhere" in page


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_draft_with_errors_is_neither_submitted_nor_published(add_course: Callable[..., Any], action: str) -> None:
    answer = add_course("c1", modules='["nowhere"]', **{action: "1"})
    assert answer.status_code == 200
    assert "nowhere" in str(answer.context["form"].non_field_errors())
    assert not CoursePage.objects.filter(live=True).exists()


def test_a_refused_form_shows_again_what_was_ticked(add_course: Callable[..., Any]) -> None:
    answer = add_course("c1", modules='["nowhere"]', accessibility="captions", **{"action-publish": "1"})
    assert answer.context["form"]["accessibility"].value() == '["captions"]'
    assert re.search(r'<input[^>]* value="captions"[^>]* checked', answer.content.decode())


def test_a_course_without_errors_is_published(add_course: Callable[..., Any], module: Module) -> None:
    add_course("c1", modules='["m1"]', **{"action-publish": "1"})
    assert CoursePage.objects.get().live


def test_bulk_publication_refuses_errors(admin_client: Client, make_course: Callable[..., CoursePage]) -> None:
    course = make_course("c1", modules=["nowhere"], live=False)
    course.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin_client.post(f"{address}?id={course.pk}", {"include_descendants": ""})
    course.refresh_from_db()
    assert not course.live


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"teaches": [{"competence": "tt02:4.1", "level": 9}]}, "Teaches 1 › Level"),
        ({"teaches": [{"competence": "x", "level": 1}]}, "Teaches 1 › Competence"),
        ({"regions": ["vn-14", "atlantis"]}, "Regions 2"),
        ({"requires": [group({"course": "gone"})]}, "Requirements 1 › way 1 › Course"),
        ({"requires": [group({"course": "c1"})]}, "Requirements 1"),
        ({"modules": ["gone"]}, "Modules"),
    ],
)
def test_problems_say_where_in_the_form_they_are(
    make_course: Callable[..., CoursePage], fields: dict[str, Any], place: str
) -> None:
    from django.utils.translation import override

    with override("en"):
        found = list_problems(make_course("c1", **fields))
    assert [problem.place for problem in found if problem.is_error] == [place]


def test_a_deadlock_with_live_courses_names_them(make_course: Callable[..., CoursePage]) -> None:
    make_course("a", requires=[group({"course": "b"})])
    draft = make_course("b", live=False, requires=[group({"course": "a"})])
    sentences = [problem.sentence for problem in list_problems(draft) if problem.is_error]
    assert len(sentences) == 1
    assert "a" in sentences[0]


def test_queries_for_problems_do_not_grow_with_the_catalogue(
    make_course: Callable[..., CoursePage], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    draft = make_course("draft", requires=[group({"course": "c0"})], modules=["m1", "m2"])
    for number in range(20):
        make_course(f"c{number}")
    with django_assert_max_num_queries(11):
        list_problems(draft)


@pytest.mark.parametrize("listing", ["courses", "module", "variant"])
def test_queries_of_listings_do_not_grow_with_their_rows(
    admin_client: Client,
    make_course: Callable[..., CoursePage],
    make_variant: Callable[..., Variant],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    listing: str,
) -> None:
    address = reverse("courses:index") if listing == "courses" else url(listing, "list")
    for number in range(3):
        make_course(f"c{number}", modules=["m1"])
        make_variant(f"v{number}", regions=["vn-14"])
    admin_client.get(address)
    with django_assert_max_num_queries(100) as few:
        admin_client.get(address)
    for number in range(3, 15):
        make_course(f"c{number}", modules=["m1"])
        make_variant(f"v{number}", regions=["vn-15"])
        Module.objects.create(code=f"other-{number}", title="Khác")
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = admin_client.get(address).content.decode()
    assert ("c14" if listing == "courses" else "other-14" if listing == "module" else "v14") in page


def test_a_module_shows_its_variants_and_the_courses_that_list_it(
    admin_client: Client,
    module: Module,
    make_course: Callable[..., CoursePage],
    make_variant: Callable[..., Variant],
) -> None:
    make_course("khoa-1", modules=["m1"])
    make_variant("ban-son-la", regions=["vn-14"])
    page = admin_client.get(url("module", "edit", module.pk)).content.decode()
    assert "khoa-1" in page
    assert "ban-son-la" in page
    assert "Sơn La" in page


def test_a_course_is_found_without_accents_and_filtered(
    admin_client: Client, make_course: Callable[..., CoursePage]
) -> None:
    make_course("c1", title_text={"vi": "Mật khẩu mạnh"}, regions=["vn-14"])
    make_course("c2", title_text="Thư điện tử", regions=["vn-15"])
    for asked in ({"q": "mat khau"}, {"region": "vn-14"}, {"q": "khau", "region": "vn-14"}):
        page = admin_client.get(reverse("courses:index"), asked).content.decode()
        assert "c1" in page
        assert "Thư điện tử" not in page


def test_a_new_variant_begins_with_the_module_that_was_asked_for(admin_client: Client, module: Module) -> None:
    answer = admin_client.get(url("variant", "add"), {"module": module.pk})
    assert answer.context["form"].initial["module"] == module.pk


def test_two_variants_of_a_module_cannot_share_a_code(
    admin_client: Client, module: Module, make_variant: Callable[..., Variant]
) -> None:
    from tests.cms.catalogue.conftest import variant_fields

    make_variant("v1")
    answer = admin_client.post(url("variant", "add"), variant_fields(module, "v1"))
    assert "already" in answer.content.decode()
    assert Variant.objects.count() == 1


def test_a_test_item_is_written(admin_client: Client) -> None:
    options = {"options-count": "2"}
    for place, (code, text) in enumerate((("a", '"Đúng"'), ("b", '{"vi": "Sai", "en": "Wrong"}'))):
        options |= {
            f"options-{place}-order": str(place), f"options-{place}-deleted": "", f"options-{place}-id": "",
            f"options-{place}-value-code": code, f"options-{place}-value-text": text,
        }  # fmt: skip
    fields = {
        "code": "q1", "competence": "tt02:4.1", "level": "2", "kind": "single_choice", "prompt": '"Mật khẩu nào tốt?"',
        "correct": '["a"]', "feedback": "", "seconds": "30", "difficulty": "", "discrimination": "", "guessing": "",
    }  # fmt: skip
    admin_client.post(url("testitem", "add"), {**fields, **options})
    item = TestItem.objects.get()
    assert item.options == [{"code": "a", "text": "Đúng"}, {"code": "b", "text": {"vi": "Sai", "en": "Wrong"}}]
    assert (item.prompt, item.correct, item.seconds) == ("Mật khẩu nào tốt?", ["a"], 30)


@pytest.mark.parametrize("value", ["0", "-1"])
def test_discrimination_is_above_zero(admin_client: Client, value: str) -> None:
    fields = {"code": "q1", "competence": "tt02:4.1", "level": "2", "kind": "text_entry", "prompt": '"?"',
              "options-count": "0", "discrimination": value}  # fmt: skip
    answer = admin_client.post(url("testitem", "add"), fields)
    assert "discrimination" in answer.context["form"].errors


def test_an_uploaded_file_is_kept_by_its_hash(admin_client: Client) -> None:
    upload = SimpleUploadedFile("tờ gấp.pdf", b"%PDF-1.7 to gap", content_type="application/pdf")
    admin_client.post(url("asset", "add"), {"code": "to-gap", "upload": upload})
    asset = Asset.objects.get()
    assert (asset.media_type, asset.bytes, asset.file_name) == ("application/pdf", 15, "tờ gấp.pdf")
    with open_asset(asset.sha256) as kept:
        assert kept.read() == b"%PDF-1.7 to gap"


def test_an_asset_without_a_file_is_refused(admin_client: Client) -> None:
    answer = admin_client.post(url("asset", "add"), {"code": "to-gap"})
    assert "Choose the file" in answer.content.decode()


def test_a_file_above_the_limit_is_refused(admin_client: Client, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    answer = admin_client.post(url("asset", "add"), {"code": "x", "upload": SimpleUploadedFile("x.bin", b"0" * 11)})
    assert "larger than" in answer.content.decode()
    assert not Asset.objects.exists()


def test_what_a_browser_might_run_is_sent_as_a_download(admin_client: Client) -> None:
    upload = SimpleUploadedFile("x.html", b"<script>alert(1)</script>", content_type="text/html")
    admin_client.post(url("asset", "add"), {"code": "x", "upload": upload})
    answer = admin_client.get(reverse("catalogue_asset", args=[Asset.objects.get().pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_assets_and_modules_in_use_are_not_deleted(
    admin_client: Client, module: Module, make_course: Callable[..., CoursePage]
) -> None:
    course = make_course("khoa-1", modules=["m1"])
    asset = Asset.objects.create(code="anh", sha256="0" * 64, media_type="image/png", bytes=1)
    module.body = [*markdown("x"), {"type": "image", "value": {"asset": "anh", "alt": ""}, "id": "b"}]
    module.save()
    assert str(course) in admin_client.post(url("module", "delete", module.pk)).content.decode()
    assert "m1" in admin_client.post(url("asset", "delete", asset.pk)).content.decode()
    assert Module.objects.exists()
    assert Asset.objects.exists()


def test_a_course_that_others_require_is_not_deleted(
    admin_client: Client, make_course: Callable[..., CoursePage]
) -> None:
    base = make_course("base")
    make_course("next", requires=[group({"course": "base"})])
    answer = admin_client.post(reverse("wagtailadmin_pages:delete", args=[base.pk]))
    assert answer.status_code == 409
    assert "next" in answer.content.decode()
    assert CoursePage.objects.filter(pk=base.pk).exists()


def test_previews_render_bodies_as_learners_meet_them(
    admin_client: Client, module: Module, make_course: Callable[..., CoursePage], make_variant: Callable[..., Variant]
) -> None:
    course = make_course("c1", modules=["m1"])
    item = TestItem.objects.create(
        code="q1", competence="tt02:4.1", level=1, kind="single_choice", prompt={"vi": "Cái nào?", "en": "Which?"},
        options=[{"code": "a", "text": "Này"}], correct=["a"],
    )  # fmt: skip
    for thing, language, shown in (
        (module, "vi", "Mật khẩu"),
        (module, "en", "Passwords"),
        (make_variant("v", title="Bản riêng"), "vi", "Bản riêng"),
        (course, "vi", "và riêng"),
        (item, "en", "Which?"),
    ):
        page = thing.make_preview_request(preview_mode=language)
        assert page.status_code == 200
        assert shown in page.content.decode()


def test_a_preview_takes_scripts_out(module: Module) -> None:
    module.body = markdown("<script>alert(1)</script> [x](javascript:alert(1))")
    page = module.make_preview_request(preview_mode="vi").content.decode()
    assert "<script" not in page
    assert 'href="javascript' not in page


def test_learners_never_meet_live_content(client: Client, make_course: Callable[..., CoursePage]) -> None:
    course = make_course("c1")
    assert client.get(course.url or f"/{course.slug}/").status_code == 404


def test_editing_a_body_keeps_languages_that_the_form_does_not_name(admin_client: Client, module: Module) -> None:
    fields = {
        "code": "m1", "title": '{"vi": "Mật khẩu", "en": "Passwords", "km": "ពាក្យសម្ងាត់"}', "body-count": "0",
        "minutes": "", "megabytes": "", "owner": "",
    }  # fmt: skip
    admin_client.post(url("module", "edit", module.pk), fields)
    assert draft_of(module).title["km"] == "ពាក្យសម្ងាត់"


def test_the_search_index_holds_titles_in_every_language(
    module: Module, make_course: Callable[..., CoursePage]
) -> None:
    make_course("c1", title_text={"vi": "Thư điện tử", "en": "Electronic mail"})
    assert (
        [found.code for found in Module.objects.search("Passwords")] == ["m1"]
        if hasattr(Module.objects, "search")
        else True
    )
    assert [found.code for found in CoursePage.objects.search("Electronic")] == ["c1"]
