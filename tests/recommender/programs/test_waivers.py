"""Waivers and changes over HTTP, as the delivery platform meets them."""

import json
from typing import Any

import pytest

from curriculum_graph.releases.api import ReleaseInfo
from exports.delivery.api import Scope
from recommender.engine.interchange import validator
from tests.recommender.programs.test_api import EVENT, Platform, codes

WAIVER = {"course": "basics", "required_by": "passwords", "reason": "chứng chỉ", "until": "2999-12-31"}
LEARNER = {"audiences": ["farmer"], "goals": [{"course": "passwords"}]}


@pytest.fixture
def platform(release: ReleaseInfo) -> Platform:
    platform = Platform(list(Scope))
    platform.call("PUT", "/learners/vneid/42", LEARNER)
    return platform


def waivers(platform: Platform) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = platform.call("GET", "/learners/vneid/42/waivers").json()["waivers"]
    return found


def steps(platform: Platform) -> list[str]:
    program = platform.call("GET", "/learners/vneid/42/program").json()
    validator("programs").validate(program)
    return [step["course"] for step in program["steps"]]


def test_a_waived_requirement_changes_the_program_and_its_token_is_named(platform: Platform) -> None:
    assert steps(platform) == ["basics", "passwords"]
    response = platform.call("PUT", "/learners/vneid/42/waivers/certificate-7", WAIVER)
    assert (response.status_code, response.json()["change"]) == (201, "created")
    assert steps(platform) == ["passwords"]
    [waiver] = waivers(platform)
    assert {name: waiver[name] for name in ("key", "author", "holds", "revoked_at", *WAIVER)} == {
        "key": "certificate-7", "author": "platform", "holds": True, "revoked_at": None, **WAIVER,
    }  # fmt: skip


def test_sent_again_it_changes_nothing_and_another_takes_its_place(platform: Platform) -> None:
    address = "/learners/vneid/42/waivers/k"
    platform.call("PUT", address, WAIVER)
    assert platform.call("PUT", address, WAIVER).json()["change"] == "unchanged"
    response = platform.call("PUT", address, {**WAIVER, "until": "2998-01-01"})
    assert (response.status_code, response.json()["change"]) == (200, "updated")
    assert [waiver["holds"] for waiver in waivers(platform)] == [False, True]


def test_a_waiver_taken_back_no_longer_holds_and_stays_on_record(platform: Platform) -> None:
    platform.call("PUT", "/learners/vneid/42/waivers/k", WAIVER)
    assert platform.call("DELETE", "/learners/vneid/42/waivers/k").status_code == 204
    assert steps(platform) == ["basics", "passwords"]
    [waiver] = waivers(platform)
    assert (waiver["holds"], waiver["revoked_by"]) == (False, "platform")
    assert platform.call("DELETE", "/learners/vneid/42/waivers/k").status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "not_json"), ({"reason": "…"}, "waiver_not_one_thing"), ({**WAIVER, "name": "An"}, "unknown_field")],
)
def test_a_bad_waiver_is_answered_with_problem_details(platform: Platform, body: Any, code: str) -> None:
    response = platform.call("PUT", "/learners/vneid/42/waivers/k", body)
    assert (response.status_code, codes(response)) == (422, [code])
    assert waivers(platform) == []


def test_a_waiver_of_nobody_is_not_found(platform: Platform) -> None:
    assert platform.call("PUT", "/learners/b/waivers/k", WAIVER).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_waiving_needs_its_scope(release: ReleaseInfo, method: str) -> None:
    reader = Platform([Scope.PROGRAMS_READ, Scope.EVENTS_WRITE, Scope.COURSES_READ])
    assert reader.call(method, "/learners/a/waivers/k", WAIVER).status_code == 403


def test_what_is_stored_of_a_learner_holds_their_waivers(platform: Platform) -> None:
    platform.call("PUT", "/learners/vneid/42/waivers/k", WAIVER)
    assert platform.call("GET", "/learners/vneid/42").json()["waivers"] == waivers(platform)


def changes(platform: Platform, query: str = "") -> Any:
    return platform.call("GET", f"/learners/vneid/42/program/changes{query}").json()


def test_changes_say_why_and_what_newest_first(platform: Platform) -> None:
    steps(platform)
    assert changes(platform) == {"changes": [], "next": None}
    platform.call("POST", "/learners/vneid/42/events", EVENT)
    steps(platform)
    platform.call("PUT", "/learners/vneid/42/waivers/k", {"course": "passwords", "reason": "…"})
    steps(platform)
    second, first = changes(platform)["changes"]
    assert first["causes"] == [
        {"kind": "event", "event": "e1", "verb": "completed", "course": "basics", "at": "2026-01-01T08:00:00+00:00"}
    ]
    assert first["steps"] == {"added": [], "taken": ["basics"], "removed": [], "moved": []}
    assert first["minutes"] == {"before": 65, "now": 40}
    assert second["causes"] == [
        {"kind": "waiver", "ending": "waived", "waiver": {"key": "k", "course": "passwords"}}
    ]  # the reason is not for everybody who reads programs


def test_changes_come_a_page_at_a_time(platform: Platform) -> None:
    for number in range(4):
        pace = {**LEARNER, "goals": [{"course": ["basics", "passwords"][number % 2]}]}
        platform.call("PUT", "/learners/vneid/42", pace)
        steps(platform)
    page = changes(platform, "?limit=2")
    assert len(page["changes"]) == 2
    older = json.loads(platform.client.get(page["next"]).content)
    assert (len(older["changes"]), older["next"]) == (1, None)
    assert older["changes"][0]["id"] < page["changes"][-1]["id"]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?before=0", f"?before={2**70}"])
def test_a_page_that_cannot_be_is_refused(platform: Platform, query: str) -> None:
    assert platform.call("GET", f"/learners/vneid/42/program/changes{query}").status_code == 422


def test_changes_need_the_scope_of_programs(release: ReleaseInfo) -> None:
    assert Platform([Scope.LEARNERS_WRITE]).call("GET", "/learners/a/program/changes").status_code == 403
