import re
import time
from datetime import UTC, datetime

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from recommender.engine.learner import Event, Learner, LearnerGoal, Mastered
from recommender.learners.api import erase_learner, get_learner, put_learner, record_events
from recommender.programs.links import LIFETIME, SALT, issue_token
from tests.factories.curricula import small_curriculum
from tests.support.clients import client_in

NOW = datetime(2026, 11, 20, tzinfo=UTC)
FARMER = Learner(
    learner="a", audiences=("farmer",), languages=("vi",), region="lao-cai", goals=(LearnerGoal(course="wallet"),)
)


def page(learner: Learner, path: str = "path", language: str = "vi", *args: str) -> tuple[int, str]:
    put_learner(learner, at=NOW)
    return visit(learner.learner, path, language, *args)


def visit(pseudonym: str, path: str = "path", language: str = "vi", *args: str) -> tuple[int, str]:
    address = reverse(f"programs:{path}", args=[issue_token(get_learner(pseudonym).id), *args])
    response = client_in(language).get(address)
    return response.status_code, " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_next_course_comes_first_with_its_time_and_what_it_opens(release: ReleaseInfo) -> None:
    status, text = page(FARMER)
    assert status == 200
    assert "Tiếp theo Làm quen với điện thoại thông minh 25 phút Học xong sẽ mở: Mật khẩu mạnh" in text


def test_the_page_is_in_english_for_who_reads_english(release: ReleaseInfo) -> None:
    _status, text = page(FARMER, "path", "en")
    assert "Next Getting to know your smartphone 25 minutes It opens: Strong passwords" in text


def test_a_locked_course_says_in_words_what_opens_it(release: ReleaseInfo) -> None:
    _status, text = page(FARMER)
    assert "mở sau khi học xong: Làm quen với điện thoại thông minh" in text


def test_without_goals_the_learner_can_choose_a_programme_and_gets_a_path(release: ReleaseInfo) -> None:
    put_learner(Learner(learner="a", audiences=("farmer",)), at=NOW)
    _status, text = visit("a")
    assert "Bạn muốn học gì?" in text
    client = Client()
    address = reverse("programs:goals", args=[issue_token(get_learner("a").id)])
    response = client.post(address, {"programme": ["first-steps", "unknown"]}, follow=True)
    assert "Tiếp theo" in response.content.decode()
    assert get_learner("a").profile.goals == (LearnerGoal(programme="first-steps"),)


def test_whoever_comes_back_to_the_address_of_goals_sees_their_path(release: ReleaseInfo) -> None:
    put_learner(Learner(learner="a"), at=NOW)
    token = issue_token(get_learner("a").id)
    answer = Client().get(reverse("programs:goals", args=[token]))
    assert answer["Location"] == reverse("programs:path", args=[token])


def test_choosing_nothing_leaves_the_goals_as_they_are(release: ReleaseInfo) -> None:
    put_learner(FARMER, at=NOW)
    Client().post(reverse("programs:goals", args=[issue_token(get_learner("a").id)]))
    assert get_learner("a").profile == FARMER


def test_a_learner_who_has_reached_everything_is_told_what_they_know(release: ReleaseInfo) -> None:
    known = Learner(
        learner="a",
        goals=(LearnerGoal(competence="tt02:4.1", level=1),),
        mastered=(Mastered(competence="tt02:4.1", level=2),),
    )
    _status, text = page(known)
    assert "Bạn đã đạt mọi mục tiêu." in text
    assert "Bảo vệ thiết bị, bậc 1: bạn đã biết nội dung này" in text


@pytest.mark.parametrize(
    ("learner", "sentences"),
    [
        (
            Learner(learner="a", goals=(LearnerGoal(course="harbour"),)),
            ["chưa khóa nào mở", "dành cho địa phương khác, chẳng hạn:", "Nếu bạn sống ở đó, hãy sửa lại nơi ở"],
        ),
        (
            Learner(learner="a", goals=(LearnerGoal(competence="tt02:4.1", level=8),)),
            ["Chưa có khóa nào dạy", "Hiện đã có khóa học cho bậc", "khóa đó sẽ hiện ở đây"],
        ),
        (
            Learner(learner="a", minutes_budget=0, goals=(LearnerGoal(course="basics"),)),
            ["Không đủ thời gian", "Bạn cần thêm 25 phút.", "tăng thời gian học thêm 25 phút"],
        ),
    ],
)
def test_a_goal_out_of_reach_says_why_and_what_helps(
    release: ReleaseInfo, learner: Learner, sentences: list[str]
) -> None:
    _status, text = page(learner)
    assert "Hiện bạn chưa thể đạt mục tiêu nào." in text
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_a_changed_path_says_what_is_new_and_why(release: ReleaseInfo) -> None:
    page(Learner(learner="a", goals=(LearnerGoal(course="basics"),)))
    _status, text = page(Learner(learner="a", goals=(LearnerGoal(course="passwords"),)))
    assert "Lộ trình của bạn đã thay đổi" in text
    assert "Mới thêm: Mật khẩu mạnh" in text


def test_a_course_that_was_completed_is_no_news_of_a_change(release: ReleaseInfo) -> None:
    page(FARMER)
    done = Event(id="1", learner="a", verb="completed", at="2026-11-20T00:00:00Z", course="basics")
    record_events([done], at=NOW)
    _status, text = visit("a")
    assert "Lộ trình của bạn đã thay đổi" not in text
    assert "Tiếp theo Mật khẩu mạnh" in text


def test_a_goal_that_a_later_release_no_longer_has_is_out_of_reach_and_nothing_breaks(release: ReleaseInfo) -> None:
    put_learner(FARMER, at=NOW)
    courses = tuple(course for course in small_curriculum().courses if course.code != "wallet")
    without = small_curriculum(courses=courses, programmes=())
    publish_release(without, parent=release.id, actor="designer", note="second", at=NOW)
    status, text = visit("a")
    assert status == 200
    assert "Chưa có khóa nào dạy nội dung này." in text


def test_a_course_is_shown_in_the_variant_of_the_learners_region(release: ReleaseInfo) -> None:
    status, text = page(FARMER, "course", "vi", "basics")
    assert status == 200
    assert "sóng ở Lào Cai" in text


def test_a_body_says_which_language_it_is_in(release: ReleaseInfo) -> None:
    put_learner(Learner(learner="a", languages=("hmn", "vi")), at=NOW)
    address = reverse("programs:course", args=[issue_token(get_learner("a").id), "basics"])
    html = Client().get(address).content.decode()
    assert '<div class="body" lang="hmn">' in html
    assert "Bài này viết bằng: " in html


def test_a_lesson_in_the_language_of_the_page_says_nothing_of_it(release: ReleaseInfo) -> None:
    put_learner(Learner(learner="a", languages=("vi",)), at=NOW)
    address = reverse("programs:course", args=[issue_token(get_learner("a").id), "basics"])
    assert "Bài này viết bằng" not in Client().get(address).content.decode()


def test_a_course_that_does_not_exist_is_a_page_that_says_so(release: ReleaseInfo) -> None:
    status, text = page(FARMER, "course", "vi", "alchemy")
    assert status == 404
    assert "Không mở được trang này" in text


def test_before_the_first_release_the_page_says_to_come_back(db: None) -> None:
    status, text = page(FARMER)
    assert status == 503
    assert "Chưa có khóa học nào" in text


def test_an_expired_link_says_where_to_get_another(release: ReleaseInfo, monkeypatch: pytest.MonkeyPatch) -> None:
    put_learner(FARMER, at=NOW)
    token = issue_token(get_learner("a").id)
    later = time.time() + LIFETIME.total_seconds() + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    response = Client().get(reverse("programs:path", args=[token]))
    assert response.status_code == 410
    assert "đã hết hạn" in response.content.decode()


@pytest.mark.parametrize(("value", "salt"), [(1, "another"), (10**9, SALT), (None, "")])
def test_a_link_that_was_not_issued_opens_nothing(release: ReleaseInfo, value: int | None, salt: str) -> None:
    token = "x" if value is None else signing.dumps(value, salt=salt)
    assert Client().get(reverse("programs:path", args=[token])).status_code == 404


def test_the_link_of_an_erased_learner_opens_nothing(release: ReleaseInfo) -> None:
    put_learner(FARMER, at=NOW)
    token = issue_token(get_learner("a").id)
    erase_learner("a")
    assert Client().get(reverse("programs:path", args=[token])).status_code == 404


def test_pages_are_neither_cached_nor_indexed_and_the_pseudonym_is_nowhere(release: ReleaseInfo) -> None:
    put_learner(Learner(learner="pseudonym-4711"), at=NOW)
    address = reverse("programs:path", args=[issue_token(get_learner("pseudonym-4711").id)])
    response = Client().get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "pseudonym-4711" not in address + response.content.decode()


def test_the_number_of_queries_of_the_page_does_not_grow_with_the_path(
    release: ReleaseInfo, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for learner in (FARMER, Learner(learner="b", goals=(LearnerGoal(course="basics"),))):
        page(learner)
        with django_assert_num_queries(11):
            visit(learner.learner)


def test_a_command_prints_the_link_of_a_learner(release: ReleaseInfo, capsys: pytest.CaptureFixture[str]) -> None:
    put_learner(FARMER, at=NOW)
    call_command("learner_link", "a")
    link = capsys.readouterr().out.strip()
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 200
    with pytest.raises(CommandError):
        call_command("learner_link", "nobody")
