"""Who is told what happens in a review, by a notice and an e-mail (:mod:`cms.notices`).

Wagtail sends e-mails of its own, in the request that acts, to superusers besides. They are taken the place of: a
receiver that is connected under the same identity is the only one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.notices.api import Kind, notify, register_notice
from cms.reviewing.models import ReviewTask
from cms.reviewing.selectors import list_deciders, list_waiting, overdue

KINDS = {
    "review_waiting": Kind(
        _("Something waits for your review"),
        _("“%(thing)s” waits for you at the step “%(step)s”. %(who)s submitted it. A decision is due by %(due)s."),
        "submitted",
    ),
    "review_overdue": Kind(
        _("A review is overdue"),
        _("“%(thing)s” still waits at the step “%(step)s”. A decision was due by %(due)s."),
        "submitted",
    ),
    "review_rejected": Kind(
        _("Changes are asked for"),
        _("%(who)s asks for changes in “%(thing)s” at the step “%(step)s”: %(reason)s"),
        "rejected",
    ),
    "review_approved": Kind(
        _("Your work was approved"), _("“%(thing)s”, which you submitted, was approved at every step."), "approved"
    ),
}


def connect() -> None:
    """Listen to reviews, in place of Wagtail's own e-mails."""
    for name, kind in KINDS.items():
        register_notice(name, kind)
    receivers: list[tuple[Signal, Callable[..., None], type, str]] = [
        (task_submitted, _waiting, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, _silence, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_rejected, _rejected, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_approved, _approved, WorkflowState, "workflow_state_approved_email_notification"),
    ]
    for signal, receiver, sender, uid in receivers:
        signal.connect(receiver, sender=sender, dispatch_uid=uid)


def remind(now: datetime) -> int:
    """Tell reviewers of every decision that is late, once each; return how many were told."""
    told = 0
    for state in list_waiting().filter(overdue(now)):
        task = state.task.specific
        thing = state.workflow_state.content_object
        if thing is not None:
            told += len(_tell(list_deciders(task, thing), "review_overdue", state, thing, now))
    return told


def edit_url(thing: Any) -> str:
    """Return the address of a thing's editor."""
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])


def _waiting(instance: Any, user: Any = None, **_kwargs: Any) -> None:
    task = instance.task.specific
    thing = instance.workflow_state.content_object
    if isinstance(task, ReviewTask) and thing is not None:
        deciders = [person for person in list_deciders(task, thing) if person != user]
        _tell(deciders, "review_waiting", instance, thing, timezone.now())


def _rejected(instance: Any, user: Any = None, **_kwargs: Any) -> None:
    if instance.requested_by != user:
        state = instance.current_task_state
        _tell([instance.requested_by], "review_rejected", state, instance.content_object, timezone.now(), by=user)


def _approved(instance: Any, user: Any = None, **_kwargs: Any) -> None:
    if instance.requested_by != user:
        state = instance.current_task_state
        _tell([instance.requested_by], "review_approved", state, instance.content_object, timezone.now(), by=user)


def _silence(**_kwargs: Any) -> None:
    """Wagtail would tell superusers of every submission; who may decide is told of the step instead."""


def _tell(people: list[Any], kind: str, state: TaskState, thing: Any, at: datetime, by: Any = None) -> list[Any]:
    task = state.task.specific
    due = task.due(state) if isinstance(task, ReviewTask) else None
    who = by or state.workflow_state.requested_by
    shown = thing.get_latest_revision_as_object()
    data = {
        "thing": str(shown),
        "step": task.name,
        "who": (who.get_full_name() or who.get_username()) if who else "–",
        "reason": state.comment,
        "due": due.isoformat() if due else "–",
    }
    return notify(people, kind, about=f"task:{state.pk}", url=edit_url(thing), data=data, at=at)
