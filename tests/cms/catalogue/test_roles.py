"""What each group may do, tried as its member."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, WorkflowContentType

from cms.catalogue.models import CoursePage, Module, TestItem
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
    make_groups,
)
from cms.taxonomy.models import Region
from tests.cms.catalogue.conftest import course_fields, draft_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
MAY_WRITE_MODULES = {DESIGNER, SUBJECT_REVIEWER, LANGUAGE_REVIEWER, PUBLISHER}


def url(name: str, view: str, *args: Any, app: str = "catalogue") -> str:
    return reverse(f"wagtailsnippets_{app}_{name}:{view}", args=args)


def module_fields(code: str, **fields: str) -> dict[str, str]:
    return {"code": code, "title": '"Tên"', "body-count": "0", "minutes": "", "megabytes": "", "owner": "", **fields}


def test_groups_are_made_once_however_often() -> None:
    before = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    make_groups()
    after = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    assert before == after
    assert set(ROLES) <= set(after)


def test_what_an_administrator_grants_besides_stays() -> None:
    from django.contrib.auth.models import Permission

    extra = Permission.objects.get(codename="delete_asset")
    Group.objects.get(name=DESIGNER).permissions.add(extra)
    make_groups()
    assert extra in Group.objects.get(name=DESIGNER).permissions.all()


def test_reviewers_of_an_earlier_version_lose_nothing() -> None:
    Group.objects.filter(name__in=[SUBJECT_REVIEWER, LANGUAGE_REVIEWER]).delete()
    earlier = Group.objects.create(name="Người duyệt (Reviewers)")
    user = get_user_model().objects.create_user("one")
    user.groups.add(earlier)
    make_groups()
    assert set(user.groups.values_list("name", flat=True)) == {SUBJECT_REVIEWER, LANGUAGE_REVIEWER}


def test_every_permission_that_a_role_names_exists() -> None:
    for name, role in ROLES.items():
        group = Group.objects.get(name=name)
        found = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        assert found >= role.permissions
        assert GroupPagePermission.objects.filter(group=group).count() == len(role.pages)


def test_content_is_reviewed_in_a_workflow() -> None:
    assert WorkflowContentType.objects.count() == 3
    for model in (Module, TestItem):
        assert model.get_default_workflow() is not None


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_change_a_module(client_of: Callable[..., Client], module: Module, role: str) -> None:
    client_of(role).post(url("module", "edit", module.pk), module_fields("m1", title='"Đổi"'))
    changed = draft_of(module).title == "Đổi"
    assert changed == (role in MAY_WRITE_MODULES)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_publish_a_module(client_of: Callable[..., Client], module: Module, role: str) -> None:
    fields = module_fields("m1", title='"Đổi"', **{"action-publish": "1"})
    client_of(role).post(url("module", "edit", module.pk), fields)
    module.refresh_from_db()
    assert (module.title == "Đổi") == (role == PUBLISHER)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_change_a_region(client_of: Callable[..., Client], role: str) -> None:
    client_of(role).post(url("region", "add", app="taxonomy"), {"code": "vn-99", "title": '"Mới"'})
    assert Region.objects.filter(code="vn-99").exists() == (role in {PUBLISHER, TAXONOMIST})


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_write_a_course(client_of: Callable[..., Client], subject: Page, role: str) -> None:
    address = reverse("wagtailadmin_pages:add", args=["catalogue", "coursepage", subject.pk])
    client_of(role).post(address, course_fields("c1"))
    assert CoursePage.objects.exists() == (role in {DESIGNER, PUBLISHER})


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_publish_a_course(
    client_of: Callable[..., Client], make_course: Callable[..., CoursePage], role: str
) -> None:
    course = make_course("c1")
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    client_of(role).post(address, course_fields("c1", **{"action-publish": "1"}))
    course.refresh_from_db()
    assert (course.title_text == {"vi": "Khoá mới", "en": "New course"}) == (role == PUBLISHER)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everybody_enters_the_admin(client_of: Callable[..., Client], role: str) -> None:
    assert client_of(role).get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize("role", [OPERATOR, AUDITOR])
@pytest.mark.parametrize("name", ["module", "variant", "testitem", "asset"])
def test_those_who_only_read_see_the_listings(client_of: Callable[..., Client], role: str, name: str) -> None:
    assert client_of(role).get(url(name, "list")).status_code == 200


@pytest.mark.parametrize("role", sorted(set(ROLES) - {PUBLISHER}))
def test_scopes_of_authors_are_given_by_publishers_alone(client_of: Callable[..., Client], role: str) -> None:
    client = client_of(role)
    fields = {"user": str(client.user.pk), "regions": '["vn-14"]', "audiences": ""}  # type: ignore[attr-defined]
    assert client.post(url("authorscope", "add"), fields).status_code in {302, 403}
    assert not hasattr(client.user, "author_scope")  # type: ignore[attr-defined]


def test_an_author_may_not_touch_courses(
    client_of: Callable[..., Client], make_course: Callable[..., CoursePage]
) -> None:
    course = make_course("c1")
    answer = client_of(AUTHOR).get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
    assert answer.status_code in {302, 403}
