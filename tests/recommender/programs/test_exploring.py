"""The learner's pages of questions: what is next, what suits without goals, what if."""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curriculum_graph.releases.api import ReleaseInfo
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import get_learner, put_learner
from recommender.programs.links import issue_token
from recommender.programs.situations import situation_of
from recommender.programs.timelines import WIDTH, bars_of
from recommender.programs.worlds import get_world
from tests.recommender.programs.test_pages import FARMER
from tests.support.clients import client_in

NOW = datetime(2026, 11, 20, tzinfo=UTC)
BUSY = Learner(
    learner="a", audiences=("farmer",), languages=("vi",), minutes_per_week=30, goals=(LearnerGoal(course="wallet"),)
)


def get(learner: Learner, page: str, query: str = "", language: str = "vi") -> Any:
    put_learner(learner, at=NOW)
    address = reverse(f"programs:{page}", args=[issue_token(get_learner(learner.learner).id)])
    return client_in(language).get(address + query)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def seen(learner: Learner, page: str, query: str = "", language: str = "vi") -> str:
    response = get(learner, page, query, language)
    assert response.status_code == 200
    return text_of(response.content.decode())


def test_the_path_leads_to_both_questions_and_each_step_to_skipping_it(release: ReleaseInfo) -> None:
    html = get(BUSY, "path").content.decode()
    assert ["/next/" in html, "/what-if/" in html] == [True, True]
    assert "what-if/?skip=passwords" in html
    assert "Nếu tôi bỏ qua khóa này thì sao?" in html


def test_what_is_next_says_what_is_on_the_path_and_what_each_opens(release: ReleaseInfo) -> None:
    text = seen(BUSY, "next")
    assert "Làm quen với điện thoại thông minh 25 phút · ✓ trên lộ trình của bạn Học xong sẽ mở: Mật khẩu mạnh" in text


def test_what_is_next_is_in_english_too(release: ReleaseInfo) -> None:
    assert "What to learn next You can take each of these courses now" in seen(BUSY, "next", language="en")


def test_who_has_taken_everything_is_told_so(release: ReleaseInfo) -> None:
    done = Learner(learner="a", completed=("basics", "passwords"))
    assert "Bạn đã học hết các khóa mở cho bạn." in seen(done, "next")


def test_what_if_first_asks_and_shows_no_difference(release: ReleaseInfo) -> None:
    text = seen(BUSY, "what_if")
    assert "Mỗi tuần bạn có bao nhiêu thời gian?" in text
    assert "Điều sẽ thay đổi" not in text


def test_with_more_time_a_week_the_page_says_both_weeks_side_by_side(release: ReleaseInfo) -> None:
    text = seen(BUSY, "what_if", "?minutes_per_week=60")
    assert "Bạn sẽ học xong sau 3 tuần thay vì 5 tuần." in text
    assert "Hiện nay 5 tuần 3 khóa học 2 giờ 5 phút Nếu vậy 3 tuần 3 khóa học 2 giờ 5 phút" in text


def test_who_gave_no_pace_is_told_the_weeks_of_one(release: ReleaseInfo) -> None:
    assert "Bạn sẽ học xong sau 3 tuần." in seen(FARMER, "what_if", "?minutes_per_week=60")


def test_skipping_a_course_says_which_goal_is_lost_and_what_else_goes(release: ReleaseInfo) -> None:
    text = seen(BUSY, "what_if", "?skip=passwords")
    assert "Bạn sẽ không còn đạt được: Ví điện tử an toàn" in text
    assert "ngoài khóa bạn bỏ qua: Làm quen với điện thoại thông minh Ví điện tử an toàn" in text
    assert "Lộ trình của bạn sẽ không còn khóa nào." in text


NARROW = msgspec.structs.replace(BUSY, goals=(LearnerGoal(course="basics"),))


def test_adding_a_course_says_what_comes_with_it_and_how_much_longer_it_takes(release: ReleaseInfo) -> None:
    text = seen(NARROW, "what_if", "?add=wallet")
    assert "Cả lộ trình sẽ dài thêm 1 giờ 40 phút." in text
    assert "Bạn sẽ đạt thêm: Ví điện tử an toàn" in text
    assert "Mới thêm: Mật khẩu mạnh Ví điện tử an toàn" in text


def test_a_course_that_cannot_be_added_says_why_and_what_helps(release: ReleaseInfo) -> None:
    text = seen(NARROW, "what_if", "?add=harbour")
    assert "Khóa này chưa thêm được:" in text
    assert "dành cho địa phương khác" in text
    assert "Bạn sẽ không còn đạt được" not in text


def test_who_has_no_path_may_add_a_course_to_it(release: ReleaseInfo) -> None:
    assert "Mới thêm: Làm quen với điện thoại thông minh" in seen(Learner(learner="a"), "what_if", "?add=basics")


def test_courses_that_may_be_taken_now_and_are_not_on_the_path_are_offered(release: ReleaseInfo) -> None:
    coastal = msgspec.structs.replace(NARROW, region="ca-mau")
    offered = [
        re.findall(r'name="add"\s+value="([^"]+)"', get(who, "what_if").content.decode()) for who in (coastal, BUSY)
    ]
    assert offered == [["harbour"], []]


def test_the_page_of_a_course_beside_the_path_leads_to_adding_it(release: ReleaseInfo) -> None:
    put_learner(NARROW, at=NOW)
    address = reverse("programs:course", args=[issue_token(get_learner("a").id), "passwords"])
    assert "what-if/?add=passwords" in client_in("vi").get(address).content.decode()


@pytest.mark.parametrize(
    "query", ["?minutes_per_week=0", "?minutes_per_week=-5", "?minutes_per_week=99999999999", "?minutes_per_week=²",
              "?minutes_per_week=x&skip=alchemy", "?skip=" + "a" * 3_000, "?add=alchemy",
              "?add=passwords", "?add="],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(release: ReleaseInfo, query: str) -> None:
    assert "Điều sẽ thay đổi" not in seen(BUSY, "what_if", query)


def test_a_try_that_changes_nothing_says_so(release: ReleaseInfo) -> None:
    slow = Learner(learner="a", minutes_per_week=240, goals=(LearnerGoal(course="basics"),))
    assert "Lộ trình của bạn sẽ không thay đổi." in seen(slow, "what_if", "?minutes_per_week=480")


@pytest.mark.parametrize(
    ("code", "learner", "sentences"),
    [
        ("passwords", Learner(learner="a"), ["Đường ngắn nhất tới khóa này 2 khóa học, tổng cộng 1 giờ 5 phút."]),
        ("basics", Learner(learner="a"), ["Bạn học được ngay khóa này"]),
        ("harbour", BUSY, ["Hiện bạn chưa học được khóa này", "dành cho địa phương khác"]),
    ],
)
def test_a_course_beside_the_path_says_what_unlocks_it(
    release: ReleaseInfo, code: str, learner: Learner, sentences: list[str]
) -> None:
    put_learner(learner, at=NOW)
    address = reverse("programs:course", args=[issue_token(get_learner("a").id), code])
    text = text_of(client_in("vi").get(address).content.decode())
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_trying_stores_nothing(release: ReleaseInfo) -> None:
    seen(BUSY, "what_if", "?minutes_per_week=480&skip=wallet")
    assert get_learner("a").profile == BUSY


def test_who_has_no_path_is_sent_back_to_it(release: ReleaseInfo) -> None:
    response = get(Learner(learner="a"), "what_if")
    assert response.status_code == 302


def test_the_picture_has_a_box_for_each_step_and_the_table_says_the_same(release: ReleaseInfo) -> None:
    both = msgspec.structs.replace(BUSY, goals=(LearnerGoal(course="passwords"), LearnerGoal(course="wallet")))
    html = get(both, "what_if", "?minutes_per_week=60&skip=wallet").content.decode()
    pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert [picture.count("<rect") for picture in pictures] == [3, 2]
    assert [picture.count('class="differs"') for picture in pictures] == [1, 0]
    assert all('aria-hidden="true"' in picture for picture in pictures)
    table = text_of(html[html.index("<table") : html.index("</table>")])
    assert table.endswith("Ví điện tử an toàn 3 –")


def test_bars_end_where_their_programs_end_on_one_scale_of_weeks(release: ReleaseInfo) -> None:
    put_learner(BUSY, at=NOW)
    situation = situation_of(get_world(NOW.date()), get_learner("a"))
    program = situation.plan(BUSY)
    before, after = bars_of(program, program, (30, 60))
    assert [bar.segments[-1].x + bar.segments[-1].width for bar in (before, after)] == [WIDTH, WIDTH / 2]
    assert (len(before.marks), len(after.marks)) == (4, 2)
    assert bars_of(program, program, (None, 60))[0].marks == ()


def test_without_goals_courses_that_suit_are_shown_below_the_choice_of_goals(release: ReleaseInfo) -> None:
    text = seen(Learner(learner="a", audiences=("farmer",)), "path")
    assert text.index("Bạn muốn học gì?") < text.index("10 giờ học hợp với bạn nhất")
    assert "3 khóa học, tổng cộng 2 giờ 5 phút." in text
    assert "Khóa này đưa bạn lên bậc 1 về “Bảo vệ thiết bị”." in text


@pytest.mark.parametrize(("hours", "chosen"), [("5", 5), ("40", 40), ("7", 10), ("", 10), ("x", 10)])
def test_the_hours_can_be_chosen(release: ReleaseInfo, hours: str, chosen: int) -> None:
    assert f"{chosen} giờ học hợp với bạn nhất" in seen(Learner(learner="a"), "path", f"?hours={hours}")


def test_where_nothing_is_open_the_page_says_what_helps(release: ReleaseInfo) -> None:
    demanding = Learner(learner="a", needs=("sign_language",))
    assert "Không có khóa nào mở cho bạn vừa với thời gian này." in seen(demanding, "path")


@pytest.mark.parametrize(("page", "query"), [("next", ""), ("what_if", "?minutes_per_week=60"), ("path", "")])
def test_no_page_asks_the_database_more_for_a_longer_path(release: ReleaseInfo, page: str, query: str) -> None:
    long, short = (BUSY, Learner(learner="b", goals=(LearnerGoal(course="basics"),)))
    if page == "path":
        long, short = Learner(learner="a", audiences=("farmer",)), Learner(learner="b", completed=("basics",))
    for learner in (long, short):
        get(learner, page, query)
    counts = []
    for learner in (long, short):
        address = reverse(f"programs:{page}", args=[issue_token(get_learner(learner.learner).id)])
        with CaptureQueriesContext(connection) as queries:
            assert client_in("vi").get(address + query).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
