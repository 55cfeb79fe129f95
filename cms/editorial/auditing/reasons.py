"""Why: what somebody says of a change goes into every log entry that the change makes.

Editors send a field ``reason`` beside their own. It is no field of any form: whichever of Wagtail's views answers, its
log entries are given the reason as they are written.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse
from wagtail.models import ModelLogEntry, PageLogEntry

LONGEST = 1000
_reason: ContextVar[str] = ContextVar("reason", default="")


class ReasonMiddleware:
    """Keeps what a request gives as its reason while it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Only of forms of the admin: reading the body of an upload to the API here would take it from its view.
        is_form = request.method == "POST" and request.path_info.startswith("/admin/")
        said = request.POST.get("reason", "").strip()[:LONGEST] if is_form else ""
        token = _reason.set(said)
        try:
            return self.get_response(request)
        finally:
            _reason.reset(token)


def connect() -> None:
    """Give log entries the reason of the request that writes them."""
    for model in (PageLogEntry, ModelLogEntry):
        pre_save.connect(_add_reason, sender=model, dispatch_uid=f"reason-{model.__name__}")


def reason_of(data: Any) -> str:
    """Return the reason that the data of a log entry hold: the change's own, or the comment of a decision."""
    return str(data.get("reason") or data.get("comment") or "") if isinstance(data, dict) else ""


def _add_reason(instance: Any, **_kwargs: Any) -> None:
    if (said := _reason.get()) and isinstance(instance.data, dict):
        instance.data.setdefault("reason", said)
