"""A program changes only where it must, and says why it did."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from curriculum_graph.snapshot import Course, Goal, Group, Requirement
from recommender.engine.learner import Event, Learner, LearnerGoal, Verb, Waived
from recommender.engine.waiving import WaiverDocument
from recommender.learners.actions import put_waiver, revoke_waiver
from recommender.learners.api import erase_learner, get_learner, list_waivers_of, put_learner, record_events
from recommender.programs.api import build_program, build_programs, get_world, list_versions
from recommender.programs.changes import Cause, Change
from recommender.programs.models import ProgramVersion
from recommender.programs.selectors import StoredProgram, list_changes
from tests.factories.curricula import small_curriculum
from tests.recommender.programs.test_pages import visit

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
WALLET = Learner(learner="a", audiences=("farmer",), minutes_per_week=30, goals=(LearnerGoal(course="wallet"),))

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(release: ReleaseInfo) -> int:
    put_learner(WALLET, at=NOW)
    build()
    return get_learner("a").id


def build(days: int = 0) -> StoredProgram:
    at = NOW + timedelta(days=days)
    return build_program(get_learner("a"), get_world(at.date()), at=at)


def courses(stored: StoredProgram) -> list[str]:
    return [step.course for step in stored.program.steps]


def change(stored: StoredProgram) -> Change:
    assert stored.change is not None
    return stored.change


def kinds(stored: StoredProgram) -> list[str]:
    return [cause.kind for cause in change(stored).causes]


def did(number: int, verb: Verb, course: str) -> None:
    event = Event(id=f"e{number}", learner="a", verb=verb, at=f"2026-11-{number:02}T08:00:00Z", course=course)
    record_events([event], at=NOW)


def put(**fields: Any) -> None:
    put_learner(msgspec.structs.replace(get_learner("a").profile, **fields), at=NOW)


def test_the_first_program_has_no_change(learner: int) -> None:
    first = list_versions(learner)[0]
    assert (first.cause, first.change) == ("request", None)


def test_a_completed_course_is_named_with_its_event_and_is_no_loss(learner: int) -> None:
    did(1, "completed", "basics")
    after = build(1)
    assert after.cause == "event"
    assert change(after).causes == (
        Cause(kind="event", event="e1", verb="completed", course="basics", at="2026-11-01T08:00:00+00:00"),
    )
    found = change(after).difference
    assert (found.taken, found.removed, found.added) == (("basics",), (), ())
    assert (found.minutes, found.weeks) == ((125, 100), (5, 4))


def test_events_that_were_known_before_are_no_cause(learner: int) -> None:
    did(1, "completed", "basics")
    build(1)
    did(2, "completed", "passwords")
    assert [cause.event for cause in change(build(2)).causes] == ["e2"]


def test_an_event_that_changes_no_program_is_no_change(learner: int) -> None:
    did(1, "rated", "basics")
    build(1)
    assert len(list_versions(learner)) == 1


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"goals": (LearnerGoal(course="passwords"),)}, "goals"),
        ({"minutes_budget": 30}, "time"),
        ({"minutes_per_week": 60}, "time"),
        ({"audiences": ()}, "profile"),
        ({"completed": ("basics",)}, "known"),
        ({"waived": (Waived(course="basics"),)}, "waiver"),
    ],
)
def test_what_the_platform_told_anew_is_named(learner: int, fields: dict[str, Any], kind: str) -> None:
    put(**fields)
    assert kinds(build(1)) == [kind]


def publish_with(course: Course, *more: Course, **fields: Any) -> None:
    changed = msgspec.structs.replace(course, **fields)
    all_courses = *(changed if one.code == course.code else one for one in small_curriculum().courses), *more
    parent = get_world(NOW.date()).release
    publish_release(small_curriculum(courses=all_courses), parent=parent, actor="minh", note="second", at=NOW)


def test_a_release_that_closes_a_course_says_what_is_lost(learner: int) -> None:
    publish_with(small_curriculum().courses[1], regions=("ca-mau",))
    after = build(1)
    assert kinds(after) == ["release"]
    assert change(after).difference.removed == ("basics", "passwords", "wallet")
    assert change(after).difference.lost == (Goal(course="wallet"),)


def test_a_release_that_changes_nothing_for_a_learner_leaves_their_steps_alone(learner: int) -> None:
    publish_with(small_curriculum().courses[3], minutes=1)
    found = change(build(1)).difference
    assert not (found.added or found.removed or found.moved or found.taken)


def test_a_new_requirement_comes_before_the_step_that_has_it(learner: int) -> None:
    wallet = small_curriculum().courses[2]
    publish_with(
        wallet,
        Course(code="new", title="Mới", minutes=5),
        requires=(*wallet.requires, Group(any_of=(Requirement(course="new"),))),
    )
    assert courses(build(1))[-2:] == ["new", "wallet"]


def test_several_causes_are_all_named(learner: int) -> None:
    publish_with(small_curriculum().courses[3], minutes=1)
    did(1, "completed", "basics")
    put(minutes_per_week=60)
    assert kinds(build(1)) == ["release", "event", "time"]


def test_another_objective_is_planned_for_afresh_and_named(learner: int) -> None:
    after = build_program(get_learner("a"), get_world(NOW.date()), objective="minutes", at=NOW)
    assert kinds(after) == ["objective"]


EITHER = Group(any_of=(Requirement(course="way-1"), Requirement(course="way-2")))
TWO_WAYS = (
    Course(code="way-1", title="Một", minutes=20),
    Course(code="way-2", title="Hai", minutes=19),
    Course(code="top", title="Đỉnh", minutes=300, requires=(EITHER,)),
)


def test_what_is_started_takes_the_place_of_what_would_do_as_well(release: ReleaseInfo) -> None:
    snapshot = small_curriculum(courses=(*small_curriculum().courses, *TWO_WAYS))
    publish_release(snapshot, parent=release.id, actor="minh", note="second", at=NOW)
    put_learner(Learner(learner="a", goals=(LearnerGoal(course="top"),)), at=NOW)
    assert courses(build()) == ["way-2", "top"]
    did(1, "launched", "way-1")
    after = build(1)
    assert courses(after) == ["way-1", "top"]
    assert change(after).causes[0].verb == "launched"
    did(2, "abandoned", "way-1")
    assert courses(build(2)) == ["way-1", "top"], "it still serves, and nothing saves a tenth"


def level(until: str | None = None) -> WaiverDocument:
    return WaiverDocument(course="basics", required_by="passwords", reason="certificate", until=until)


def test_a_waived_requirement_is_not_asked_for_until_it_is_taken_back(learner: int) -> None:
    put(goals=(LearnerGoal(course="passwords"),))
    build()
    put_waiver(learner, "k", level(), author="minh", at=NOW + timedelta(hours=1))
    after = build(1)
    assert courses(after) == ["passwords"]
    [record] = list_waivers_of(learner)
    assert change(after).causes == (Cause(kind="waiver", waiver=record.id, ending="waived"),)
    revoke_waiver("a", "k", author="minh", at=NOW + timedelta(days=2))
    back = build(3)
    assert courses(back) == ["basics", "passwords"]
    assert change(back).causes[0].ending == "revoked"


def test_a_waiver_that_ended_is_named_and_until_then_nothing_is_planned(learner: int) -> None:
    put(goals=(LearnerGoal(course="passwords"),))
    put_waiver(learner, "k", level("2026-11-21"), author="minh", at=NOW - timedelta(days=1))
    assert courses(build()) == ["passwords"]
    counts = build_programs([learner], get_world(datetime(2026, 11, 21).date()), objective=None, at=NOW)  # noqa: DTZ001
    assert counts.fresh == 1
    after = build(2)
    assert courses(after) == ["basics", "passwords"]
    assert [cause.ending for cause in change(after).causes] == ["ended"]


def test_a_waived_course_counts_as_taken(learner: int) -> None:
    waiver = WaiverDocument(course="basics", reason="certificate")
    put_waiver(learner, "k", waiver, author="minh", at=NOW + timedelta(hours=1))
    after = build(1)
    assert change(after).difference.taken == ("basics",)
    assert "basics" not in courses(after)


def test_inputs_of_an_older_form_give_a_change_that_knows_no_more_than_that(learner: int) -> None:
    ProgramVersion.objects.update(inputs=b"\x00" * 16)
    put(goals=(LearnerGoal(course="passwords"),))
    assert kinds(build(1)) == ["learner"]


def test_changes_are_listed_newest_first_a_page_at_a_time(learner: int) -> None:
    for day in range(1, 6):
        put(goals=(LearnerGoal(course="wallet" if day % 2 == 0 else "passwords"),))
        build(day)
    newest, older = list_changes(learner, limit=3)
    assert [entry.at.day for entry in newest] == [25, 24, 23]
    rest, end = list_changes(learner, before=older, limit=3)
    assert [entry.at.day for entry in rest] == [22, 21]
    assert end is None


def test_a_change_takes_little_room(learner: int) -> None:
    did(1, "completed", "basics")
    build(1)
    row = ProgramVersion.objects.get(is_current=True)
    assert row.change is not None
    assert len(row.change) < 250
    assert len(row.inputs) == 32


def test_erasing_a_learner_erases_the_changes(learner: int) -> None:
    did(1, "completed", "basics")
    build(1)
    erase_learner("a")
    assert not ProgramVersion.objects.exists()


def test_as_many_queries_to_plan_again_for_many_as_for_few(release: ReleaseInfo) -> None:
    counts = []
    for first, many in ((0, 3), (100, 30)):
        names = [f"l{first + n}" for n in range(many)]
        for name in names:
            put_learner(msgspec.structs.replace(WALLET, learner=name), at=NOW)
        ids = [get_learner(name).id for name in names]
        build_programs(ids, get_world(NOW.date()), objective=None, at=NOW)
        record_events(
            [Event(id=f"{n}", learner=n, verb="completed", at="2026-11-01T08:00:00Z", course="basics") for n in names],
            at=NOW,
        )
        for waived in ids:
            put_waiver(waived, "k", level(), author="minh", at=NOW + timedelta(hours=1))
        with CaptureQueriesContext(connection) as queries:
            assert build_programs(ids, get_world(NOW.date()), objective=None, at=NOW).changed == many
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_tells_each_change_in_sentences(learner: int) -> None:
    did(1, "completed", "basics")
    build(1)
    put(goals=(LearnerGoal(course="passwords"),))
    build(2)
    status, text = visit("a", "changes")
    assert status == 200
    assert "Vì sao lộ trình thay đổi" in text
    goals, done = text.split("21/11/2026")[0], text.split("21/11/2026")[1]
    assert "Bạn đã chọn mục tiêu khác." in goals
    assert "Bạn đã học xong “Làm quen với điện thoại thông minh”." in done
    assert "Không cần học nữa: Làm quen với điện thoại thông minh" in done
    assert "Tổng thời gian: trước là 2 giờ 5 phút, nay là 1 giờ 40 phút." in done
    assert "Theo nhịp học của bạn: trước là 5 tuần, nay là 4 tuần." in done


def test_the_page_is_in_english_for_who_reads_english(learner: int) -> None:
    put_waiver(learner, "k", WaiverDocument(course="basics", reason="x"), author="minh", at=NOW + timedelta(hours=1))
    build(1)
    _status, text = visit("a", "changes", "en")
    assert "You are exempt from “Getting to know your smartphone”." in text


def test_a_course_that_is_gone_is_called_by_the_title_that_it_had(learner: int) -> None:
    gone = tuple(course for course in small_curriculum().courses if course.code != "wallet")
    publish_release(
        small_curriculum(courses=gone, programmes=()),
        parent=get_world(NOW.date()).release,
        actor="minh",
        note="2",
        at=NOW,
    )
    build(1)
    _status, text = visit("a", "changes")
    title = small_curriculum().courses[2].title
    assert isinstance(title, dict)
    assert title["vi"] in text


def test_a_path_that_never_changed_says_so(learner: int) -> None:
    assert "Lộ trình của bạn chưa thay đổi lần nào." in visit("a", "changes")[1]


def test_any_word_about_where_to_go_on_is_borne(learner: int, client: Any) -> None:
    from recommender.programs.links import issue_token

    for before in ("x", "9" * 30, "-1", "²"):
        assert client.get(f"/my/{issue_token(learner)}/changes/?before={before}").status_code == 200
