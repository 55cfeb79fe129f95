"""Reads of reviews: what waits for whom, and what is late."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import TaskState

from cms.reviewing.models import ReviewTask


def list_waiting() -> QuerySet[TaskState]:
    """Return every decision that is still to be made, the oldest first."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=ReviewTask.objects.all())
    named = states.select_related("workflow_state__requested_by", "workflow_state__content_type", "task")
    rows: QuerySet[TaskState] = named.order_by("started_at")
    return rows


def list_waiting_for(user: Any) -> QuerySet[TaskState]:
    """Return the decisions that a user may make, the oldest first."""
    mine: QuerySet[TaskState] = TaskState.objects.none()
    for task in ReviewTask.objects.filter(active=True):
        mine |= task.get_task_states_user_can_moderate(user)
    rows: QuerySet[TaskState] = list_waiting().filter(pk__in=mine.values("pk"))
    return rows


def overdue(now: datetime) -> Q:
    """Return the condition of being late: each step has its own number of days."""
    late = Q(pk__in=[])
    for task in ReviewTask.objects.filter(days__isnull=False):
        late |= Q(task=task, started_at__lt=now - timedelta(days=task.days or 0))
    return late


def list_deciders(task: ReviewTask, thing: Any) -> list[Any]:
    """Return who may decide about a thing at a step, with their preferences."""
    users = get_user_model().objects.filter(is_active=True, groups__in=task.groups.all()).distinct()
    return [user for user in users.select_related("wagtail_userprofile") if task.may_decide(thing, user)]
