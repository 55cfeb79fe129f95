"""What those read who meet something that is being reviewed."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """The lock of a review, which also says until when a decision is due."""

    def get_message(self, user: Any) -> Any:
        message = super().get_message(user)
        state = self.object.current_workflow_task_state
        due = self.task.due(state) if state else None
        if not message or due is None:
            return message
        late = due < timezone.now()
        sentence = _("A decision has been due since %(day)s.") if late else _("A decision is due by %(day)s.")
        return format_html(
            "{} {}", message, sentence % {"day": date_format(timezone.localtime(due), "SHORT_DATE_FORMAT")}
        )
