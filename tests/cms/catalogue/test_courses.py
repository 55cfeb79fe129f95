"""The listing of courses: filters in the address, titles in the reader's language, days since the last change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cms.catalogue.models import CoursePage, Module, Variant
from tests.support.clients import client_in

Make = Callable[..., CoursePage]


def codes_in(client: Client, **asked: Any) -> set[str]:
    """Return the codes of the listed courses."""
    response = client.get(reverse("courses:index"), asked)
    assert response.status_code == 200
    return {course.code for course in response.context["object_list"]}


def test_courses_not_changed_for_long_are_found(admin_client: Client, world: Any, make_course: Make) -> None:
    old, new = make_course("old"), make_course("new")
    for course, days in ((old, 100), (new, 1)):
        at = timezone.now() - timedelta(days=days)
        CoursePage.objects.filter(pk=course.pk).update(latest_revision_created_at=at)
    assert codes_in(admin_client, changed="90") == {"old"}


def test_courses_with_variants_behind_their_base_are_found(
    admin_client: Client, world: Any, make_course: Make, module: Module, make_variant: Callable[..., Variant]
) -> None:
    make_course("with", modules=["m1"])
    make_course("without")
    make_variant("v")
    Variant.objects.update(base_version="0" * 64)
    assert codes_in(admin_client, behind="true") == {"with"}


def test_a_title_is_shown_in_the_language_of_the_reader(admin_client: Client, world: Any, make_course: Make) -> None:
    make_course("a", title_text={"vi": "Mật khẩu", "en": "Passwords"})
    page = admin_client.get(reverse("courses:index")).content.decode()
    assert "Passwords" in page


def test_a_title_without_an_english_text_is_shown_in_vietnamese(make_course: Make) -> None:
    course = make_course("a", title_text="Mật khẩu")
    with override("en"):
        assert course.get_admin_display_title() == "Mật khẩu"


def test_the_listing_says_how_many_days_ago_a_course_changed(
    admin_client: Client, world: Any, make_course: Make
) -> None:
    course = make_course("a")
    at = timezone.now() - timedelta(days=3, minutes=1)
    CoursePage.objects.filter(pk=course.pk).update(latest_revision_created_at=at)
    assert "3 days ago" in admin_client.get(reverse("courses:index")).content.decode()


def test_a_shelf_lists_its_courses_with_the_same_columns(admin_client: Client, world: Any, make_course: Make) -> None:
    course = make_course("a", title_text={"vi": "Mật khẩu", "en": "Passwords"})
    page = admin_client.get(reverse("wagtailadmin_explore", args=[course.get_parent().pk])).content.decode()
    assert reverse("wagtailadmin_pages:history", args=[course.pk]) in page


def test_the_headings_are_vietnamese_for_vietnamese_readers(
    admin_client: Client, world: Any, make_course: Make
) -> None:
    make_course("a")
    client = client_in("vi")
    client.force_login(get_user_model().objects.get(username="root-of-all"))
    assert "Lần sửa cuối" in client.get(reverse("courses:index")).content.decode()
