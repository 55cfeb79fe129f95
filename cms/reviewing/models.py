"""The steps of a review."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from cms.reviewing.forms import ReasonForm
from cms.reviewing.locks import ReviewLock
from cms.reviewing.scoping import within_scope


class ReviewTask(AbstractGroupApprovalTask):
    """A step of the review, decided by the members of its groups.

    To Wagtail's own it adds: nobody decides about what they submitted themselves; a reviewer who has a scope decides
    about the variants within it alone; a rejection says why; and there is a number of days within which to decide.
    Which thing is at which step is not here: Wagtail's task states say it.
    """

    days = models.PositiveSmallIntegerField(
        _("days"),
        default=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Within how many days it should be decided. Empty: whenever."),
    )
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "days"]
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("step of the review")
        verbose_name_plural = _("steps of the review")

    @classmethod
    def get_description(cls) -> str:
        return gettext("Members of the chosen groups decide, each within their scope, within a number of days.")

    def due(self, state: TaskState) -> datetime | None:
        """Return when a decision is due; None where it has all the time."""
        return state.started_at + timedelta(days=self.days) if self.days else None

    def is_overdue(self, state: TaskState, now: datetime | None = None) -> bool:
        """Whether the decision should have been made by now."""
        due = self.due(state)
        return due is not None and due < (now or timezone.now())

    def may_decide(self, thing: Any, user: Any) -> bool:
        """Whether a user decides about this thing: of the groups, within their scope, and not about their own."""
        if user.is_superuser:
            return True
        return self.may_review(thing, user) and _submitter(thing) != user.pk

    def may_review(self, thing: Any, user: Any) -> bool:
        """Whether a user is one of the reviewers of this thing, whoever submitted it."""
        from cms.catalogue.api import is_within_review_scope

        return user.is_superuser or (self._user_in_groups(user) and is_within_review_scope(user, thing))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_review(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_review(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.may_review(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.may_decide(obj, user):
            return []
        return [
            ("reject", gettext("Request changes"), True),
            ("approve", gettext("Approve"), False),
            ("approve", gettext("Approve with comment"), True),
        ]

    def get_form_for_action(self, action: str) -> Any:
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Carry a decision out. A rejection without a reason is refused, from whichever screen it comes."""
        if action_name == "reject" and not str(kwargs.get("comment", "")).strip():
            raise PermissionDenied(gettext("Say what has to change: its author cannot guess."))
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        states: QuerySet[TaskState] = super().get_task_states_user_can_moderate(user, **kwargs)
        return states if user.is_superuser else within_scope(states, user).exclude(workflow_state__requested_by=user)


def _submitter(thing: Any) -> int | None:
    state = thing.current_workflow_state
    return state.requested_by_id if state else None
