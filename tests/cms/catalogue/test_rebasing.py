"""The base changes, and a variant follows it: the screen, its form, and what is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.catalogue.models import AuthorScope, Module, Variant
from cms.catalogue.roles import AUTHOR
from cms.catalogue.variants.rebasing import prepare_rebase
from cms.notices.selectors import list_notices
from tests.cms.catalogue.conftest import draft_of, variant_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

BASE = "Mở đầu\n\nThân bài\n\nKết"


def body(text: str) -> list[dict[str, Any]]:
    return [{"type": "markdown", "value": {"text": text}, "id": "a"}]


def text_of(thing: Any) -> str:
    return str(thing.body.get_prep_value()[0]["value"]["text"])


@pytest.fixture
def base(module: Module) -> Module:
    return change(module, BASE)


def change(module: Module, text: str) -> Module:
    module.body = body(text)
    module.save_revision().publish()
    module.refresh_from_db()
    return module


@pytest.fixture
def variant(base: Module) -> Variant:
    made = Variant.objects.create(module=base, code="sl", body=body(BASE), regions=["vn-14"])
    made.body = body(BASE.replace("Thân bài", "Thân bài ở Sơn La"))
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def rebase_url(variant: Variant) -> str:
    return reverse("wagtailsnippets_catalogue_variant:rebase", args=[variant.pk])


def sent(variant: Variant, **choices: str) -> dict[str, str]:
    variant.refresh_from_db()
    return {"draft": str(variant.latest_revision_id), "base": Module.objects.get().version, **choices}


def test_what_only_the_base_changed_is_taken_and_what_only_the_author_changed_stays(
    admin_client: Client, base: Module, variant: Variant
) -> None:
    change(base, BASE.replace("Mở đầu", "Lời mở đầu"))
    page = admin_client.get(rebase_url(variant)).content.decode()
    assert "<del>Mở</del><ins>Lời mở</ins> đầu" in page
    answer = admin_client.post(rebase_url(variant), sent(variant, **{"take-0.text.0": "new"}))
    assert answer.status_code == 302
    draft = draft_of(variant)
    assert text_of(draft) == "Lời mở đầu\n\nThân bài ở Sơn La\n\nKết"
    assert not draft.is_outdated


def test_what_is_live_is_not_touched_and_history_undoes_it(
    admin_client: Client, base: Module, variant: Variant
) -> None:
    change(base, BASE.replace("Mở đầu", "Lời mở đầu"))
    before = variant.latest_revision
    admin_client.post(rebase_url(variant), sent(variant, **{"take-0.text.0": "new"}))
    variant.refresh_from_db()
    assert text_of(variant) == BASE.replace("Thân bài", "Thân bài ở Sơn La")
    assert variant.is_outdated
    assert variant.revisions.count() == 2
    assert before.as_object().is_outdated


def test_a_conflict_is_not_decided_by_anybody_else(admin_client: Client, base: Module, variant: Variant) -> None:
    change(base, BASE.replace("Thân bài", "Thân bài mới"))
    page = admin_client.post(rebase_url(variant), sent(variant)).content.decode()
    assert "choose what to take" in page
    assert draft_of(variant).is_outdated


@pytest.mark.parametrize(
    ("take", "middle"),
    [
        ("theirs", ["Thân bài ở Sơn La"]),
        ("new", ["Thân bài mới"]),
        ("both", ["Thân bài ở Sơn La", "Thân bài mới"]),
        ("edit", ["Thân bài mới ở Sơn La"]),
    ],
)
def test_a_conflict_is_decided_by_the_author(
    admin_client: Client, base: Module, variant: Variant, take: str, middle: list[str]
) -> None:
    change(base, BASE.replace("Thân bài", "Thân bài mới"))
    by_hand = {"take-0.text.1": take, "text-0.text.1": "Thân bài mới ở Sơn La"}
    admin_client.post(rebase_url(variant), sent(variant, **by_hand))
    assert text_of(draft_of(variant)).split("\n\n") == ["Mở đầu", *middle, "Kết"]


def test_writing_by_hand_needs_words(admin_client: Client, base: Module, variant: Variant) -> None:
    change(base, BASE.replace("Thân bài", "Thân bài mới"))
    page = admin_client.post(rebase_url(variant), sent(variant, **{"take-0.text.1": "edit", "text-0.text.1": " "}))
    assert "Write what is to stand here" in page.content.decode()


def test_who_takes_nothing_over_keeps_everything_and_is_asked_no_more(
    admin_client: Client, base: Module, variant: Variant
) -> None:
    change(base, "Khác hẳn")
    admin_client.post(rebase_url(variant), sent(variant, keep="1"))
    assert text_of(draft_of(variant)) == text_of(variant)
    assert not draft_of(variant).is_outdated


def test_what_changed_while_the_screen_was_open_is_shown_first(
    admin_client: Client, base: Module, variant: Variant
) -> None:
    change(base, BASE.replace("Mở đầu", "Lời mở đầu"))
    form = sent(variant, keep="1")
    change(base, BASE.replace("Mở đầu", "Lời đầu"))
    assert "was changed meanwhile" in admin_client.post(rebase_url(variant), form).content.decode()
    assert draft_of(variant).is_outdated


def test_own_minutes_that_the_base_changes_are_asked_about(base: Module, variant: Variant) -> None:
    base.minutes = 10
    base.save_revision().publish()
    variant.minutes, variant.base_version = 20, Module.objects.get().version
    variant.save()
    base.minutes = 15
    base.save_revision().publish()
    assert [question.name for question in prepare_rebase(Variant.objects.get()).questions] == ["settings.minutes.0"]


def test_a_variant_of_unknown_origin_is_compared_by_hand(admin_client: Client, base: Module, variant: Variant) -> None:
    Variant.objects.update(base_version="0" * 64)
    variant.latest_revision.content["base_version"] = "0" * 64
    variant.latest_revision.save()
    assert "Nobody knows" in admin_client.get(rebase_url(variant)).content.decode()
    admin_client.post(rebase_url(variant), sent(variant, keep="1"))
    assert not draft_of(variant).is_outdated


def test_the_editor_and_the_log_say_so(admin_client: Client, base: Module, variant: Variant) -> None:
    change(base, BASE.replace("Mở đầu", "Lời mở đầu"))
    editor = reverse("wagtailsnippets_catalogue_variant:edit", args=[variant.pk])
    assert rebase_url(variant) in admin_client.get(editor).content.decode()
    admin_client.post(rebase_url(variant), sent(variant, keep="1"))
    history = reverse("wagtailsnippets_catalogue_variant:history", args=[variant.pk])
    assert "Put on the newest base" in admin_client.get(history).content.decode()


@pytest.fixture
def author(client_of: Callable[..., Client]) -> Client:
    client = client_of(AUTHOR)
    AuthorScope.objects.create(user=client.user, regions=["vn-14"])  # type: ignore[attr-defined]
    return client


def test_a_provincial_author_adapts_the_base_for_their_region(author: Client, base: Module) -> None:
    page = author.get(reverse("wagtailsnippets_catalogue_module:variants", args=[base.pk])).content.decode()
    add = reverse("wagtailsnippets_catalogue_variant:add")
    assert f"{add}?module={base.pk}&amp;copy=1" in page
    form = author.get(f"{add}?module={base.pk}&copy=1")
    start = form.context["form"].instance
    assert (start.regions, start.code, text_of(start)) == (["vn-14"], "vn-14", BASE)
    fields = variant_fields(base, "vn-14", regions='["vn-14"]', stands_on=base.version)
    change(base, "Đổi trong lúc viết")
    author.post(add, fields)
    assert Variant.objects.get().is_outdated


def test_a_provincial_author_merges_their_own_variant(author: Client, base: Module, variant: Variant) -> None:
    change(base, BASE.replace("Mở đầu", "Lời mở đầu"))
    assert author.post(rebase_url(variant), sent(variant, keep="1")).status_code == 302
    assert not draft_of(variant).is_outdated


def test_a_locked_variant_is_not_merged(admin_client: Client, base: Module, variant: Variant) -> None:
    change(base, "Khác")
    variant.refresh_from_db()
    variant.locked = True
    variant.save()
    assert admin_client.post(rebase_url(variant), sent(variant, keep="1")).status_code == 302
    assert draft_of(variant).is_outdated


def test_the_author_is_told_once_and_whoever_changed_the_base_is_not(
    base: Module, variant: Variant, django_user_model: Any, django_capture_on_commit_callbacks: Any
) -> None:
    writer, publisher = (django_user_model.objects.create_user(name) for name in ("writer", "publisher"))
    variant.save_revision(user=writer).publish()
    with django_capture_on_commit_callbacks(execute=True):
        base.body = body("Khác")
        base.save_revision(user=publisher).publish()
    [notice] = list_notices(writer)
    assert notice.url == rebase_url(variant)
    assert list(list_notices(publisher)) == []


def test_who_has_many_variants_is_told_once_of_all(
    base: Module, django_user_model: Any, django_capture_on_commit_callbacks: Any
) -> None:
    writer = django_user_model.objects.create_user("writer")
    for number in range(11):
        Variant.objects.create(module=base, code=f"v{number}").save_revision(user=writer).publish()
    with django_capture_on_commit_callbacks(execute=True):
        change(base, "Khác")
    [notice] = list_notices(writer)
    assert notice.data == {"count": 11}
