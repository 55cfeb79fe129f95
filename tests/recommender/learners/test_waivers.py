"""Waivers are records: who let whom off what, why and until when; and they are kept when they are taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from curriculum_graph.errors import NotFound
from curriculum_graph.releases.api import ReleaseInfo, get_graph
from recommender.engine.learner import Event, Learner, LearnerGoal, Verb, Waived
from recommender.engine.waiving import WaivedRequirement, WaiverDocument
from recommender.learners.actions import put_waiver
from recommender.learners.api import (
    DocumentRefused,
    WaiverRecord,
    erase_learner,
    get_learner,
    get_vocabulary,
    list_events_since,
    list_histories_of,
    list_waivers_of,
    mark_events_of,
    put_learner,
    receive_waiver,
    record_events,
    revoke_waiver,
    waiver_holds,
)
from recommender.learners.models import Waiver

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DOCUMENT = Learner(
    learner="a",
    goals=(LearnerGoal(course="wallet"),),
    waived=(Waived(course="basics", until="2027-01-01"), Waived(course="passwords", reason="certificate")),
)
LEVEL = {"competence": "tt02:4.1", "level": 1, "reason": "certificate"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(release: ReleaseInfo) -> int:
    put_learner(DOCUMENT, at=NOW)
    return get_learner("a").id


def receive(release: ReleaseInfo, document: Any, key: str = "k", at: datetime = NOW) -> str:
    known, graph = get_vocabulary(release.id), get_graph(release.id)
    return receive_waiver(document, "a", key, known, graph, author="platform", at=at)


def records(learner: int) -> list[WaiverRecord]:
    return list_waivers_of(learner)


def test_waivers_of_a_document_come_back_as_they_were(learner: int) -> None:
    assert get_learner("a").profile == DOCUMENT
    assert put_learner(DOCUMENT, at=LATER) == "unchanged"


def test_a_waiver_that_a_later_document_lacks_is_revoked_and_kept(learner: int) -> None:
    put_learner(msgspec.structs.replace(DOCUMENT, waived=DOCUMENT.waived[1:]), at=LATER)
    assert get_learner("a").profile.waived == DOCUMENT.waived[1:]
    gone = [record for record in records(learner) if record.revoked_at]
    assert [(record.waived.course, record.revoked_at) for record in gone] == [("basics", LATER)]


def test_a_waiver_that_stays_in_the_document_keeps_its_time(learner: int) -> None:
    put_learner(msgspec.structs.replace(DOCUMENT, waived=(Waived(course="harbour"), *DOCUMENT.waived)), at=LATER)
    since = {record.waived.course: record.created_at for record in records(learner)}
    assert since == {"harbour": LATER, "basics": NOW, "passwords": NOW}


def test_a_course_waived_beside_the_document_counts_as_waived_and_is_no_part_of_the_document(
    learner: int, release: ReleaseInfo
) -> None:
    assert receive(release, {"course": "harbour", "reason": "sailor"}) == "created"
    found = get_learner("a")
    assert found.profile == DOCUMENT
    assert found.state.waived == (*DOCUMENT.waived, Waived(course="harbour", reason="sailor"))


def test_a_document_put_anew_leaves_other_waivers_alone(learner: int, release: ReleaseInfo) -> None:
    receive(release, {"course": "harbour", "reason": "sailor"})
    put_learner(Learner(learner="a"), at=LATER)
    assert [waived.course for waived in get_learner("a").state.waived] == ["harbour"]


def test_a_waived_requirement_is_no_waived_course(learner: int, release: ReleaseInfo) -> None:
    receive(release, LEVEL)
    receive(release, {"course": "basics", "required_by": "passwords", "reason": "…"}, "other")
    found = get_learner("a")
    assert found.state.waived == DOCUMENT.waived
    assert found.requirements == (
        WaivedRequirement(competence="tt02:4.1", level=1),
        WaivedRequirement(course="basics", required_by="passwords"),
    )


def test_the_same_waiver_again_changes_nothing(learner: int, release: ReleaseInfo) -> None:
    receive(release, LEVEL)
    assert receive(release, LEVEL, at=LATER) == "unchanged"
    assert len(records(learner)) == 3


def test_another_waiver_under_a_key_takes_the_place_of_the_one_before_which_is_kept(
    learner: int, release: ReleaseInfo
) -> None:
    receive(release, LEVEL)
    assert receive(release, {**LEVEL, "until": "2026-12-31"}, at=LATER) == "updated"
    before, now = records(learner)[-2:]
    assert (before.revoked_at, before.revoked_by, now.revoked_at) == (LATER, "platform", None)
    assert get_learner("a").requirements == (WaivedRequirement(competence="tt02:4.1", level=1, until="2026-12-31"),)


def test_a_revoked_waiver_does_not_hold_and_says_who_took_it_back(learner: int, release: ReleaseInfo) -> None:
    receive(release, LEVEL)
    revoke_waiver("a", "k", author="minh", at=LATER)
    assert get_learner("a").requirements == ()
    last = records(learner)[-1]
    assert (last.author, last.revoked_by, waiver_holds(last, date(2026, 11, 25))) == ("platform", "minh", False)


def test_what_does_not_hold_cannot_be_revoked(learner: int) -> None:
    with pytest.raises(NotFound):
        revoke_waiver("a", "k", author="minh", at=NOW)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"course": "basics"}, "missing_field"),
        ({"course": "basics", "reason": ""}, "too_short"),
        ({"course": "alchemy", "reason": "…"}, "unknown_course"),
        ({"course": "basics", "required_by": "alchemy", "reason": "…"}, "unknown_course"),
        ({"competence": "tt02:9.9", "level": 1, "reason": "…"}, "unknown_competence"),
        ({"competence": "tt02:4.1", "level": 9, "reason": "…"}, "unknown_level"),
        ({"competence": "tt02:4.1", "reason": "…"}, "waiver_not_one_thing"),
        ({"course": "basics", **LEVEL}, "waiver_not_one_thing"),
        ({"reason": "…"}, "waiver_not_one_thing"),
        ({"course": "wallet", "required_by": "basics", "reason": "…"}, "nothing_to_waive"),
        ({**LEVEL, "until": "2026-11-23"}, "until_is_past"),
        ({**LEVEL, "until": "soon"}, "wrong_form"),
        ({**LEVEL, "reason": "a\x00b"}, "nul_character"),
        ([], "wrong_type"),
    ],
)
def test_a_bad_waiver_is_refused_and_nothing_is_stored(
    learner: int, release: ReleaseInfo, document: Any, code: str
) -> None:
    with pytest.raises(DocumentRefused) as refused:
        receive(release, document)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert len(records(learner)) == 2


def test_a_waiver_may_end_today(learner: int, release: ReleaseInfo) -> None:
    assert receive(release, {**LEVEL, "until": "2026-11-24"}) == "created"
    assert waiver_holds(records(learner)[-1], date(2026, 11, 24))
    assert not waiver_holds(records(learner)[-1], date(2026, 11, 25))


def test_erasing_a_learner_erases_their_waivers(learner: int, release: ReleaseInfo) -> None:
    receive(release, LEVEL)
    revoke_waiver("a", "k", author="minh", at=LATER)
    erase_learner("a")
    assert not Waiver.objects.exists()


def did(day: int, verb: Verb, course: str, module: str | None = None) -> Event:
    at = f"2026-11-{day:02}T08:00:00Z"
    return Event(id=f"e{day}", learner="a", verb=verb, at=at, course=course, module=module)


def test_what_was_begun_and_not_given_up_is_started(learner: int) -> None:
    record_events(
        [
            did(1, "launched", "wallet"),
            did(2, "enrolled", "basics"),
            did(3, "progressed", "basics", "basics-1"),
            did(4, "launched", "passwords"),
            did(5, "abandoned", "passwords"),
            did(6, "abandoned", "wallet", "wallet-1"),
            did(7, "rated", "harbour"),
        ],
        at=NOW,
    )
    assert list_histories_of([learner])[learner].started == ("wallet", "basics")


def test_what_was_given_up_and_taken_up_again_is_started(learner: int) -> None:
    record_events([did(1, "launched", "wallet"), did(2, "abandoned", "wallet"), did(3, "launched", "wallet")], at=NOW)
    assert list_histories_of([learner])[learner].started == ("wallet",)


def test_events_since_a_mark_are_those_stored_after_it(learner: int) -> None:
    record_events([did(2, "launched", "wallet")], at=NOW)
    mark = mark_events_of([learner])[learner]
    record_events([did(1, "completed", "basics"), did(3, "rated", "basics")], at=NOW)
    assert mark.stored == 1
    assert [event.id for event in list_events_since({learner: mark.last})[learner]] == ["e1"]


def person(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("minh")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    client.force_login(user)
    return client


@pytest.fixture
def operator(client: Client, learner: int) -> Client:
    return person(client, "view_waiver", "add_waiver", "change_waiver")


FORM = {"learner": "a", "competence": "tt02:4.1", "level": "1", "reason": "certificate"}


def test_an_operator_waives_in_the_admin_and_is_named(operator: Client, learner: int) -> None:
    assert operator.post(reverse("learners_waive"), FORM).status_code == 302
    last = records(learner)[-1]
    assert (last.waived, last.author) == (
        WaiverDocument(competence="tt02:4.1", level=1, reason="certificate"), "minh",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"learner": "b"}, {"level": ""}, {"competence": "x"}, {"reason": ""}, {"until": "2020-01-01"}]
)
def test_a_form_with_something_wrong_says_what_and_stores_nothing(
    operator: Client, learner: int, wrong: dict[str, str]
) -> None:
    response = operator.post(reverse("learners_waive"), {**FORM, **wrong})
    assert response.status_code == 422
    assert "error" in response.content.decode()
    assert len(records(learner)) == 2


def test_an_operator_takes_back_in_the_admin(operator: Client, learner: int) -> None:
    waiver = WaiverDocument(course="harbour", reason="sailor")
    put_waiver(learner, "k", waiver, author="platform", at=NOW)
    operator.post(reverse("learners_revoke"), {"waiver": records(learner)[-1].id})
    assert records(learner)[-1].revoked_by == "minh"
    assert "sailor" in operator.get(reverse("learners_waivers")).content.decode()


@pytest.mark.parametrize("waiver", ["document", "0", "x"])
def test_what_cannot_be_taken_back_here_is_explained(operator: Client, learner: int, waiver: str) -> None:
    number = records(learner)[0].id if waiver == "document" else waiver
    response = operator.post(reverse("learners_revoke"), {"waiver": number}, follow=True)
    assert response.status_code == 200
    assert all(record.revoked_at is None for record in records(learner))


def test_waivers_of_one_learner_are_found_without_writing_the_pseudonym_into_the_address(
    operator: Client, learner: int
) -> None:
    put_learner(Learner(learner="b", waived=(Waived(course="harbour"),)), at=NOW)
    page = operator.post(reverse("learners_waivers"), {"learner": "b"}).content.decode()
    assert "harbour" in page
    assert "passwords" not in page


def test_who_may_only_see_cannot_waive_or_take_back(client: Client, learner: int) -> None:
    person(client, "view_waiver")
    assert reverse("learners_waive") not in client.get(reverse("learners_waivers")).content.decode()
    assert client.post(reverse("learners_waive"), FORM).status_code in (302, 403)
    client.post(reverse("learners_revoke"), {"waiver": records(learner)[-1].id})
    assert [record.revoked_at for record in records(learner)] == [None, None]


def test_who_may_not_see_does_not_get_the_page(client: Client, learner: int) -> None:
    assert person(client).get(reverse("learners_waivers")).status_code in (302, 403)


def test_operators_may_waive_and_auditors_may_see() -> None:
    def may(group: str) -> set[str]:
        permissions = Group.objects.get(name__contains=group).permissions
        return set(permissions.filter(content_type__app_label="learners").values_list("codename", flat=True))

    assert may("Operators") == {"view_waiver", "add_waiver", "change_waiver"}
    assert may("Auditors") == {"view_waiver"}
