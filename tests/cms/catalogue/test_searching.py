"""The search and the facets of listings in the admin, as authors meet them."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cms.catalogue.models import CoursePage
from tests.factories.importing import full_document, import_document

pytestmark = pytest.mark.django_db
COURSES = "/admin/courses/"


@pytest.fixture(autouse=True)
def catalogue(django_capture_on_commit_callbacks: Any) -> dict[str, Any]:
    document = full_document()
    with django_capture_on_commit_callbacks(execute=True):
        import_document(document)
    return document


def look(client: Client, address: str = COURSES, **asked: Any) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def listed(page: str) -> list[str]:
    codes = list(CoursePage.objects.values_list("code", flat=True))
    return [cell for cell in re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", page) if cell in codes]


def choices(page: str, name: str) -> dict[str, int]:
    """Return what a facet offers, with the counts."""
    found = re.findall(rf'<input type="checkbox" name="{name}" value="([^"]*)"[^>]*>\s*[^<]*\((\d+)\)', page)
    return {unescape(value): int(count) for value, count in found}


def test_a_course_is_found_without_accents(admin_client: Client) -> None:
    assert listed(look(admin_client, q="mat khau"))[0] == "an-toan/mat-khau"


def test_what_was_looked_for_is_marked_in_the_titles_that_are_shown(admin_client: Client) -> None:
    page = look(admin_client, q="your password")
    assert re.search(r"<mark>Your</mark> <mark>password</mark>", page)
    assert '"<mark>' not in page  # only in texts, never in attributes


def test_a_correction_is_offered_and_keeps_what_was_chosen(admin_client: Client) -> None:
    level = next(iter(choices(look(admin_client, q="mta khau"), "level")))
    page = look(admin_client, q="mta khau", level=level)
    suggested = re.search(r'href="([^"]*)"[^>]*>mật khẩu</a>', page, re.IGNORECASE)
    assert suggested is not None
    assert f"level={level}" in unescape(suggested[1])


def test_each_count_is_what_choosing_the_value_leaves(admin_client: Client) -> None:
    page = look(admin_client)
    seen = 0
    for name in ("competence", "level", "audience", "region", "language", "status", "owner_code"):
        for value, count in choices(page, name).items():
            assert len(listed(look(admin_client, **{name: value}))) == count, (name, value)
            seen += 1
    assert seen > 6


def test_values_of_a_facet_are_alternatives_and_each_can_be_removed(admin_client: Client) -> None:
    statuses = choices(look(admin_client), "status")
    course = CoursePage.objects.get(code="an-toan/mat-khau")
    course.title_text = "Khóa cửa số"
    course.save_revision()
    page = look(admin_client, status=["live", "changed"])
    assert len(listed(page)) == sum(statuses.values())
    assert choices(page, "status")["changed"] == 1
    removed = unescape(" ".join(re.findall(r'data-w-swap-src-value="([^"]*)"', page)))
    assert "status=live" in removed
    assert "status=changed" in removed


def test_a_draft_is_found_under_its_new_facets(admin_client: Client) -> None:
    course = CoursePage.objects.get(code="an-toan/mat-khau")
    course.owner_code = "Sở Khác"
    course.save_revision()
    assert listed(look(admin_client, owner_code="Sở Khác")) == ["an-toan/mat-khau"]


def test_a_value_that_nothing_has_leaves_nothing_and_can_be_removed(admin_client: Client) -> None:
    page = look(admin_client, q="mat khau", region="nowhere")
    assert listed(page) == []
    assert choices(page, "region") == {"nowhere": 0} | choices(page, "region")
    assert 'href="/admin/courses/?q=mat%20khau"' in page


def test_queries_do_not_grow_with_courses_or_values(
    admin_client: Client, catalogue: dict[str, Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    look(admin_client, q="a")
    with django_assert_max_num_queries(40) as few:
        look(admin_client, q="a", level="1")
    course = next(c for c in catalogue["courses"] if c["code"] == "an-toan/mat-khau")
    catalogue["courses"] += [{**course, "code": f"an-toan/{n}", "owner": f"Sở {n}"} for n in range(20)]
    import_document(catalogue)
    with django_assert_max_num_queries(len(few.captured_queries)):
        look(admin_client, q="a", level="1")


def test_what_somebody_may_not_read_is_neither_found_nor_suggested(client: Client) -> None:
    user = get_user_model().objects.create_user("reader", is_staff=True)
    user.groups.add(Group.objects.create(name="Nobody"))
    client.force_login(user)
    assert client.get(COURSES, {"q": "mat khau"}).status_code == 302


@pytest.mark.parametrize("model", ["module", "variant", "testitem", "asset"])
def test_every_listing_is_searched(admin_client: Client, model: str) -> None:
    response = admin_client.get(reverse(f"wagtailsnippets_catalogue_{model}:list"), {"q": "xyzzyx"})
    assert list(response.context["object_list"]) == []
    assert "Try fewer or other words" in response.content.decode()


def test_the_search_box_of_the_admin_finds_courses_and_leads_to_other_content(admin_client: Client) -> None:
    page = look(admin_client, reverse("wagtailadmin_pages:search"), q="mta khau")
    course = CoursePage.objects.get(code="an-toan/mat-khau")
    assert reverse("wagtailadmin_pages:edit", args=[course.pk]) in page
    assert reverse("wagtailsnippets_catalogue_module:list") + "?q=mta" in page


def test_a_picker_offers_what_was_misspelt(admin_client: Client) -> None:
    found = admin_client.get(reverse("taxonomy_codes", args=["course"]), {"q": "mta khau"}).json()["results"]
    assert found[0]["code"] == "an-toan/mat-khau"
