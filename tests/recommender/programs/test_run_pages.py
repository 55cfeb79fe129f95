"""The admin's pages of runs: who may see and start them, what they say, what they cost; and anybody can use them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import put_learners
from recommender.learners.models import Learner as Row
from recommender.programs.actions import perform_chunk, runs, start_run
from recommender.programs.api import count_by_status, get_world
from recommender.programs.models import BuildChunk, BuildRun
from recommender.programs.run_selectors import iter_waiting_chunks
from tests.factories.curricula import small_curriculum
from tests.support.accessibility import spills, violations
from tests.support.celery import sending_to
from tests.support.clients import choose

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NOWHERE = "redis://127.0.0.1:1/0"
FAILING_FAST = {"broker_transport_options": {"socket_connect_timeout": 0.2}, "task_publish_retry": False}


def person(*codenames: str) -> Any:
    user = get_user_model().objects.create_user("operator", password=None)
    wanted = Permission.objects.filter(codename__in=("access_admin", *codenames))
    user.user_permissions.set(wanted)
    return user


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    client.force_login(person("view_buildrun", "start_buildrun"))
    choose(client, "en")
    return client


@pytest.fixture
def people(release: ReleaseInfo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "CHUNK", 2)
    goals = (LearnerGoal(course="basics"),)
    put_learners([Learner(learner=f"l{n}", goals=goals) for n in range(5)], at=NOW)


def begun(done: int = 0) -> BuildRun:
    run = start_run(get_world(NOW.date()), objective=None, actor="operator", at=timezone.now())
    for chunk in list(iter_waiting_chunks(run.pk))[:done]:
        perform_chunk(chunk, get_world(NOW.date()), at=timezone.now())
    return run


def text(client: Client, run: BuildRun, query: str = "") -> str:
    response = client.get(reverse("programs_run", args=[run.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, run: BuildRun, action: str) -> None:
    response = client.post(reverse("programs_run", args=[run.pk]), {"action": action})
    assert response.status_code == 302


def is_turned_away(response: Any) -> bool:
    """Say whether the admin sent somebody back to its start."""
    return (response.status_code, response.get("Location")) == (302, reverse("wagtailadmin_home"))


def test_whoever_may_not_see_runs_is_turned_away(client: Client, people: None) -> None:
    client.force_login(person())
    run = begun()
    for address in (reverse("programs_runs"), reverse("programs_run", args=[run.pk])):
        assert is_turned_away(client.get(address))


def test_whoever_may_only_see_runs_starts_and_cancels_none(client: Client, people: None) -> None:
    client.force_login(person("view_buildrun"))
    assert is_turned_away(client.post(reverse("programs_runs")))
    run = begun()
    assert is_turned_away(client.post(reverse("programs_run", args=[run.pk]), {"action": "cancel"}))
    assert BuildRun.objects.get().state == "running"
    assert b'value="cancel"' not in client.get(reverse("programs_run", args=[run.pk])).content


def test_a_run_started_here_without_a_queue_is_done_when_its_page_comes(operator: Client, people: None) -> None:
    response = operator.post(reverse("programs_runs"), follow=True)
    assert "5 of 5 learners" in response.content.decode()
    assert count_by_status()["complete"] == 5
    assert BuildRun.objects.get().actor == "operator"


def test_the_part_that_is_asked_for_again_says_how_far_it_is(operator: Client, people: None) -> None:
    part = text(operator, begun(done=2), "?part=1")
    assert "4 of 5 learners" in part
    assert 'value="4"' in part
    assert "<html" not in part


def test_a_cancelled_run_offers_nothing_more(operator: Client, people: None) -> None:
    run = begun(done=1)
    act(operator, run, "cancel")
    page = text(operator, run)
    assert "The run was cancelled" in page
    assert 'name="action"' not in page


def test_what_failed_is_named_with_its_reason_and_tried_again(operator: Client, people: None) -> None:
    Row.objects.filter(pseudonym="l3").update(goals=[{"course": 7}])
    run = begun(done=3)
    page = text(operator, run)
    assert "<strong>l3</strong>: What is stored of the learner is damaged" in page
    Row.objects.filter(pseudonym="l3").update(goals=[])
    act(operator, run, "retry")
    assert "What could not be built" not in text(operator, run)
    assert count_by_status()["complete"] == 5


def test_a_run_that_nobody_works_on_says_so_and_is_handed_out_again(operator: Client, people: None) -> None:
    run = begun()
    assert 'value="resume"' not in text(operator, run)
    BuildRun.objects.update(sent_at=timezone.now() - timedelta(minutes=6))
    assert "Nothing has been heard of this run" in text(operator, run)
    act(operator, run, "resume")
    assert "5 of 5 learners" in text(operator, run)


def test_a_queue_that_is_away_is_said_and_the_run_kept(operator: Client, people: None) -> None:
    with sending_to(NOWHERE, **FAILING_FAST):
        response = operator.post(reverse("programs_runs"), follow=True)
    assert "The job queue cannot be reached" in response.content.decode()
    assert BuildRun.objects.get().state == "running"


def test_a_run_before_the_first_release_is_refused_with_a_sentence(operator: Client) -> None:
    response = operator.post(reverse("programs_runs"), follow=True)
    assert response.status_code == 200
    assert not BuildRun.objects.exists()


def test_as_many_queries_for_many_runs_and_chunks_as_for_few(operator: Client, people: None) -> None:
    run = begun(done=3)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            operator.get(reverse("programs_runs"))
            text(operator, run)
        counts.append(len(queries))
        for _more in range(10):
            other = BuildRun.objects.create(
                actor="a", release=run.release, model="none", state="done", created_at=NOW, sent_at=NOW
            )
            BuildChunk.objects.create(run=other, first=1, last=2, learners=2, state="failed", failed=2, error="x")
            BuildChunk.objects.create(run=run, first=1, last=2, learners=2, state="failed", failed=2, error="x")
    assert counts[0] == counts[1]


def test_the_pages_speak_vietnamese(operator: Client, people: None) -> None:
    choose(operator, "vi")
    assert "Cập nhật mọi lộ trình" in operator.get(reverse("programs_runs")).content.decode()
    assert "5 / 5 người học" in text(operator, begun(done=3))


@pytest.fixture
def signed_in(browser: Any, operator: Client, live_server: Any) -> Iterator[Any]:
    browser.get(f"{live_server.url}/static/nothing")
    browser.add_cookie({"name": "sessionid", "value": operator.cookies["sessionid"].value})
    yield browser
    browser.delete_all_cookies()


@pytest.mark.django_db(transaction=True)
def test_an_operator_starts_a_run_and_watches_it_end(
    signed_in: Any, live_server: Any, celery_worker: None, transactional_db: None
) -> None:
    publish_release(small_curriculum(), parent=None, actor="designer", note="first", at=NOW)
    goals = (LearnerGoal(course="basics"),)
    put_learners([Learner(learner=f"l{n}", goals=goals) for n in range(1200)], at=NOW)
    signed_in.get(live_server.url + reverse("programs_runs"))
    found = {"runs": violations(signed_in, contrast=False, within="#main")}
    signed_in.find_element(By.CSS_SELECTOR, "#main form button").send_keys(Keys.ENTER)
    running = expected_conditions.presence_of_element_located((By.CSS_SELECTOR, "[data-controller=run-progress]"))
    WebDriverWait(signed_in, 30).until(running)
    found["running"] = violations(signed_in, contrast=False, within="#main")
    finished = expected_conditions.presence_of_element_located((By.CSS_SELECTOR, "#main [data-finished]"))
    WebDriverWait(signed_in, 60).until(finished)
    found["finished"] = violations(signed_in, contrast=False, within="#main")
    assert {page: lines for page, lines in found.items() if lines} == {}
    assert not spills(signed_in)
    assert count_by_status()["complete"] == 1200
