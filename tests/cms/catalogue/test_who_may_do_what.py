"""Each action tried as each role, by the request that its button or address makes: the table below is the rule."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.catalogue.models import Asset, AuthorScope, CoursePage, Module, TestItem, Variant
from cms.catalogue.roles import (
    AUDITOR,
    AUTHOR,
    DESIGNER,
    LANGUAGE_REVIEWER,
    OPERATOR,
    PUBLISHER,
    ROLES,
    SUBJECT_REVIEWER,
    TAXONOMIST,
    TRANSLATOR,
)
from cms.taxonomy.models import Region
from tests.cms.catalogue.conftest import course_fields, draft_of, variant_fields
from tests.cms.catalogue.test_roles import module_fields

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset(ROLES)
REVIEWERS = {SUBJECT_REVIEWER, LANGUAGE_REVIEWER}
WRITERS = {DESIGNER, PUBLISHER} | REVIEWERS
SCOPED = {AUTHOR, TRANSLATOR}


@dataclass
class Scene:
    """What there is to act on, and who acts."""

    client: Client
    subject: Page
    course: CoursePage
    module: Module
    for_son_la: Variant
    for_lao_cai: Variant
    in_english: Variant
    region: Region
    item: TestItem


def snippet(name: str, view: str, *args: Any, app: str = "catalogue") -> str:
    return reverse(f"wagtailsnippets_{app}_{name}:{view}", args=args)


def page(view: str, *args: Any) -> str:
    return reverse(f"wagtailadmin_pages:{view}", args=args)


@pytest.fixture
def scene(
    client_of: Callable[..., Client],
    world: dict[str, Any],
    subject: Page,
    make_course: Callable[..., CoursePage],
    module: Module,
    make_variant: Callable[..., Variant],
) -> Callable[[str], Scene]:
    """Return a maker of scenes: a member of the role, whose scope is the province Sơn La and the language English."""

    def make(role: str) -> Scene:
        client = client_of(role)
        AuthorScope.objects.create(user=client.user, regions=["vn-14"], languages=["en"])  # type: ignore[attr-defined]
        course = make_course("c1", modules=["m1"])
        course.save_revision().publish()
        item = TestItem.objects.create(
            code="q1", competence="tt02:4.1", level=1, kind="text_entry", prompt="Câu hỏi", correct=["a"]
        )
        return Scene(
            client, subject, CoursePage.objects.get(), module,
            make_variant("sl", regions=["vn-14"]), make_variant("lc", regions=["vn-15"]),
            make_variant("anh", languages=["en"]), world["commune"], item,
        )  # fmt: skip

    return make


def opens(address: str, client: Client) -> bool:
    return client.get(address).status_code == 200


def writes_variant(s: Scene, variant: Variant, **target: str) -> bool:
    s.client.post(snippet("variant", "edit", variant.pk), variant_fields(s.module, variant.code, minutes="7", **target))
    return bool(draft_of(variant).minutes == 7)


def adds_variant(s: Scene, **target: str) -> bool:
    s.client.post(snippet("variant", "add"), variant_fields(s.module, "moi", **target))
    return Variant.objects.filter(code="moi").exists()


def writes_module(s: Scene, **button: str) -> bool:
    s.client.post(snippet("module", "edit", s.module.pk), module_fields("m1", minutes="7", **button))
    return bool((Module.objects.get() if button else draft_of(s.module)).minutes == 7)


def writes_course(s: Scene, **button: str) -> bool:
    s.client.post(page("edit", s.course.pk), course_fields("c1", minutes="7", **button))
    return bool((CoursePage.objects.get() if button else draft_of(s.course)).minutes == 7)


def adds_course(s: Scene) -> bool:
    s.client.post(page("add", "catalogue", "coursepage", s.subject.pk), course_fields("c2"))
    return CoursePage.objects.filter(code="c2").exists()


def deletes_in_bulk(s: Scene, label: str, model: str, thing: Any) -> bool:
    address = reverse("wagtail_bulk_action", args=[label, model, "delete"])
    s.client.post(f"{address}?id={thing.pk}")
    return not type(thing).objects.filter(pk=thing.pk).exists()


def deletes_module(s: Scene) -> bool:
    free = Module.objects.create(code="m9", title="Rời")
    return deletes_in_bulk(s, "catalogue", "module", free)


def unpublishes(s: Scene, address: str, thing: Any) -> bool:
    s.client.post(address)
    return not type(thing).objects.get(pk=thing.pk).live


def unpublishes_in_bulk(s: Scene) -> bool:
    s.client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'unpublish'])}?id={s.course.pk}")
    return not CoursePage.objects.get().live


def locks(s: Scene, address: str, thing: Any) -> bool:
    s.client.post(address)
    return bool(type(thing).objects.get(pk=thing.pk).locked)


def offers(s: Scene, model: str, code: str) -> bool:
    answer = s.client.get(reverse(f"wagtailsnippetchoosers_catalogue_{model}:choose"))
    return answer.status_code == 200 and f"({code})" in answer.json()["html"]


def lists(s: Scene, model: str, words: str) -> bool:
    answer = s.client.get(snippet(model, "list"))
    return answer.status_code == 200 and bool(re.search(words, answer.content.decode()))


def explores(s: Scene) -> bool:
    answer = s.client.get(reverse("courses:index"))
    return answer.status_code == 200 and "Khoá c1" in answer.content.decode()


def asks_api(s: Scene) -> bool:
    answer = s.client.get("/admin/api/main/pages/")
    return answer.status_code == 200 and any(row["id"] == s.course.pk for row in answer.json()["items"])


def previews(s: Scene, address: str, fields: dict[str, str]) -> bool:
    answer = s.client.post(address, fields)
    return answer.status_code == 200 and bool(answer.json()["is_valid"])


def writes_region(s: Scene) -> bool:
    fields = {"code": s.region.code, "title": '"Đổi"', "parent": str(s.region.parent_id)}
    s.client.post(snippet("region", "edit", s.region.pk, app="taxonomy"), fields)
    return bool(Region.objects.get(pk=s.region.pk).title == "Đổi")


def adds_file(s: Scene) -> bool:
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("a.txt", b"abc", "text/plain")
    s.client.post(
        snippet("asset", "add"), {"code": "f1", "upload": upload, "file_name": "", "licence": "", "attribution": ""}
    )
    return Asset.objects.exists()


def gives_scope(s: Scene) -> bool:
    from django.contrib.auth import get_user_model

    other = get_user_model().objects.create_user("other")
    fields = {"user": str(other.pk), "regions": '["vn-14"]', "audiences": "", "languages": ""}
    s.client.post(snippet("authorscope", "add"), fields)
    return AuthorScope.objects.filter(user=other).exists()


PUBLISH = {"action-publish": "1"}
SON_LA, LAO_CAI, ENGLISH = {"regions": '["vn-14"]'}, {"regions": '["vn-15"]'}, {"languages": '["en"]'}
TABLE: dict[str, tuple[Callable[[Scene], bool], set[str] | frozenset[str]]] = {
    "enter the admin": (lambda s: opens(reverse("wagtailadmin_home"), s.client), EVERYBODY),
    "list the courses": (explores, EVERYBODY),
    "read a course": (lambda s: opens(reverse("catalogue_course", args=[s.course.pk]), s.client), EVERYBODY),
    "write a course": (writes_course, WRITERS),
    "add a course": (adds_course, {DESIGNER, PUBLISHER}),
    "publish a course": (lambda s: writes_course(s, **PUBLISH), {PUBLISHER}),
    "unpublish a course": (lambda s: unpublishes(s, page("unpublish", s.course.pk), s.course), {PUBLISHER}),
    "unpublish courses in bulk": (unpublishes_in_bulk, {PUBLISHER}),
    "delete courses in bulk": (lambda s: deletes_in_bulk(s, "wagtailcore", "page", s.course), {PUBLISHER}),
    "lock a course": (lambda s: locks(s, page("lock", s.course.pk), s.course), REVIEWERS | {PUBLISHER}),
    "preview a course": (
        lambda s: previews(s, page("preview_on_edit", s.course.pk), course_fields("c1")), WRITERS,
    ),
    "see the draft of a course": (lambda s: opens(page("view_draft", s.course.pk), s.client), WRITERS),
    "ask the admin's API for a course": (asks_api, WRITERS),
    "list the modules": (lambda s: lists(s, "module", "Passwords"), EVERYBODY),
    "read a module": (lambda s: opens(snippet("module", "inspect", s.module.pk), s.client), EVERYBODY),
    "read the history of a module": (lambda s: opens(snippet("module", "history", s.module.pk), s.client), EVERYBODY),
    "choose a module": (lambda s: offers(s, "module", "m1"), EVERYBODY),
    "write a module": (writes_module, WRITERS),
    "publish a module": (lambda s: writes_module(s, **PUBLISH), {PUBLISHER}),
    "unpublish a module": (
        lambda s: unpublishes(s, snippet("module", "unpublish", s.module.pk), s.module), {PUBLISHER},
    ),
    "delete modules in bulk": (deletes_module, {PUBLISHER}),
    "lock a module": (
        lambda s: locks(s, snippet("module", "lock", s.module.pk), s.module), REVIEWERS | {PUBLISHER},
    ),
    "preview a module": (
        lambda s: previews(s, snippet("module", "preview_on_edit", s.module.pk), module_fields("m1")), WRITERS,
    ),
    "list the variant of one's province": (lambda s: lists(s, "variant", r">\s*sl\s*<"), EVERYBODY - {TRANSLATOR}),
    "list the variant of another province": (lambda s: lists(s, "variant", r">\s*lc\s*<"), EVERYBODY - SCOPED),
    "list the variant in one's language": (lambda s: lists(s, "variant", r">\s*anh\s*<"), EVERYBODY - {AUTHOR}),
    "choose the variant of another province": (lambda s: offers(s, "variant", "lc"), EVERYBODY - SCOPED),
    "read the variant of another province": (
        lambda s: opens(snippet("variant", "inspect", s.for_lao_cai.pk), s.client), EVERYBODY - SCOPED,
    ),
    "write the variant of one's province": (lambda s: writes_variant(s, s.for_son_la, **SON_LA), WRITERS | {AUTHOR}),
    "write the variant of another province": (lambda s: writes_variant(s, s.for_lao_cai, **LAO_CAI), WRITERS),
    "take the variant of another province": (lambda s: writes_variant(s, s.for_lao_cai, **SON_LA), WRITERS),
    "give one's variant to another province": (lambda s: writes_variant(s, s.for_son_la, **LAO_CAI), WRITERS),
    "write the variant in one's language": (
        lambda s: writes_variant(s, s.in_english, **ENGLISH), WRITERS | {TRANSLATOR},
    ),
    "add a variant for one's province": (
        lambda s: adds_variant(s, **SON_LA), {DESIGNER, PUBLISHER, AUTHOR},
    ),
    "add a variant in one's language": (
        lambda s: adds_variant(s, **ENGLISH), {DESIGNER, PUBLISHER, TRANSLATOR},
    ),
    "add a variant for another province": (lambda s: adds_variant(s, **LAO_CAI), {DESIGNER, PUBLISHER}),
    "publish a variant": (
        lambda s: unpublishes(s, snippet("variant", "unpublish", s.for_son_la.pk), s.for_son_la), {PUBLISHER},
    ),
    "delete variants in bulk": (
        lambda s: deletes_in_bulk(s, "catalogue", "variant", s.for_son_la), {PUBLISHER},
    ),
    "preview the variant of one's province": (
        lambda s: previews(
            s, snippet("variant", "preview_on_edit", s.for_son_la.pk), variant_fields(s.module, "sl", **SON_LA)
        ),
        WRITERS | {AUTHOR},
    ),
    "preview the variant of another province": (
        lambda s: previews(
            s, snippet("variant", "preview_on_edit", s.for_lao_cai.pk), variant_fields(s.module, "lc", **LAO_CAI)
        ),
        WRITERS,
    ),
    "list the test items": (lambda s: lists(s, "testitem", "Câu hỏi"), EVERYBODY),
    "delete test items in bulk": (lambda s: deletes_in_bulk(s, "catalogue", "testitem", s.item), {PUBLISHER}),
    "add a file": (adds_file, {DESIGNER, PUBLISHER, AUTHOR}),
    "write a region": (writes_region, {PUBLISHER, TAXONOMIST}),
    "give somebody a scope": (gives_scope, {PUBLISHER}),
    "read the releases": (
        lambda s: opens(reverse("editorial_releases"), s.client), {PUBLISHER, OPERATOR, AUDITOR},
    ),
    "open the publication of a release": (lambda s: opens(reverse("editorial_publish"), s.client), {PUBLISHER}),
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("action", TABLE)
def test_who_may(scene: Callable[[str], Scene], action: str, role: str) -> None:
    act, allowed = TABLE[action]
    assert act(scene(role)) == (role in allowed)
