"""Listings ask the database no more often for more rows or more rights."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.catalogue.models import AuthorScope, CoursePage, SubjectPage, Variant
from cms.catalogue.roles import AUTHOR, DESIGNER, SUBJECT_REVIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
PAGE_RIGHTS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")


def queries(client: Client, address: str) -> int:
    client.get(address)  # content types and permissions of the process
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def many_rights(places: int, user: Any, subject: Page) -> None:
    """Give somebody every right at many places, those of the courses below them included."""
    group = Group.objects.create(name="many")
    user.groups.set([group])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    made = [subject.get_parent().add_child(instance=SubjectPage(title=f"S{n}", slug=f"s{n}")) for n in range(places)]
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{right}_page" for right in PAGE_RIGHTS]
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=page, permission=right) for page in [subject, *made] for right in rights
    )


@pytest.fixture
def in_review(make_course: Callable[..., CoursePage], client_of: Callable[..., Client]) -> Callable[[int, int], None]:
    """Return a maker of courses that are being reviewed."""
    submitter = client_of(DESIGNER, "submitter").user  # type: ignore[attr-defined]

    def make(first: int, last: int) -> None:
        for number in range(first, last):
            course = make_course(f"c{number}")
            course.save_revision(user=submitter)
            workflow = course.get_workflow()
            assert workflow is not None
            workflow.start(course, submitter)

    return make


def test_courses_in_review_ask_no_more_each(
    client_of: Callable[..., Client], in_review: Callable[[int, int], None]
) -> None:
    client = client_of(SUBJECT_REVIEWER)
    in_review(0, 3)
    few = queries(client, reverse("courses:index"))
    in_review(3, 12)
    assert queries(client, reverse("courses:index")) == few < 40


def test_rights_at_many_places_ask_no_more(
    client_of: Callable[..., Client], in_review: Callable[[int, int], None], subject: Page
) -> None:
    client = client_of(DESIGNER)
    many_rights(34, client.user, subject)  # type: ignore[attr-defined]
    in_review(0, 3)
    few = queries(client, reverse("courses:index"))
    in_review(3, 12)
    assert queries(client, reverse("courses:index")) == few < 40


def test_variants_of_a_limited_author_ask_no_more_each(
    client_of: Callable[..., Client], make_variant: Callable[..., Variant]
) -> None:
    client = client_of(AUTHOR)
    AuthorScope.objects.create(user=client.user, regions=["vn-14"])  # type: ignore[attr-defined]
    for number in range(3):
        make_variant(f"a{number}", regions=["vn-14"])
    address = reverse("wagtailsnippets_catalogue_variant:list")
    few = queries(client, address)
    for number in range(9):
        make_variant(f"b{number}", regions=["vn-14"])
    assert queries(client, address) == few < 40
