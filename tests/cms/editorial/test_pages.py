"""The screens of releases: who may see them, what they say, what they cost."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.catalogue.models import CoursePage
from cms.editorial import actions
from cms.editorial.models import PublishRun
from curriculum_graph.releases.api import find_current_release, list_moves
from tests.cms.editorial.live import make_live, person
from tests.curriculum_graph.releases.content import AT, course, publish, snapshot
from tests.support.celery import sending_to
from tests.support.clients import choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client: Client) -> Client:
    client.force_login(person("publisher", "view_release", "publish_release"))
    return client


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(person("auditor", "view_release"))
    return client


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(person("designer"))
    return client


def in_english(client: Client) -> Client:
    choose(client, "en")
    return client


def page(client: Client, name: str, *args: Any, query: str = "", language: str = "en") -> str:
    choose(client, language)
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def pages(release_id: str, run: PublishRun) -> list[tuple[str, list[Any], bool]]:
    """Every screen: its name, its arguments, and whether an auditor may see it."""
    return [
        ("editorial_releases", [], True),
        ("editorial_release", [release_id], True),
        ("editorial_compare", [], True),
        ("editorial_publish", [], False),
        ("editorial_run", [run.pk], False),
        ("editorial_roll_back", [release_id], False),
    ]


def test_publisher_sees_every_screen(publisher: Client) -> None:
    release, run = publish(snapshot()), actions.start_check(actor="an", at=AT)
    for name, args, _ in pages(release.id, run):
        assert page(publisher, name, *args)


def test_auditor_reads_and_does_not_publish(auditor: Client) -> None:
    release, run = publish(snapshot()), actions.start_check(actor="an", at=AT)
    for name, args, readable in pages(release.id, run):
        response = auditor.get(reverse(name, args=args))
        assert (response.status_code == 200) is readable, name
    assert reverse("editorial_publish") not in page(auditor, "editorial_releases")


def test_designer_sees_no_screen_and_no_menu_entry(designer: Client) -> None:
    release, run = publish(snapshot()), actions.start_check(actor="an", at=AT)
    for name, args, _ in pages(release.id, run):
        assert designer.get(reverse(name, args=args)).status_code == 302, name
    assert reverse("editorial_releases") not in page(designer, "wagtailadmin_home")


def test_menu_leads_to_releases(auditor: Client) -> None:
    assert reverse("editorial_releases") in page(auditor, "wagtailadmin_home")


def test_auditor_cannot_post(auditor: Client) -> None:
    first = publish(snapshot())
    second = publish(snapshot(course(1)))
    auditor.post(reverse("editorial_publish"))
    auditor.post(reverse("editorial_roll_back", args=[first.id]), {"note": "n"})
    assert not PublishRun.objects.exists()
    assert find_current_release() == second


def test_empty_list_says_what_to_do(publisher: Client) -> None:
    assert "Publish the first release" in page(publisher, "editorial_releases")


def test_list_costs_the_same_whatever_its_length(publisher: Client) -> None:
    def queries() -> int:
        page(publisher, "editorial_releases")
        with CaptureQueriesContext(connection) as captured:
            page(publisher, "editorial_releases")
        return len(captured)

    publish(snapshot(course(1)))
    publish(snapshot(course(1, minutes=2)))
    few = queries()
    for number in range(3, 20):
        publish(snapshot(course(1, minutes=number)))
    assert queries() == few


def test_list_has_pages(publisher: Client) -> None:
    for number in range(1, 28):
        publish(snapshot(course(1, minutes=number)), note=f"note {number:02}", at=AT.replace(minute=number))
    first, second = page(publisher, "editorial_releases"), page(publisher, "editorial_releases", query="?p=2")
    assert "note 27" in first
    assert "note 01" not in first
    assert "note 01" in second


def test_unknown_release_is_a_404(publisher: Client) -> None:
    assert publisher.get(reverse("editorial_release", args=["0" * 64])).status_code == 404
    assert publisher.get(reverse("editorial_compare") + "?a=zzzz").status_code == 404


def test_comparison_says_what_is_different(auditor: Client) -> None:
    a, b = publish(snapshot(course(1))), publish(snapshot(course(1, minutes=99)))
    shown = page(auditor, "editorial_compare", query=f"?a={a.id}&b={b.id}")
    assert "minutes: 31 → 99" in shown


def test_what_is_written_in_a_note_is_text(auditor: Client) -> None:
    release = publish(snapshot(), note="<script>alert(1)</script>")
    for shown in (page(auditor, "editorial_releases"), page(auditor, "editorial_release", release.id)):
        assert "<script>alert(1)" not in shown


def test_look_then_publish(publisher: Client, tmp_path: Path, settings: Any) -> None:
    make_live(snapshot(), tmp_path)
    looked = in_english(publisher).post(reverse("editorial_publish"), follow=True)
    assert "What would change for learners" in looked.content.decode()
    assert find_current_release() is None
    done = publisher.post(looked.redirect_chain[-1][0], {"note": "Đầu tiên"}, follow=True)
    current = find_current_release()
    assert current is not None
    assert (current.note, current.actor) == ("Đầu tiên", "publisher")
    assert reverse("editorial_release", args=[current.id]) in done.content.decode()


def test_publishing_needs_a_note(publisher: Client, tmp_path: Path) -> None:
    make_live(snapshot(), tmp_path)
    looked = publisher.post(reverse("editorial_publish"), follow=True)
    publisher.post(looked.redirect_chain[-1][0], {"note": " "}, follow=True)
    assert find_current_release() is None


def test_errors_are_listed_and_there_is_no_button(publisher: Client, tmp_path: Path) -> None:
    make_live(snapshot(), tmp_path)
    CoursePage.objects.filter(code="course-1").update(live=False)
    looked = in_english(publisher).post(reverse("editorial_publish"), follow=True)
    shown = looked.content.decode()
    assert "Errors keep this from being published" in shown
    assert "course-2" in shown
    assert 'name="note"' not in shown


def test_outdated_look_asks_to_look_again(publisher: Client, tmp_path: Path) -> None:
    make_live(snapshot(), tmp_path)
    looked = publisher.post(reverse("editorial_publish"), follow=True)
    publish(snapshot(course(1)))
    again = page(publisher, "editorial_run", looked.context["run"].pk)
    assert "This look is out of date" in again


def test_roll_back_shows_the_consequence_moves_and_offers_the_way_back(publisher: Client) -> None:
    first, second = publish(snapshot(course(1))), publish(snapshot(course(1, minutes=99)))
    assert "minutes: 99 → 31" in page(publisher, "editorial_roll_back", first.id)
    answer = publisher.post(reverse("editorial_roll_back", args=[first.id]), {"note": "Nhầm"}, follow=True)
    assert find_current_release() == first
    assert (list_moves()[0].actor, list_moves()[0].note) == ("publisher", "Nhầm")
    assert reverse("editorial_roll_back", args=[second.id]) in answer.content.decode()


def test_progress_is_a_fragment_that_says_when_it_is_over(publisher: Client) -> None:
    run = actions.start_check(actor="an", at=AT)
    going_on = page(publisher, "editorial_run", run.pk, query="?part=1")
    assert "data-finished" not in going_on
    assert "<html" not in going_on
    actions.perform(run.pk, at=timezone.now())
    assert "data-finished" in page(publisher, "editorial_run", run.pk, query="?part=1")


def test_queue_that_cannot_be_reached_is_said(publisher: Client) -> None:
    options = {"socket_connect_timeout": 1, "max_retries": 0}
    with sending_to("redis://127.0.0.1:1/0", broker_transport_options=options, task_publish_retry=False):
        shown = in_english(publisher).post(reverse("editorial_publish"), follow=True)
    assert "The job queue cannot be reached" in shown.content.decode()


def test_one_release_is_not_offered_for_comparison(publisher: Client) -> None:
    publish(snapshot())
    assert 'name="a"' not in page(publisher, "editorial_releases")


def test_two_releases_are_offered_for_comparison(publisher: Client) -> None:
    publish(snapshot())
    publish(snapshot(course(1)))
    assert page(publisher, "editorial_releases").count('name="a"') == 2
