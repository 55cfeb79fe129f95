"""Other questions over HTTP: next, recommendations, unlocks, time to, what if."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from exports.delivery.api import Scope
from recommender.engine.interchange import schema, validator
from recommender.engine.scoring import PopularityScorer
from recommender.learners.api import get_learner
from recommender.programs.api import get_world, list_versions
from recommender.programs.situations import recommend_to, situation_of
from tests.factories.curricula import small_curriculum
from tests.recommender.programs.test_api import LEARNER, Platform

WAIVER = {"reason": "…", "course": "basics", "required_by": "passwords"}


@pytest.fixture
def platform(release: ReleaseInfo) -> Platform:
    platform = Platform(list(Scope))
    platform.call("PUT", "/learners/a", {**LEARNER, "minutes_per_week": 60})
    return platform


def ask(platform: Platform, question: str, learner: str = "a") -> Any:
    response = platform.call("GET", f"/learners/{learner}/{question}")
    assert response.status_code == 200, response.content
    return response.json()


def test_next_are_the_courses_to_take_now_those_of_the_program_first(platform: Platform) -> None:
    answer = ask(platform, "next")
    assert answer["courses"] == [{"course": "basics", "minutes": 25, "position": 1, "opens": ["passwords"]}]
    assert (answer["learner"], answer["model"], answer["count"]) == ("a", "none", 1)


def test_no_more_next_courses_come_than_are_asked_for(platform: Platform) -> None:
    platform.call("PUT", "/learners/b", {"region": "ca-mau"})
    answer = ask(platform, "next?limit=1", "b")
    assert (len(answer["courses"]), answer["count"]) == (1, 2)


def test_recommendations_follow_the_schema_and_the_minutes_asked_for(platform: Platform) -> None:
    answer = ask(platform, "recommendations?minutes=70")
    validator("recommendations").validate(answer)
    assert [step["course"] for step in answer["steps"]] == ["basics", "passwords"]
    assert (answer["minutes"], answer["total_minutes"], answer["basis"]) == (70, 65, "fit")


@pytest.mark.parametrize(("more", "minutes"), [({}, 1_200), ({"minutes_budget": 30}, 30)])
def test_without_minutes_the_budget_counts_and_without_one_twenty_hours(
    platform: Platform, more: dict[str, int], minutes: int
) -> None:
    platform.call("PUT", "/learners/a", {**LEARNER, **more})
    assert ask(platform, "recommendations")["minutes"] == minutes


def test_with_a_model_recommendations_go_by_its_relevance(platform: Platform) -> None:
    world = get_world(timezone.localdate())
    scorer = PopularityScorer(world.graph.course_codes, {"passwords": 9, "wallet": 1}, model="m1")
    found = recommend_to(situation_of(replace(world, scorer=scorer), get_learner("a")))
    assert (found.basis, found.model) == ("model", "m1")
    assert [(step.course, step.reasons[0].code) for step in found.steps] == [
        ("basics", "reaches_level"),  # only required
        ("passwords", "relevant_to_you"),
    ]


def test_what_unlocks_a_course_is_a_program_to_it(platform: Platform) -> None:
    answer = ask(platform, "courses/wallet/unlocks")
    assert answer["state"] == "locked"
    assert answer["missing"] == [
        {"any_of": [{"competence": "tt02:4.1", "level": 1}]},
        {"any_of": [{"course": "passwords"}]},
    ]
    validator("programs").validate(answer["program"])


def test_a_requirement_that_is_waived_does_not_lock_a_course(platform: Platform) -> None:
    platform.call("PUT", "/learners/a/waivers/w", WAIVER)
    assert ask(platform, "courses/passwords/unlocks")["state"] == "next"


def test_how_long_it_is_to_a_goal_is_said_straight_and_on_the_path(platform: Platform) -> None:
    answer = ask(platform, "time-to?competence=tt02:4.2&level=2&pace=30&pace=65")
    assert answer["straight"]["minutes"] == 65
    assert answer["straight"]["paces"] == [
        {"minutes_per_week": 60, "weeks": 2},
        {"minutes_per_week": 30, "weeks": 3},
        {"minutes_per_week": 65, "weeks": 1},
    ]
    assert answer["on_path"]["courses"] == ["basics", "passwords"]


def test_a_programme_can_be_asked_for_as_a_goal(platform: Platform) -> None:
    assert ask(platform, "time-to?programme=first-steps")["straight"]["minutes"] == 125


def test_what_if_says_the_program_before_and_after_and_stores_nothing(platform: Platform) -> None:
    answer = platform.call("POST", "/learners/a/what-if", {"minutes_per_week": 125, "remove_goals": []}).json()
    validator("programs").validate(answer["before"])
    validator("programs").validate(answer["after"])
    assert answer["difference"] == {"minutes": [125, 125], "weeks": [3, 1]}
    assert get_learner("a").profile.minutes_per_week == 60
    assert len(list_versions(get_learner("a").id)) == 1


def test_what_if_i_skip_a_course_says_which_goal_is_lost(platform: Platform) -> None:
    answer = platform.call("POST", "/learners/a/what-if", {"skip": ["passwords"]}).json()
    assert answer["difference"]["lost"] == [{"course": "wallet"}]
    assert answer["difference"]["removed"] == ["basics", "passwords", "wallet"]


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"minutes_per_week": 0}, "too_small", "/minutes_per_week"),
        ({"speed": 2}, "unknown_field", "/speed"),
        ({"skip": ["alchemy"]}, "unknown_course", "/skip/0"),
        ({"add": ["basics", "alchemy"]}, "unknown_course", "/add/1"),
        ({"add_goals": [{"programme": "alchemy"}]}, "unknown_programme", "/add_goals/0"),
        ({"add_goals": [{"course": "basics", "programme": "first-steps"}]}, "goal_not_one_thing", "/add_goals/0"),
        (b"{", "not_json", ""),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_place(
    platform: Platform, body: Any, code: str, pointer: str
) -> None:
    response = platform.call("POST", "/learners/a/what-if", body)
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert [(error["code"], error["pointer"]) for error in response.json()["errors"]] == [(code, pointer)]


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("courses/alchemy/unlocks", 404, "not_found"),
        ("time-to?course=alchemy", 404, "not_found"),
        ("time-to?programme=alchemy", 404, "not_found"),
        ("time-to?competence=alchemy&level=1", 404, "not_found"),
        ("time-to", 422, "document_refused"),
        ("time-to?course=basics&programme=first-steps", 422, "document_refused"),
        ("time-to?course=basics&pace=0", 422, "document_refused"),
        ("recommendations?minutes=-1", 422, "not_valid"),
        ("recommendations?minutes=1e9", 422, "not_valid"),
        ("next?limit=0", 422, "not_valid"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_why(
    platform: Platform, question: str, status: int, code: str
) -> None:
    response = platform.call("GET", f"/learners/a/{question}")
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"


QUESTIONS = ("next", "recommendations", "courses/wallet/unlocks", "time-to?course=wallet")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_that_is_the_same_costs_no_body(platform: Platform, question: str) -> None:
    first = platform.call("GET", f"/learners/a/{question}")
    again = platform.call("GET", f"/learners/a/{question}", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_may_not_read_programs_is_told_nothing(release: ReleaseInfo, question: str) -> None:
    other = Platform([Scope.COURSES_READ, Scope.LEARNERS_WRITE, Scope.EVENTS_WRITE])
    assert other.call("GET", f"/learners/a/{question}").status_code == 403
    assert Client().get(f"/api/v1/learners/a/{question}").status_code == 401
    assert other.call("POST", "/learners/a/what-if", {}).status_code == 403


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_unknown_learner_is_not_found(platform: Platform, question: str) -> None:
    assert platform.call("GET", f"/learners/nobody/{question}").status_code == 404


def test_a_goal_that_the_release_no_longer_has_breaks_no_question(platform: Platform, release: ReleaseInfo) -> None:
    courses = tuple(course for course in small_curriculum().courses if course.code != "wallet")
    without = small_curriculum(courses=courses, programmes=())
    publish_release(without, parent=release.id, actor="designer", note="second", at=timezone.now())
    assert ask(platform, "next")["courses"][0]["course"] == "basics"
    answer = platform.call("POST", "/learners/a/what-if", {"add": ["passwords"]}).json()
    assert answer["difference"]["added"] == ["basics", "passwords"]
    assert [unmet["goal"]["course"] for unmet in answer["after"]["unmet"]] == ["wallet"]
    assert answer["after"]["status"] == "partial"


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_asks_the_database_more_for_a_longer_program(platform: Platform, question: str) -> None:
    platform.call("PUT", "/learners/b", {"goals": [{"course": "basics"}]})
    counts = []
    for learner in "ab":
        ask(platform, question, learner)
        with CaptureQueriesContext(connection) as queries:
            ask(platform, question, learner)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_reference_shows_an_example_of_each_question_and_the_schema_of_a_change(platform: Platform) -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    one = "/api/v1/learners/{learner}"
    for address in ("next", "recommendations", "courses/{code}/unlocks", "time-to"):
        assert paths[f"{one}/{address}"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    body = paths[f"{one}/what-if"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == schema("what-if")
