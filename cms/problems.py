"""How domain errors are answered over HTTP: problem details (RFC 9457), from one table."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

from curriculum_graph.errors import CurriculumError, Problem
from recommender.programs.api import describe

_STATUS: dict[str, HTTPStatus] = {
    "not_found": HTTPStatus.NOT_FOUND,
    "ambiguous": HTTPStatus.CONFLICT,
    "parent_moved": HTTPStatus.CONFLICT,
    "missing_scope": HTTPStatus.FORBIDDEN,
    "body_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "no_release": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""What each error is in HTTP; one that is not named here is the caller's to correct (422)."""


def answer_error(error: CurriculumError) -> HttpResponse:
    """Return the answer to a domain error: its status and sentence, its code and its fields."""
    status = _STATUS.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    problems: Sequence[Problem] = getattr(error, "problems", ())
    return answer(status, error.code, describe(error), problems=problems, fields=error.fields)


def answer(
    status: HTTPStatus,
    code: str,
    detail: str,
    *,
    problems: Sequence[Problem] = (),
    fields: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return problem details: ``type`` is a URN of the stable ``code``, ``errors`` has one entry for each problem."""
    body: dict[str, Any] = {
        "type": f"urn:x-curriculum:problem:{code}",
        "title": status.phrase,
        "status": status.value,
        "code": code,
        "detail": detail,
    }
    if fields:
        body["fields"] = fields
    if problems:
        body["errors"] = [
            {"code": p.code, "pointer": p.place, "detail": describe(p), "fields": p.fields} for p in problems
        ]
    return JsonResponse(body, status=status, content_type="application/problem+json")
