"""Checks as authors meet them: of what stands in the form, with a way to the place, refusing what shuts people out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.catalogue.advice.findings import advise, list_findings
from cms.catalogue.models import Asset, CoursePage, Module, Variant
from cms.catalogue.roles import AUDITOR, DESIGNER
from tests.cms.catalogue.conftest import course_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

VIDEO = {"type": "video", "value": {"url": "https://a.vn/v.mp4"}, "id": "v1"}


def module_fields(**fields: str) -> dict[str, str]:
    return {
        "code": "m1", "title": '"Mật khẩu"', "minutes": "", "megabytes": "", "owner": "moet", "body-count": "1",
        "body-0-type": "markdown", "body-0-id": "abc", "body-0-order": "0", "body-0-deleted": "",
        "body-0-value-text": "#### Sâu", **fields,
    }  # fmt: skip


def test_the_form_is_checked_before_anybody_saves_it(admin_client: Client, module: Module) -> None:
    answer = admin_client.post(reverse("catalogue_checks", args=["module", module.pk]), module_fields())
    assert 'href="#:w:contentpath=body.abc.text"' in answer.content.decode()
    assert "The heading “Sâu” is of level 4" in answer.content.decode()
    assert not module.revisions.filter(content__body__icontains="Sâu").exists()


def test_what_cannot_be_saved_yet_is_checked_as_far_as_it_can_be_read(admin_client: Client, module: Module) -> None:
    broken = {"body-0-type": "video", "body-0-value-url": "no address", "body-0-value-captions-count": "0"}
    answer = admin_client.post(reverse("catalogue_checks", args=["module", module.pk]), module_fields(**broken))
    assert "People who cannot hear the video cannot follow it." in answer.content.decode()


def test_a_new_module_is_checked(admin_client: Client) -> None:
    answer = admin_client.post(reverse("catalogue_checks_of_new", args=["module"]), module_fields(code="m2"))
    assert "Heading" in answer.content.decode() or "heading" in answer.content.decode()


def test_only_who_may_write_a_thing_may_ask(client_of: Callable[..., Client], module: Module) -> None:
    address = reverse("catalogue_checks", args=["module", module.pk])
    assert client_of(DESIGNER).post(address, module_fields()).status_code == 200
    assert client_of(AUDITOR).post(address, module_fields()).status_code in (302, 403)


def test_things_that_are_no_content_are_not_found(admin_client: Client) -> None:
    assert admin_client.post(reverse("catalogue_checks_of_new", args=["asset"])).status_code == 404


def test_a_draft_with_errors_is_saved_but_not_submitted(admin_client: Client, module: Module) -> None:
    address = reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk])
    video = {
        "body-0-type": "video", "body-0-value-url": "https://a.vn/v.mp4", "body-0-value-asset": "",
        "body-0-value-title": "", "body-0-value-captions-count": "0", "body-0-value-transcript": "",
        "body-0-value-seconds": "",
    }  # fmt: skip
    assert admin_client.post(address, module_fields(**video)).status_code == 302
    refused = admin_client.post(address, module_fields(**video, **{"action-submit": "true"}))
    assert refused.status_code == 200
    assert "People who cannot hear the video cannot follow it." in refused.content.decode()


def test_a_draft_with_warnings_is_published(admin_client: Client, module: Module) -> None:
    address = reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk])
    assert admin_client.post(address, module_fields(**{"action-publish": "true"})).status_code == 302
    module.refresh_from_db()
    assert module.body.raw_data[0]["value"]["text"] == "#### Sâu"


def test_a_reference_to_nothing_leads_to_its_block(module: Module) -> None:
    module.body = [VIDEO | {"value": {"asset": "gone", "transcript": "Chào"}}]
    assert ("unknown_code", "body.v1.asset") in [(finding.code, finding.path) for finding in list_findings(module)]


def test_the_strictest_audience_counts(
    module: Module, make_variant: Callable[..., Variant], world: dict[str, Any]
) -> None:
    world["citizens"].reading_grade = 7
    world["citizens"].save()
    world["farmers"].reading_grade = 4
    world["farmers"].save()
    assert advise(make_variant("v1", audiences=["citizens", "farmers"])).line == 4
    assert advise(make_variant("v2", audiences=["citizens"])).line == 7


def test_an_audience_reads_as_the_one_above(make_variant: Callable[..., Variant], world: dict[str, Any]) -> None:
    world["citizens"].reading_grade = 9
    world["citizens"].save()
    assert advise(make_variant("v1", audiences=["farmers"])).line == 9


def test_a_base_is_for_the_audiences_of_its_courses(
    module: Module, make_course: Callable[..., CoursePage], world: dict[str, Any]
) -> None:
    world["farmers"].reading_grade = 3
    world["farmers"].save()
    make_course("c1", modules=["m1"], audiences=["farmers"])
    assert advise(module).line == 3


def test_a_language_of_the_course_without_a_variant_is_named(
    module: Module, make_course: Callable[..., CoursePage], make_variant: Callable[..., Variant]
) -> None:
    make_course("c1", modules=["m1"], languages=["vi", "en"])
    assert "no_variant_in_language" in [finding.code for finding in list_findings(module)]
    make_variant("en", languages=["en"])
    assert "no_variant_in_language" not in [finding.code for finding in list_findings(module)]


def test_queries_do_not_grow_with_the_body(module: Module, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        Asset.objects.create(code=f"a{number}", sha256="0" * 64, media_type="application/pdf", bytes=1)
    files = [{"type": "download", "value": {"asset": f"a{n}", "title": "T"}, "id": str(n)} for n in range(20)]
    links = [{"type": "markdown", "value": {"text": f"[Trang {n}](https://a.vn/{n})"}, "id": f"l{n}"} for n in range(9)]
    module.body = [*files, *links]
    with django_assert_max_num_queries(14):
        list_findings(module)


def test_the_panel_above_the_form_lists_what_was_found(admin_client: Client, make_course: Callable[..., Any]) -> None:
    course = make_course("c1")
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).content.decode()
    assert "The course has no summary" in shown
    assert "data-checks-url-value" in shown


def test_a_course_is_checked_in_its_form(admin_client: Client, make_course: Callable[..., CoursePage]) -> None:
    address = reverse("catalogue_checks", args=["coursepage", make_course("c1").pk])
    assert "The course has no modules." in admin_client.post(address, course_fields("c1")).content.decode()
