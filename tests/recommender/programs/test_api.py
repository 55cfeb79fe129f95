import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from curriculum_graph.releases.api import ReleaseInfo
from exports.delivery.api import Scope, create_token
from recommender.engine.interchange import validator
from recommender.learners.api import count_events, find_learner, get_learner
from recommender.programs.api import find_current, list_versions

LEARNER = {"audiences": ["farmer"], "languages": ["vi"], "goals": [{"course": "wallet"}]}
EVENT = {"id": "e1", "verb": "completed", "at": "2026-01-01T08:00:00Z", "course": "basics"}


class Platform:
    """The delivery platform: calls the API as JSON, with a token of every scope."""

    def __init__(self, scopes: list[Scope]) -> None:
        token = create_token("platform", scopes, at=timezone.now(), actor="operator")
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, f"/api/v1{path}", data, "application/json", headers=headers)


@pytest.fixture
def platform(release: ReleaseInfo) -> Platform:
    return Platform(list(Scope))


def codes(response: HttpResponse) -> list[str]:
    return [error["code"] for error in json.loads(response.content)["errors"]]


def test_a_learner_is_created_then_replaced(platform: Platform) -> None:
    assert platform.call("PUT", "/learners/a", LEARNER).status_code == 201
    response = platform.call("PUT", "/learners/a", {"learner": "a"})
    assert (response.status_code, response.json()["change"]) == (200, "updated")


def test_a_pseudonym_may_contain_a_slash(platform: Platform) -> None:
    platform.call("PUT", "/learners/vneid/42", LEARNER)
    assert platform.call("GET", "/learners/vneid/42/program").json()["learner"] == "vneid/42"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"goals": ', "not_json"),
        (b"\xff", "not_utf8"),
        (b"[" * 100_000, "nested_too_deeply"),
        ([], "wrong_type"),
        ({"name": "Nguyễn Văn A"}, "unknown_field"),
        ({"learner": "b"}, "another_learner"),
        ({"region": "atlantis"}, "unknown_region"),
        ({"minutes_budget": -1}, "too_small"),
    ],
)
def test_a_bad_learner_is_refused_with_problem_details_and_nothing_is_stored(
    platform: Platform, body: Any, code: str
) -> None:
    response = platform.call("PUT", "/learners/a", body)
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert codes(response) == [code]
    assert find_learner("a") is None


def test_a_program_follows_the_contract_and_an_unchanged_one_costs_no_body(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    first = platform.call("GET", "/learners/a/program")
    validator("programs").validate(first.json())
    again = platform.call("GET", "/learners/a/program", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_program_is_planned_again_when_the_learner_does_something(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    first = platform.call("GET", "/learners/a/program")
    assert platform.call("POST", "/learners/a/events", EVENT).json() == {"created": 1, "repeated": 0}
    second = platform.call("GET", "/learners/a/program", **{"If-None-Match": first["ETag"]})
    assert [step["course"] for step in second.json()["steps"]] == ["passwords", "wallet"]
    assert [version.cause for version in list_versions(get_learner("a").id)] == ["request", "event"]


@pytest.mark.django_db(transaction=True)
def test_telling_an_event_plans_again_without_being_asked(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    platform.call("POST", "/learners/a/events", EVENT)
    current = find_current(get_learner("a").id)
    assert current is not None
    assert [step.course for step in current.stored.program.steps] == ["passwords", "wallet"]


def test_an_event_sent_twice_counts_once(platform: Platform) -> None:
    platform.call("POST", "/learners/a/events", [EVENT, {**EVENT, "id": "e2"}])
    assert platform.call("POST", "/learners/a/events", EVENT).json() == {"created": 0, "repeated": 1}
    assert count_events() == 2


def test_a_bad_event_refuses_the_whole_list_and_says_which(platform: Platform) -> None:
    response = platform.call("POST", "/learners/a/events", [EVENT, {**EVENT, "id": "e2", "course": "alchemy"}])
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/1/course"
    assert count_events() == 0


def test_a_bad_event_alone_is_pointed_at_from_its_root(platform: Platform) -> None:
    response = platform.call("POST", "/learners/a/events", {**EVENT, "at": "2999-01-01T00:00:00Z"})
    assert [error["pointer"] for error in response.json()["errors"]] == ["/at"]


def test_a_learner_who_asks_gets_everything_that_is_stored(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    platform.call("POST", "/learners/a/events", EVENT)
    platform.call("GET", "/learners/a/program")
    stored = platform.call("GET", "/learners/a").json()
    assert stored["profile"] == {"learner": "a", **LEARNER}
    assert [event["id"] for event in stored["events"]] == ["e1"]
    assert [completion["course"] for completion in stored["completions"]] == ["basics"]
    assert stored["programs"][0]["program"]["learner"] == "a"


def test_a_learner_who_asks_is_erased(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    platform.call("GET", "/learners/a/program")
    assert platform.call("DELETE", "/learners/a").status_code == 204
    assert platform.call("GET", "/learners/a").status_code == 404
    assert platform.call("DELETE", "/learners/a").status_code == 404


def test_without_a_token_nothing_is_told(platform: Platform) -> None:
    response = Client().get("/api/v1/learners/a/program")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


def test_a_token_without_the_scope_changes_nothing(release: ReleaseInfo) -> None:
    platform = Platform([Scope.PROGRAMS_READ])
    assert platform.call("PUT", "/learners/a", LEARNER).status_code == 403
    assert platform.call("DELETE", "/learners/a").status_code == 403


@pytest.mark.django_db
def test_before_the_first_release_the_service_says_so() -> None:
    response = Platform(list(Scope)).call("PUT", "/learners/a", LEARNER)
    assert (response.status_code, response.json()["code"]) == (503, "no_release")


def test_an_unknown_learner_is_not_found(platform: Platform) -> None:
    response = platform.call("GET", "/learners/nobody/program")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_link_opens_the_learners_own_page(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    link = platform.call("POST", "/learners/a/link").json()["url"]
    response = Client().get(link)
    assert response.status_code == 200
    assert "Làm quen với điện thoại thông minh" in response.content.decode()


def test_an_unchanged_program_takes_a_fixed_number_of_queries_however_much_the_learner_did(
    platform: Platform, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    platform.call("PUT", "/learners/a", LEARNER)
    platform.call("GET", "/learners/a/program")
    with django_assert_num_queries(8):
        platform.call("GET", "/learners/a/program")
    events = [{**EVENT, "id": str(i), "verb": "launched"} for i in range(30)]
    platform.call("POST", "/learners/a/events", events)
    platform.call("GET", "/learners/a/program")
    with django_assert_num_queries(8):
        platform.call("GET", "/learners/a/program")


def test_more_events_than_one_request_may_hold_are_refused_whole(platform: Platform) -> None:
    events = [{**EVENT, "id": f"e{number}"} for number in range(1_001)]
    response = platform.call("POST", "/learners/a/events", events)
    assert (response.status_code, codes(response)) == (422, ["too_many_events"])
    assert count_events() == 0


def test_a_body_that_is_too_large_is_answered_with_problem_details(platform: Platform) -> None:
    response = platform.call("PUT", "/learners/a", b" " * 3_000_000)
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")
    assert response.json()["fields"] == {"limit": 2_621_440}
