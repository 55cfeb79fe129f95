"""The taxonomies in the admin."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.users.models import UserProfile

from cms.taxonomy.apps import TAXONOMIES
from cms.taxonomy.models import Audience, Crosswalk, Programme, Region

pytestmark = pytest.mark.django_db
PLURAL = [*TAXONOMIES, "crosswalk"]


def url(name: str, view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_taxonomy_{name}:{view}", args=args)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("name", PLURAL)
def test_each_listing_and_form_opens(admin_client: Client, name: str) -> None:
    assert admin_client.get(url(name, "list")).status_code == 200
    assert admin_client.get(url(name, "add")).status_code == 200


def test_a_listing_shows_the_way_down_the_tree(admin_client: Client, world: dict[str, Any]) -> None:
    page = admin_client.get(url("region", "list")).content.decode()
    assert "Northern mountains › Sơn La" in page


def test_a_listing_is_searched_without_accents(admin_client: Client, world: dict[str, Any]) -> None:
    page = admin_client.get(url("region", "list"), {"q": "muong la"}).content.decode()
    assert "vn-14-001" in page
    assert "vn-15" not in page


def test_a_listing_is_filtered_by_parent(admin_client: Client, world: dict[str, Any]) -> None:
    page = admin_client.get(url("region", "list"), {"parent": world["son_la"].pk}).content.decode()
    assert "vn-14-001" in page
    assert "vn-15" not in page


def test_queries_of_a_listing_do_not_grow_with_its_rows(
    admin_client: Client, world: dict[str, Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    admin_client.get(url("region", "list"))
    with django_assert_max_num_queries(60) as few:
        admin_client.get(url("region", "list"))
    for number in range(30):
        Region.objects.create(code=f"vn-14-1{number}", title=f"Xã {number}", parent=world["son_la"])
    with django_assert_max_num_queries(len(few.captured_queries)):
        admin_client.get(url("region", "list"))


def test_a_region_is_written_in_two_languages(admin_client: Client, world: dict[str, Any]) -> None:
    fields = {"code": "vn-99", "title": '{"vi": "Thử", "en": "Trial"}', "parent": world["north"].pk}
    admin_client.post(url("region", "add"), fields)
    region = Region.objects.get(code="vn-99")
    assert (region.title, region.parent) == ({"vi": "Thử", "en": "Trial"}, world["north"])


def test_a_code_does_not_change_once_it_is_chosen(admin_client: Client, world: dict[str, Any]) -> None:
    fields = {"code": "other", "title": '"Sơn La mới"', "parent": world["north"].pk}
    admin_client.post(url("region", "edit", world["son_la"].pk), fields)
    world["son_la"].refresh_from_db()
    assert (world["son_la"].code, world["son_la"].title) == ("vn-14", "Sơn La mới")


def test_a_tree_that_would_come_back_to_itself_is_refused(admin_client: Client, world: dict[str, Any]) -> None:
    fields = {"title": '"Bắc"', "parent": world["commune"].pk}
    page = admin_client.post(url("region", "edit", world["north"].pk), fields).content.decode()
    world["north"].refresh_from_db()
    assert world["north"].parent is None
    assert "comes back to it" in page


def test_descriptors_and_goals_are_stored_as_the_contract_has_them(admin_client: Client, world: dict[str, Any]) -> None:
    fields = {
        "title": '"Bảo vệ thiết bị"', "framework": world["framework"].pk, "domain": world["domain"].pk,
        "sort_order": "0", "descriptors-count": "1", "descriptors-0-order": "0", "descriptors-0-deleted": "",
        "descriptors-0-id": "", "descriptors-0-value-level": "2", "descriptors-0-value-text": '"Đặt được mật khẩu"',
    }  # fmt: skip
    admin_client.post(url("competence", "edit", world["competence"].pk), fields)
    world["competence"].refresh_from_db()
    assert world["competence"].descriptors == {"2": "Đặt được mật khẩu"}


def test_a_descriptor_above_the_levels_is_refused(admin_client: Client, world: dict[str, Any]) -> None:
    fields = {
        "title": '"Bảo vệ"', "framework": world["framework"].pk, "sort_order": "0", "descriptors-count": "1",
        "descriptors-0-order": "0", "descriptors-0-deleted": "", "descriptors-0-id": "",
        "descriptors-0-value-level": "9", "descriptors-0-value-text": '"x"',
    }  # fmt: skip
    page = admin_client.post(url("competence", "edit", world["competence"].pk), fields).content.decode()
    assert "above the framework" in page


@pytest.mark.parametrize(
    ("name", "key", "user_of_it"),
    [
        ("region", "son_la", "Mường La"),
        ("audience", "citizens", "Farmers"),
        ("framework", "framework", "Devices"),
        ("domain", "domain", "Devices"),
        ("competence", "competence", "Basics"),
    ],
)
def test_what_is_used_is_not_deleted_and_its_users_are_named(
    admin_client: Client, world: dict[str, Any], name: str, key: str, user_of_it: str
) -> None:
    Programme.objects.create(code="p", title="Basics", goals=[{"competence": "tt02:4.1", "level": 1}])
    answer = admin_client.post(url(name, "delete", world[key].pk))
    assert answer.status_code == 409
    assert user_of_it in answer.content.decode()
    assert type(world[key]).objects.filter(pk=world[key].pk).exists()


def test_what_nobody_uses_is_deleted(admin_client: Client, world: dict[str, Any]) -> None:
    admin_client.post(url("region", "delete", world["lao_cai"].pk))
    assert not Region.objects.filter(code="vn-15").exists()


def test_pickers_find_by_words_without_accents(admin_client: Client, world: dict[str, Any]) -> None:
    found = admin_client.get(reverse("taxonomy_codes", args=["region"]), {"q": "son la"}).json()["results"]
    assert [(one["code"], one["title"], one["note"]) for one in found] == [
        ("vn-14", "Sơn La", "Northern mountains"),
    ]


def test_pickers_give_titles_to_codes(admin_client: Client, world: dict[str, Any]) -> None:
    asked = {"code": ["vn-14", "nowhere"]}
    found = admin_client.get(reverse("taxonomy_codes", args=["region"]), asked).json()["results"]
    assert [one["code"] for one in found] == ["vn-14"]


def test_pickers_are_closed_to_strangers(client: Client) -> None:
    user = get_user_model().objects.create_user("nobody")
    client.force_login(user)
    assert client.get(reverse("taxonomy_codes", args=["region"])).status_code in {302, 403}


def test_a_picker_is_answered_in_as_many_queries_whatever_it_offers(
    admin_client: Client, world: dict[str, Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        Audience.objects.create(code=f"a{number}", title=f"Nhóm {number}", parent=world["citizens"])
    with django_assert_max_num_queries(7):
        admin_client.get(reverse("taxonomy_codes", args=["audience"]), {"q": "nhom"})


def test_a_crosswalk_is_shown_by_its_two_codes(admin_client: Client, world: dict[str, Any]) -> None:
    Crosswalk.objects.create(source="tt02:4.1", target="digcomp3:4.1", relation="exact")
    assert "tt02:4.1 → digcomp3:4.1" in admin_client.get(url("crosswalk", "list")).content.decode()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("language", "words"), [("vi", "Chọn vùng, địa phương"), ("en", "Choose region")])
def test_choosers_speak_the_language_of_who_reads_them(admin_client: Client, language: str, words: str) -> None:
    speak(admin_client, language)
    assert words in admin_client.get(url("region", "add")).content.decode()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_days_are_written_as_numbers(admin_client: Client, language: str) -> None:
    speak(admin_client, language)
    Region.objects.create(code="vn-98", title="Thử", valid_from=dt.date(2025, 7, 1))
    assert "01/07/2025" in admin_client.get(url("region", "list")).content.decode()


def speak(client: Client, language: str) -> None:
    profile = UserProfile.get_for_user(get_user_model().objects.get(pk=client.session["_auth_user_id"]))
    profile.preferred_language = language
    profile.save()
