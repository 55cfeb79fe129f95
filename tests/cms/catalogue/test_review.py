"""A designer submits, a reviewer approves or asks for changes: through the forms that they press the buttons of."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.catalogue.models import CoursePage, Module
from cms.catalogue.roles import DESIGNER, SUBJECT_REVIEWER
from tests.cms.catalogue.conftest import course_fields, draft_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
Clients = Callable[..., Client]
Post = Callable[[Client, dict[str, str]], Any]
DECIDE = {"action-workflow-action": "true", "workflow-action-extra-data": '{"comment": "Viết rõ hơn"}'}


@pytest.fixture(params=["course", "module"])
def thing(request: pytest.FixtureRequest, module: Module, make_course: Callable[..., CoursePage]) -> Any:
    """What is reviewed: live, and about to get another title."""
    return module if request.param == "module" else make_course("c1", modules=["m1"])


@pytest.fixture
def post(thing: Any) -> Post:
    """Send the editor of the thing with a new title, and with what a button adds."""

    def send(client: Client, button: dict[str, str]) -> Any:
        if isinstance(thing, CoursePage):
            fields = course_fields("c1", title_text='"Tên mới"', modules='["m1"]', **button)
            return client.post(reverse("wagtailadmin_pages:edit", args=[thing.pk]), fields)
        fields = {"code": "m1", "title": '"Tên mới"', "body-count": "0", "minutes": "", "megabytes": "", "owner": ""}
        return client.post(reverse("wagtailsnippets_catalogue_module:edit", args=[thing.pk]), {**fields, **button})

    return send


def title(thing: Any) -> Any:
    found = type(thing).objects.get(pk=thing.pk)
    return found.title_text if isinstance(found, CoursePage) else found.title


def test_what_a_reviewer_approves_is_live(thing: Any, post: Post, client_of: Clients) -> None:
    post(client_of(DESIGNER), {"action-submit": "true"})
    assert title(thing) != "Tên mới"
    post(client_of(SUBJECT_REVIEWER), {**DECIDE, "workflow-action-name": "approve"})
    assert title(thing) == "Tên mới"
    assert not draft_of(thing).workflow_in_progress


def test_what_needs_changes_stays_as_it_was_and_says_why(thing: Any, post: Post, client_of: Clients) -> None:
    post(client_of(DESIGNER), {"action-submit": "true"})
    post(client_of(SUBJECT_REVIEWER), {**DECIDE, "workflow-action-name": "reject"})
    assert title(thing) != "Tên mới"
    state = draft_of(thing).current_workflow_state
    assert (state.status, state.current_task_state.comment) == (state.STATUS_NEEDS_CHANGES, "Viết rõ hơn")


def test_a_designer_cannot_approve(thing: Any, post: Post, client_of: Clients) -> None:
    designer = client_of(DESIGNER)
    post(designer, {"action-submit": "true"})
    post(designer, {**DECIDE, "workflow-action-name": "approve"})
    assert title(thing) != "Tên mới"
