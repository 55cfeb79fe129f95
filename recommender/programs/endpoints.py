"""What the delivery platform asks over HTTP. Who may call is decided where the routers are composed."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Query, Router, Schema

from recommender.engine.interchange import schema
from recommender.engine.program import Objective
from recommender.learners.api import (
    MAX_EVENTS,
    erase_learner,
    get_current_release,
    get_learner,
    get_vocabulary,
    list_completions,
    list_events,
    receive_events,
    receive_learner,
)
from recommender.programs.actions import build_program
from recommender.programs.answers import add_questions
from recommender.programs.given import list_given
from recommender.programs.histories import history_documents
from recommender.programs.links import LIFETIME, issue_token
from recommender.programs.requests import json_body
from recommender.programs.selectors import CHANGES, list_changes, list_versions
from recommender.programs.tasks import build
from recommender.programs.waivers import delete_waiver, get_waivers, put_waiver, waivers_of
from recommender.programs.worlds import get_world


def _body(*schemas: dict[str, Any]) -> dict[str, Any]:
    wanted = schemas[0] if len(schemas) == 1 else {"oneOf": list(schemas)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": wanted}}}}


def _answer(value: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(value), status=status, content_type="application/json")


def get_program(request: HttpRequest, learner: str, objective: Objective | None = None) -> HttpResponseBase | None:
    """Return the program, planned anew where anything it depends on has changed.

    The `ETag` changes only when the program does: send it back as `If-None-Match` and an unchanged program costs
    an answer without a body (304).
    """
    stored = get_learner(learner)
    now = timezone.now()
    current = build_program(stored, get_world(timezone.localdate(now)), objective=objective, at=now)
    etag = f'"{current.digest}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    response = HttpResponse(current.document, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag=etag, response=response)


class ChangesPage(Schema):
    """Which part of a history: ``before`` is that of the address in ``next``."""

    before: Annotated[int | None, Query(ge=1, lt=2**63)] = None
    limit: Annotated[int, Query(ge=1, le=100)] = CHANGES


def get_changes(request: HttpRequest, learner: str, page: Query[ChangesPage]) -> HttpResponse:
    """Return how the program changed and why, newest first. Ask with the address in `next` for older changes.

    `steps` are course codes: `added`, `taken` (since, or no longer asked for), `removed`, and `moved` to another place.
    A cause of the kind `event` names the event; one of the kinds `release`, `model` and `objective` what it was before
    and is now; one of the kind `waiver` what was waived and what became of it.
    """
    learner_id = get_learner(learner).id
    entries, older = list_changes(learner_id, before=page.before, limit=page.limit)
    here = request.build_absolute_uri(request.path)
    query = urlencode({"before": older, "limit": page.limit})
    return _answer(
        {"changes": history_documents(entries, learner_id), "next": None if older is None else f"{here}?{query}"}
    )


def post_events(request: HttpRequest, learner: str) -> HttpResponse:
    """Store one event or a list of them, all or none. An id that came before counts once, so sending again is safe.

    `created` are the new ones, `repeated` those that had come before. The program follows.
    """
    known = get_vocabulary(get_current_release())
    counts = receive_events(json_body(request), learner, known, at=timezone.now())
    if counts.created:
        learner_id = get_learner(learner).id
        transaction.on_commit(lambda: build.delay([learner_id]))
    return _answer({"created": counts.created, "repeated": counts.repeated})


def post_link(request: HttpRequest, learner: str) -> HttpResponse:
    """Return a link that opens this learner's pages, to whoever holds it, until it expires."""
    stored = get_learner(learner)
    address = reverse("programs:path", args=[issue_token(stored.id)])
    expires: datetime = timezone.now() + LIFETIME
    return _answer({"url": request.build_absolute_uri(address), "expires": expires})


def get(request: HttpRequest, learner: str) -> HttpResponse:
    """Return all that is stored: for the platform, and for a learner who asks (Law 91/2025/QH15)."""
    stored = get_learner(learner)
    return _answer(
        {
            "profile": stored.profile,
            "known_since": stored.created_at,
            "last_heard_of": stored.seen_at,
            "completions": list_completions(stored.id),
            "events": list_events(learner),
            "waivers": waivers_of(stored.id, timezone.localdate()),
            "programs": [
                {"built_at": version.created_at, "cause": version.cause, "program": msgspec.Raw(version.document)}
                for version in list_versions(stored.id)
            ],
            "recommendations": list_given(stored.id),
        }
    )


def put(request: HttpRequest, learner: str) -> HttpResponse:
    """Create a learner (201), or put this document in place of the one before (200); events and completions stay."""
    known = get_vocabulary(get_current_release())
    change = receive_learner(json_body(request), learner, known, at=timezone.now())
    status = HTTPStatus.CREATED if change == "created" else HTTPStatus.OK
    return _answer({"learner": learner, "change": change}, status)


def delete(request: HttpRequest, learner: str) -> HttpResponse:
    """Delete the learner and all that is stored of them: profile, events, completions, programs. There is no undo."""
    erase_learner(learner)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


Authentication = Callable[[HttpRequest], Any]


def learners_router(*, programs: Authentication, learners: Authentication, events: Authentication) -> Router:
    """Return the endpoints, given who may read programs, who may manage learners, and who may tell of events.

    Pseudonyms may contain slashes, so that the addresses with something after the pseudonym come first.
    """
    router = Router(tags=["Learners"])
    one = "/learners/{path:learner}"
    router.get(f"{one}/program", auth=programs, summary="A learner's individual program")(get_program)
    add_questions(router, one, programs)
    router.get(f"{one}/program/changes", auth=programs, summary="Why a learner's program changed")(get_changes)
    router.post(
        f"{one}/events",
        auth=events,
        summary="Tell what a learner did",
        openapi_extra=_body(schema("events"), {"type": "array", "items": schema("events"), "maxItems": MAX_EVENTS}),
    )(post_events)
    router.post(f"{one}/link", auth=learners, summary="A link to the learner's own pages")(post_link)
    waiver = f"{one}/waivers/{{str:key}}"
    router.get(f"{one}/waivers", auth=learners, summary="What a learner is let off")(get_waivers)
    router.put(
        waiver, auth=learners, summary="Waive a course or a requirement", openapi_extra=_body(schema("waivers"))
    )(put_waiver)
    router.delete(waiver, auth=learners, summary="Take a waiver back")(delete_waiver)
    router.get(one, auth=learners, summary="Everything that is stored of a learner")(get)
    router.put(one, auth=learners, summary="Store a learner", openapi_extra=_body(schema("learners")))(put)
    router.delete(one, auth=learners, summary="Erase a learner")(delete)
    return router
