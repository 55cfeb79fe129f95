"""Reading what HTTP requests carry."""

from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from curriculum_graph.errors import CurriculumError, Problem
from recommender.learners.api import DocumentRefused


class BodyTooLarge(CurriculumError):
    """The body of a request is larger than ``limit`` bytes; it was not read."""

    code = "body_too_large"


def json_body(request: HttpRequest) -> Any:
    """Return the body of a request as JSON data.

    Raises
    ------
    BodyTooLarge
    DocumentRefused
        The body is not JSON in UTF-8.
    """
    try:
        return msgspec.json.decode(request.body.decode())
    except RequestDataTooBig as error:
        raise BodyTooLarge(limit=int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)) from error
    except UnicodeDecodeError as error:
        raise DocumentRefused([Problem(code="not_utf8", place="")]) from error
    except RecursionError as error:
        raise DocumentRefused([Problem(code="nested_too_deeply", place="")]) from error
    except msgspec.MsgspecError as error:
        raise DocumentRefused([Problem(code="not_json", place="", fields={"detail": str(error)})]) from error
