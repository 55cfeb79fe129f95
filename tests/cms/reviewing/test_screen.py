"""The screen of reviews: what each sees, filters, and how often it asks the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.catalogue.roles import AUDITOR, AUTHOR, DESIGNER, PUBLISHER, SUBJECT_REVIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
URL = reverse("reviewing_reviews")


@pytest.fixture
def in_review(make_course: Callable[..., Any], client_of: Callable[..., Client]) -> Callable[[int, int], None]:
    """Return a maker of courses that are being reviewed."""
    submitter = client_of(DESIGNER, "submitter").user  # type: ignore[attr-defined]

    def make(first: int, last: int) -> None:
        for number in range(first, last):
            course = make_course(f"c{number}")
            course.save_revision(user=submitter)
            course.get_workflow().start(course, submitter)

    return make


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{URL}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_reads_sees_what_waits(client_of: Callable[..., Client], in_review: Any) -> None:
    in_review(0, 1)
    page = shown(client_of(AUDITOR))
    assert "Khoá c0" in page
    assert "Subject review" in page


def test_an_author_sees_what_they_submitted_alone(client_of: Callable[..., Client], in_review: Any) -> None:
    in_review(0, 1)
    assert "Khoá c0" not in shown(client_of(AUTHOR))


@pytest.mark.parametrize(("role", "sees"), [(SUBJECT_REVIEWER, True), (PUBLISHER, False)])
def test_the_filter_keeps_what_one_may_decide(
    client_of: Callable[..., Client], in_review: Any, role: str, sees: bool
) -> None:
    in_review(0, 1)
    assert ("Khoá c0" in shown(client_of(role), "?mine=1")) == sees


def test_what_is_late_says_so(client_of: Callable[..., Client], in_review: Any) -> None:
    in_review(0, 2)
    late = TaskState.objects.first()
    assert late is not None
    TaskState.objects.filter(pk=late.pk).update(started_at=timezone.now() - timedelta(days=6))
    page = shown(client_of(AUDITOR), "?late=1")
    assert ("Khoá c0" in page, "Khoá c1" in page) == (True, False)
    assert "overdue since" in page


def test_more_reviews_ask_no_more(client_of: Callable[..., Client], in_review: Any) -> None:
    client = client_of(SUBJECT_REVIEWER)

    def asked() -> int:
        shown(client)
        with CaptureQueriesContext(connection) as queries:
            shown(client)
        return len(queries)

    in_review(0, 3)
    few = asked()
    in_review(3, 12)
    assert asked() == few < 40


def test_the_list_is_exported(client_of: Callable[..., Client], in_review: Any) -> None:
    in_review(0, 1)
    client = client_of(AUDITOR)
    answer = client.get(f"{URL}?export=csv")
    assert "Khoá c0" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
