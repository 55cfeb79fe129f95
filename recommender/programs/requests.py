"""Reading what HTTP requests carry: JSON bodies and entity tags."""

from typing import Any

import msgspec
from django.http import HttpRequest

from curriculum_graph.errors import Problem
from recommender.learners.api import DocumentRefused


def json_body(request: HttpRequest) -> Any:
    """Return the body of a request as JSON data.

    Raises
    ------
    DocumentRefused
        The body is not JSON in UTF-8.
    """
    try:
        return msgspec.json.decode(request.body.decode())
    except UnicodeDecodeError as error:
        raise DocumentRefused([Problem(code="not_utf8", place="")]) from error
    except RecursionError as error:
        raise DocumentRefused([Problem(code="nested_too_deeply", place="")]) from error
    except msgspec.MsgspecError as error:
        raise DocumentRefused([Problem(code="not_json", place="", fields={"detail": str(error)})]) from error


def has_tag(request: HttpRequest, etag: str) -> bool:
    """Say whether the caller holds this version already (``If-None-Match``; weak comparison, RFC 9110)."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in given.split(","))
