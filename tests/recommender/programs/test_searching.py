"""A learner looks for a course: only what is open to them, never an empty page."""

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from curriculum_graph.releases.api import ReleaseInfo, get_graph
from recommender.engine.eligibility import open_to, profile_of
from recommender.engine.learner import Learner
from recommender.learners.api import get_learner, put_learner
from recommender.programs.links import issue_token
from tests.recommender.programs.test_pages import FARMER, NOW
from tests.support.clients import client_in

pytestmark = pytest.mark.django_db


def look(query: str = "", learner: Learner = FARMER, language: str = "vi", **chosen: str) -> str:
    put_learner(learner, at=NOW)
    address = reverse("programs:search", args=[issue_token(get_learner(learner.learner).id)])
    response = client_in(language).get(address, {"q": query, **chosen})
    assert response.status_code == 200
    return response.content.decode()


def codes(page: str) -> list[str]:
    return re.findall(r'/courses/([^/"]+)/"', page)


def test_without_words_every_course_that_is_open_is_there_and_no_other(release: ReleaseInfo) -> None:
    put_learner(FARMER, at=NOW)
    graph = get_graph(release.id)
    learner = get_learner("a").state
    is_open = open_to(graph.courses_for, profile_of(graph, learner))
    wanted = {code for code, is_it in zip(graph.course_codes, is_open, strict=True) if is_it}
    assert set(codes(look())) == wanted
    assert wanted < set(graph.course_codes)


@pytest.mark.parametrize("query", ["mat khau manh", "MẬT KHẨU MẠNH", "mat khua manh"])
def test_a_course_is_found_without_accents_and_despite_a_slip(release: ReleaseInfo, query: str) -> None:
    page = look(query)
    assert codes(page)[0] == "passwords"
    assert "<mark>Mật</mark> <mark>khẩu</mark>" in page


def test_a_locked_course_says_what_opens_it(release: ReleaseInfo) -> None:
    assert "Làm quen với điện thoại thông minh" in look("mat khau manh").split("mở sau khi học xong:")[1]


def test_a_correction_is_offered_as_a_link(release: ReleaseInfo) -> None:
    page = look("mta khau manh")
    assert "Có phải bạn muốn tìm:" in page
    assert "q=m%E1%BA%ADt+kh%E1%BA%A9u+m%E1%BA%A1nh" in page


def test_where_nothing_is_found_there_are_courses_to_take_now(release: ReleaseInfo) -> None:
    page = look("xyzzyx")
    assert "Chưa tìm thấy khóa học nào" in page
    assert codes(page)


def test_a_choice_narrows_and_can_be_removed(release: ReleaseInfo) -> None:
    page = look("", level="1")
    assert 0 < len(codes(page)) < len(codes(look()))
    assert re.search(r'href="\?q="[^>]*>Bậc 1', page)


def test_words_come_back_escaped(release: ReleaseInfo) -> None:
    assert "<script>" not in look('"><script>alert(1)</script>')


def test_the_page_is_in_english_for_who_reads_english(release: ReleaseInfo) -> None:
    assert "Find a course" in look(language="en")


def test_queries_do_not_grow_with_what_is_found(
    release: ReleaseInfo, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    put_learner(FARMER, at=NOW)
    address = reverse("programs:search", args=[issue_token(get_learner("a").id)])
    client = client_in("vi")
    client.get(address)
    with django_assert_max_num_queries(8) as few:
        client.get(address, {"q": "mat khau manh"})
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)
