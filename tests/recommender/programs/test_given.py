"""What is recommended beside programs is noted, and goes with the learner or when its time is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curriculum_graph.releases.api import ReleaseInfo
from exports.delivery.api import Scope
from recommender.learners.api import get_learner
from recommender.programs.actions import Question, forget_before, note_recommendation
from recommender.programs.given import list_given
from recommender.programs.links import issue_token
from recommender.programs.worlds import get_world
from tests.recommender.programs.test_api import LEARNER, Platform
from tests.support.clients import client_in


@pytest.fixture
def platform(release: ReleaseInfo) -> Platform:
    platform = Platform(list(Scope))
    platform.call("PUT", "/learners/a", LEARNER)
    return platform


def noted(platform: Platform) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = platform.call("GET", "/learners/a").json()["recommendations"]
    return found


def test_what_was_recommended_is_noted_with_what_it_was_built_from(platform: Platform, release: ReleaseInfo) -> None:
    platform.call("GET", "/learners/a/recommendations?minutes=70")
    platform.call("GET", "/learners/a/next")
    assert [
        {name: row[name] for name in ("question", "minutes", "courses", "release", "model")} for row in noted(platform)
    ] == [
        {"question": "next", "minutes": None, "courses": ["basics"], "release": release.id, "model": "none"},
        {"question": "best", "minutes": 70, "courses": ["basics", "passwords"], "release": release.id, "model": "none"},
    ]


def test_the_same_answer_to_the_same_question_is_noted_once(platform: Platform) -> None:
    for minutes in (70, 70, 60, 70):
        platform.call("GET", f"/learners/a/recommendations?minutes={minutes}")
    assert [row["minutes"] for row in noted(platform)] == [70, 60, 70]


def test_questions_that_recommend_nothing_are_not_noted(platform: Platform) -> None:
    platform.call("GET", "/learners/a/courses/wallet/unlocks")
    platform.call("GET", "/learners/a/time-to?course=wallet")
    platform.call("POST", "/learners/a/what-if", {"skip": ["basics"]})
    assert noted(platform) == []


def test_what_the_pages_recommend_is_noted_too(platform: Platform) -> None:
    platform.call("PUT", "/learners/a", {})
    token = issue_token(get_learner("a").id)
    for page in ("path", "next"):
        client_in("vi").get(reverse(f"programs:{page}", args=[token]))
    assert [(row["question"], row["minutes"]) for row in noted(platform)] == [("next", None), ("best", 600)]


def test_an_erased_learner_is_not_noted_and_leaves_nothing(platform: Platform) -> None:
    stored, world = get_learner("a"), get_world(timezone.localdate())
    note_recommendation(stored, world, Question.NEXT, ["basics"], minutes=None, at=timezone.now())
    platform.call("DELETE", "/learners/a")
    note_recommendation(stored, world, Question.NEXT, ["wallet"], minutes=None, at=timezone.now())
    assert list_given(stored.id) == []


def test_recommendations_are_forgotten_when_their_time_is_over(platform: Platform) -> None:
    platform.call("GET", "/learners/a/next")
    now = timezone.now()
    gone = [forget_before(programs=now + timedelta(days=days), runs=now)[1] for days in (-1, 1)]
    assert gone == [0, 1]


def test_an_answer_that_was_given_before_costs_one_query(platform: Platform) -> None:
    stored, world = get_learner("a"), get_world(timezone.localdate())
    note_recommendation(stored, world, Question.NEXT, ["basics"], minutes=None, at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        note_recommendation(stored, world, Question.NEXT, ["basics"], minutes=None, at=timezone.now())
    assert len(queries) == 1
