"""A course, a module and a variant go through the three steps, by the forms that people send."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowContentType, WorkflowTask

from cms.catalogue.models import AuthorScope, CoursePage, Module, Variant
from cms.catalogue.roles import AUTHOR, DESIGNER, LANGUAGE_REVIEWER, PUBLISHER, SUBJECT_REVIEWER
from cms.notices.models import Notice
from cms.reviewing import telling
from cms.reviewing.models import ReviewTask
from cms.reviewing.selectors import list_waiting, list_waiting_for, overdue
from cms.reviewing.tasks import publish_scheduled
from cms.reviewing.workflow import make_workflow
from tests.cms.catalogue.conftest import course_fields, variant_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
Clients = Callable[..., Client]
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
REJECT = {"action-workflow-action": "true", "workflow-action-name": "reject"}
REASON = {"workflow-action-extra-data": '{"comment": "Viết rõ hơn"}'}
STEPS = [SUBJECT_REVIEWER, LANGUAGE_REVIEWER, PUBLISHER]


@pytest.fixture(params=["course", "module", "variant"])
def thing(request: pytest.FixtureRequest, module: Module, make_course: Any, make_variant: Any) -> Any:
    """What is reviewed: live, and about to get another length."""
    if request.param == "course":
        return make_course("c1", modules=["m1"])
    return module if request.param == "module" else make_variant("sl", regions=["vn-14"])


def send(client: Client, thing: Any, **button: str) -> Any:
    """Send the editor of a thing with a new length and with what a button adds."""
    if isinstance(thing, CoursePage):
        fields = course_fields("c1", minutes="7", modules='["m1"]')
        return client.post(reverse("wagtailadmin_pages:edit", args=[thing.pk]), {**fields, **button})
    if isinstance(thing, Module):
        fields = {"code": "m1", "title": '"Tên"', "body-count": "0", "minutes": "7", "megabytes": "", "owner": ""}
    else:
        fields = variant_fields(thing.module, "sl", regions='["vn-14"]', minutes="7")
    name = f"wagtailsnippets_catalogue_{thing._meta.model_name}:edit"
    return client.post(reverse(name, args=[thing.pk]), {**fields, **button})


def submit(clients: Clients, thing: Any) -> Client:
    client = clients(DESIGNER, "designer")
    send(client, thing, **{"action-submit": "true"})
    return client


def is_live(thing: Any) -> bool:
    return bool(type(thing).objects.get(pk=thing.pk).minutes == 7)


def test_three_steps_of_approval_make_it_live(thing: Any, client_of: Clients) -> None:
    submit(client_of, thing)
    for role in STEPS:
        assert not is_live(thing)
        send(client_of(role), thing, **APPROVE)
    assert is_live(thing)


@pytest.mark.parametrize("role", [LANGUAGE_REVIEWER, PUBLISHER, AUTHOR])
def test_another_role_does_not_decide_at_the_first_step(thing: Any, client_of: Clients, role: str) -> None:
    submit(client_of, thing)
    send(client_of(role), thing, **APPROVE)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_a_rejection_without_a_reason_is_refused(thing: Any, client_of: Clients) -> None:
    submit(client_of, thing)
    send(client_of(SUBJECT_REVIEWER), thing, **REJECT)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_a_rejection_is_corrected_and_goes_on_where_it_was(thing: Any, client_of: Clients) -> None:
    designer = submit(client_of, thing)
    send(client_of(SUBJECT_REVIEWER), thing, **APPROVE)
    send(client_of(LANGUAGE_REVIEWER), thing, **REJECT, **REASON)
    assert not is_live(thing)
    send(designer, thing, **{"action-submit": "true"})
    waiting = list_waiting().get()
    assert LANGUAGE_REVIEWER in waiting.task.specific.groups.values_list("name", flat=True)


def test_nobody_decides_about_their_own(client_of: Clients, module: Module) -> None:
    reviewer = client_of(SUBJECT_REVIEWER)
    send(reviewer, module, **{"action-submit": "true"})
    send(reviewer, module, **APPROVE)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert not list_waiting_for(reviewer.user).exists()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("regions", "decides"), [(["vn-14"], True), (["vn-15"], False)])
def test_a_reviewer_with_a_scope_decides_within_it(
    client_of: Clients, make_variant: Callable[..., Variant], regions: list[str], decides: bool
) -> None:
    variant = make_variant("sl", regions=["vn-14"])
    submit(client_of, variant)
    reviewer = client_of(SUBJECT_REVIEWER)
    AuthorScope.objects.create(user=reviewer.user, regions=regions)  # type: ignore[attr-defined]
    assert list_waiting_for(reviewer.user).exists() == decides  # type: ignore[attr-defined]
    send(reviewer, variant, **APPROVE)
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists() == decides


def test_what_is_approved_for_later_goes_live_then(client_of: Clients, module: Module) -> None:
    later = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    designer = client_of(DESIGNER)
    send(designer, module, go_live_at=later, **{"action-submit": "true"})
    for role in STEPS:
        client = client_of(role)
        send(client, module, go_live_at=later, **APPROVE)
    assert not is_live(module)
    module.refresh_from_db()
    assert module.approved_schedule
    scheduled = module.revisions.get(approved_go_live_at__isnull=False)  # as if two days had gone by
    scheduled.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    scheduled.content["go_live_at"] = scheduled.approved_go_live_at.isoformat()
    scheduled.save()
    publish_scheduled.delay()
    assert is_live(module)


def test_those_who_decide_next_are_told_and_mailed(
    client_of: Clients, module: Module, django_capture_on_commit_callbacks: Any
) -> None:
    reviewer = client_of(SUBJECT_REVIEWER).user  # type: ignore[attr-defined]
    reviewer.email = "duyet@example.org"
    reviewer.save()
    get_user_model().objects.create_superuser("root", "root@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        submit(client_of, module)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (reviewer, "review_waiting")
    [message] = mail.outbox
    assert message.to == ["duyet@example.org"]
    assert "Có nội dung chờ bạn duyệt" in message.subject
    assert notice.url in message.body


def test_authors_are_told_what_became_of_it_and_why(client_of: Clients, module: Module) -> None:
    designer = submit(client_of, module)
    send(client_of(SUBJECT_REVIEWER), module, **REJECT, **REASON)
    notice = Notice.objects.get(recipient=designer.user)  # type: ignore[attr-defined]
    assert (notice.kind, notice.data["reason"]) == ("review_rejected", "Viết rõ hơn")
    page = designer.get(reverse("notices")).content.decode()
    assert "asks for changes" in page
    assert "Viết rõ hơn" in page


def test_reviewers_are_reminded_once_of_what_is_late(client_of: Clients, module: Module) -> None:
    client_of(SUBJECT_REVIEWER)
    submit(client_of, module)
    now = timezone.now()
    assert telling.remind(now) == 0
    assert telling.remind(now + timedelta(days=6)) == 1
    assert telling.remind(now + timedelta(days=7)) == 0
    assert list_waiting().filter(overdue(now + timedelta(days=6))).count() == 1


def test_a_lock_says_until_when_a_decision_is_due(client_of: Clients, module: Module) -> None:
    designer = submit(client_of, module)
    page = designer.get(reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk])).content.decode()
    assert "A decision is due by" in page


def test_the_one_step_of_an_earlier_version_gives_way_and_finishes(client_of: Clients, module: Module) -> None:
    workflow = Workflow.objects.get()
    ReviewTask.objects.all().delete()
    earlier = GroupApprovalTask.objects.get()
    earlier.active = True
    earlier.save()
    WorkflowTask.objects.create(workflow=workflow, task=earlier)
    submit(client_of, module)
    make_workflow()
    send(client_of(SUBJECT_REVIEWER), module, **APPROVE)
    assert isinstance(list_waiting().get().task.specific, ReviewTask)
    assert [task.specific.groups.get().name for task in workflow.tasks] == STEPS


def test_every_kind_of_content_has_the_workflow_once() -> None:
    make_workflow()
    assert ReviewTask.objects.count() == 3
    assert WorkflowContentType.objects.count() == 3
