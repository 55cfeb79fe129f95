"""What a learner is let off, over HTTP."""

from datetime import date
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from curriculum_graph.releases.api import get_graph
from recommender.learners.api import (
    WaiverRecord,
    get_current_release,
    get_learner,
    get_vocabulary,
    list_waivers_of,
    receive_waiver,
    revoke_waiver,
    waiver_holds,
)
from recommender.programs.requests import json_body


def waivers_of(learner_id: int, today: date) -> list[dict[str, Any]]:
    """Return all that a learner was ever let off, as the API says it."""
    return [_shown(record, today) for record in list_waivers_of(learner_id)]


def _shown(record: WaiverRecord, today: date) -> dict[str, Any]:
    waived: dict[str, Any] = msgspec.to_builtins(record.waived)
    return {
        "key": record.key,
        **waived,
        "holds": waiver_holds(record, today),
        "author": record.author,
        "waived_at": record.created_at,
        "revoked_at": record.revoked_at,
        "revoked_by": record.revoked_by,
    }


def get_waivers(request: HttpRequest, learner: str) -> HttpResponse:
    """Return what the learner is and was let off, oldest first. Those without a `key` came with their document."""
    records = waivers_of(get_learner(learner).id, timezone.localdate())
    return HttpResponse(msgspec.json.encode({"waivers": records}), content_type="application/json")


def put_waiver(request: HttpRequest, learner: str, key: str) -> HttpResponse:
    """Let the learner off a course, or a requirement of courses, under a key of yours.

    Sent again, it changes nothing (200, `unchanged`); another waiver under the same key takes its place. The record
    says which token did so. The program follows when it is asked for.
    """
    release = get_current_release()
    change = receive_waiver(
        json_body(request),
        learner,
        key,
        get_vocabulary(release),
        get_graph(release),
        author=_author(request),
        at=timezone.now(),
    )
    status = HTTPStatus.CREATED if change == "created" else HTTPStatus.OK
    body = msgspec.json.encode({"learner": learner, "key": key, "change": change})
    return HttpResponse(body, status=status, content_type="application/json")


def delete_waiver(request: HttpRequest, learner: str, key: str) -> HttpResponse:
    """Take a waiver back. It no longer holds; the record of it stays until the learner is erased."""
    revoke_waiver(learner, key, author=_author(request), at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _author(request: HttpRequest) -> str:
    """Return the name of the token that calls."""
    return str(getattr(request, "auth").name)  # noqa: B009 - put there by whoever composes the API
