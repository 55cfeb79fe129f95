"""A provincial author writes variants for their own regions or audiences, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.catalogue.models import AuthorScope, Module, Variant
from cms.catalogue.roles import AUTHOR
from tests.cms.catalogue.conftest import draft_of, variant_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def url(view: str, *args: Any, name: str = "variant") -> str:
    return reverse(f"wagtailsnippets_catalogue_{name}:{view}", args=args)


@pytest.fixture
def author(client_of: Callable[..., Client]) -> Client:
    client = client_of(AUTHOR)
    AuthorScope.objects.create(user=client.user, regions=["vn-14"], audiences=["farmers"])  # type: ignore[attr-defined]
    return client


OWN = [{"regions": ["vn-14"]}, {"regions": ["vn-14-001", "vn-14"]}, {"audiences": ["farmers"]}]
OTHERS = [
    {},
    {"regions": ["vn-15"]},
    {"regions": ["vn-14", "vn-15"]},
    {"regions": ["vn-n"]},
    {"audiences": ["citizens"]},
    {"languages": ["en"]},
]


@pytest.mark.parametrize("target", OWN)
def test_own_variants_open_in_the_editor(
    author: Client, make_variant: Callable[..., Variant], target: dict[str, Any]
) -> None:
    assert author.get(url("edit", make_variant("v", **target).pk)).status_code == 200


def views_of_one_variant() -> list[str]:
    """Return the names of all addresses that name a variant, those included that a later Wagtail may add."""
    patterns = Variant.snippet_viewset.get_urlpatterns()
    return [one.name for one in patterns if "pk" in one.pattern.regex.groupindex]


def test_wagtail_has_views_of_one_variant() -> None:
    assert {"edit", "history", "revisions_compare", "workflow_action"} <= set(views_of_one_variant())


@pytest.mark.parametrize("view", views_of_one_variant())
def test_no_view_of_others_variants_answers_or_acts(
    author: Client, make_variant: Callable[..., Variant], view: str
) -> None:
    variant = make_variant("v", regions=["vn-15"])
    values = {
        "pk": variant.pk,
        "revision_id": variant.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
        "task_id": 1,
        "task_state_id": 1,
        "workflow_state_id": 1,
    }
    for found in Variant.snippet_viewset.get_urlpatterns():
        if found.name == view:
            names = found.pattern.regex.groupindex
            address = reverse(f"wagtailsnippets_catalogue_variant:{view}", kwargs={n: values[n] for n in names})
            for ask in (author.get, author.post):
                answer = ask(address)
                home = answer.headers.get("Location") == reverse("wagtailadmin_home")
                assert answer.status_code in {403, 404, 405} or home, (address, answer.status_code)
    variant.refresh_from_db()
    assert variant.live


@pytest.mark.parametrize("target", OTHERS)
@pytest.mark.parametrize(
    "view",
    ["edit", "delete", "history", "preview_on_edit", "lock", "unlock", "unpublish", "workflow_history", "usage"],
)
def test_every_view_of_others_variants_is_closed(
    author: Client, make_variant: Callable[..., Variant], target: dict[str, Any], view: str
) -> None:
    variant = make_variant("v", **target)
    for ask in (author.get, author.post):
        answer = ask(url(view, variant.pk))
        assert answer.status_code in {302, 403}
        if answer.status_code == 302:
            assert answer.headers["Location"] == reverse("wagtailadmin_home")
    variant.refresh_from_db()
    assert variant.live


def test_a_direct_post_to_another_provinces_variant_changes_nothing(
    author: Client, make_variant: Callable[..., Variant]
) -> None:
    variant = make_variant("v", regions=["vn-15"])
    author.post(url("edit", variant.pk), variant_fields(variant.module, "v", regions='["vn-14"]'))
    variant.refresh_from_db()
    assert variant.regions == ["vn-15"]
    assert draft_of(variant).regions == ["vn-15"]


def test_revisions_of_others_variants_are_closed(author: Client, make_variant: Callable[..., Variant]) -> None:
    variant = make_variant("v", regions=["vn-15"])
    revision = variant.latest_revision_id
    for view in ("revisions_view", "revisions_revert", "revisions_unschedule"):
        assert author.get(url(view, variant.pk, revision)).status_code in {302, 403}
    assert author.get(url("revisions_compare", variant.pk, "earliest", "latest")).status_code in {302, 403}


def test_a_new_variant_for_the_own_province_is_created(author: Client, module: Module) -> None:
    author.post(url("add"), variant_fields(module, "sl", regions='["vn-14-001"]'))
    assert Variant.objects.get(code="sl").regions == ["vn-14-001"]


@pytest.mark.parametrize("regions", ["", '["vn-15"]', '["vn-14", "vn-15"]'])
def test_a_new_variant_for_others_is_refused_with_a_reason(author: Client, module: Module, regions: str) -> None:
    page = author.post(url("add"), variant_fields(module, "x", regions=regions))
    assert not Variant.objects.exists()
    text = page.content.decode()
    assert "Say for which of your own regions" in text or "take it out" in text


def test_an_own_variant_cannot_be_given_to_another_province(
    author: Client, make_variant: Callable[..., Variant]
) -> None:
    variant = make_variant("v", regions=["vn-14"])
    author.post(url("edit", variant.pk), variant_fields(variant.module, "v", regions='["vn-15"]'))
    assert draft_of(variant).regions == ["vn-14"]


def test_an_own_variant_whose_draft_belongs_to_others_is_closed(
    author: Client, make_variant: Callable[..., Variant]
) -> None:
    variant = make_variant("v", regions=["vn-14"])
    variant.regions = ["vn-15"]
    variant.save_revision()
    assert author.get(url("edit", variant.pk)).status_code in {302, 403}


def test_publication_is_not_the_authors(author: Client, make_variant: Callable[..., Variant]) -> None:
    variant = make_variant("v", regions=["vn-14"])
    fields = variant_fields(variant.module, "v", regions='["vn-14"]', **{"action-publish": "1"})
    fields["body-0-value-text"] = "Chưa duyệt"
    author.post(url("edit", variant.pk), fields)
    variant.refresh_from_db()
    assert "Chưa duyệt" not in str(variant.body.get_prep_value())


def test_the_listing_shows_own_variants_only(author: Client, make_variant: Callable[..., Variant]) -> None:
    for number, target in enumerate([*OWN, *OTHERS]):
        make_variant(f"v-{number}-", **target)
    page = author.get(url("list")).content.decode()
    shown = {number for number in range(len(OWN) + len(OTHERS)) if f"v-{number}-" in page}
    assert shown == set(range(len(OWN)))


def test_an_author_without_a_scope_writes_nothing(client_of: Callable[..., Client], module: Module) -> None:
    client = client_of(AUTHOR)
    client.post(url("add"), variant_fields(module, "x", regions='["vn-14"]'))
    assert not Variant.objects.exists()


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_the_base_is_never_the_authors(author: Client, module: Module, view: str) -> None:
    answer = author.post(url(view, module.pk, name="module"), {"title": '"Khác"'})
    assert answer.status_code in {302, 403}
    module.refresh_from_db()
    assert module.title == {"vi": "Mật khẩu", "en": "Passwords"}
    assert draft_of(module).title == module.title


def test_the_base_can_be_read(author: Client, module: Module) -> None:
    page = author.get(url("inspect", module.pk, name="module")).content.decode()
    assert "Passwords" in page
    assert "<p>và riêng</p>" in page


def test_pickers_offer_authors_their_own_regions(author: Client) -> None:
    found = author.get(reverse("taxonomy_codes", args=["region"])).json()["results"]
    assert {one["code"] for one in found} == {"vn-14", "vn-14-001"}
    found = author.get(reverse("taxonomy_codes", args=["audience"])).json()["results"]
    assert {one["code"] for one in found} == {"farmers"}


def test_bulk_deletion_is_closed(author: Client, make_variant: Callable[..., Variant]) -> None:
    variants = [make_variant("a", regions=["vn-14"]), make_variant("b", regions=["vn-15"])]
    address = reverse("wagtail_bulk_action", args=["catalogue", "variant", "delete"])
    ids = "&".join(f"id={variant.pk}" for variant in variants)
    author.post(f"{address}?{ids}")
    assert Variant.objects.count() == 2
