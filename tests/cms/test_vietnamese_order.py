"""Lists follow the Vietnamese alphabet, in Python, on SQLite and on PostgreSQL alike."""

from itertools import pairwise

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from taggit.models import Tag
from wagtail.models import Page

from cms.catalogue.models import CoursePage
from cms.catalogue.slugs import slug_for
from cms.vietnamese.collating import order_by_text
from cms.vietnamese.sorting import LETTERS, compare, sort_key

IN_ORDER = [
    "– Mở đầu", "12 bước", "An toàn", "ăn", "ân", "Ba", "bà", "bả", "bã", "bá", "bạ", "bà con", "ba mươi", "bán",
    "băng", "Cà Mau", "Da", "Đà Nẵng", "Đồng Nai", "em", "Ê đê", "Gia Lai", "học", "hồ sơ", "Khóa học", "lộ trình",
    "mật khẩu", "nghề", "ong", "ông", "ơn", "phân số", "Quảng Trị", "tổ", "tơ", "ưa", "vẽ", "web", "y tế",
]  # fmt: skip
WORDS = st.text(alphabet="aàảãáạăâbdđeêoôơưDĐ ", max_size=6)


def test_titles_stand_in_the_order_of_the_alphabet_then_of_tones() -> None:
    assert sorted(set(IN_ORDER), key=sort_key) == IN_ORDER


@pytest.mark.parametrize(("one", "next_one"), list(pairwise(LETTERS)))
def test_each_letter_comes_before_the_next(one: str, next_one: str) -> None:
    assert compare(one + "z", next_one + "a") < 0


@pytest.mark.parametrize(("one", "next_one"), [("ma", "mà"), ("mà", "mả"), ("mả", "mã"), ("mã", "má"), ("má", "mạ")])
def test_tones_decide_between_the_same_letters(one: str, next_one: str) -> None:
    assert compare(one, next_one) < 0
    assert compare(one + "z", next_one + "a") > 0


@given(WORDS, WORDS, WORDS)
def test_the_order_is_one(a: str, b: str, c: str) -> None:
    assert compare(a, b) == -compare(b, a)
    assert compare(a, c) <= 0 or compare(a, b) > 0 or compare(b, c) > 0
    assert (compare(a, b) == 0) == (a == b)


def test_both_encodings_of_an_accent_are_the_same() -> None:
    assert sort_key("Ti\u1ebfng") == sort_key("Tie\u0302\u0301ng")


@pytest.mark.django_db
@pytest.mark.parametrize("ordering", ["name", "-name"])
def test_databases_order_as_python_does(ordering: str) -> None:
    Tag.objects.bulk_create(Tag(name=name, slug=str(place)) for place, name in enumerate(sorted(IN_ORDER)))
    rows: QuerySet[Tag] = Tag.objects.all()
    found = list(order_by_text(rows, ordering).values_list("name", flat=True))
    assert found == (IN_ORDER if ordering == "name" else IN_ORDER[::-1])


@pytest.mark.parametrize(("code", "slug"), [("Đồng Nai", "dong-nai-"), ("BÀI-01", "bai-01-"), ("đ", "d-")])
def test_addresses_have_no_accents(code: str, slug: str) -> None:
    assert slug_for(code).startswith(slug)
    assert slug_for(code).isascii()


def test_a_code_that_can_be_an_address_is_one() -> None:
    assert slug_for("dv-nop-ho-so") == "dv-nop-ho-so"


@pytest.mark.django_db
def test_the_list_of_courses_follows_the_alphabet(admin_client: Client) -> None:
    root = Page.objects.get(depth=1)
    for place, title in enumerate(["Đọc bản đồ", "Ăn uống lành mạnh", "Dùng bản đồ", "An toàn trên mạng"]):
        root.add_child(instance=CoursePage(title=title, title_text=title, code=f"c{place}", minutes=10))
    found = admin_client.get(reverse("courses:index"), {"ordering": "title"}).context["object_list"]
    assert [course.title for course in found] == [
        "An toàn trên mạng", "Ăn uống lành mạnh", "Dùng bản đồ", "Đọc bản đồ",
    ]  # fmt: skip
