"""The HTTP API: which routers lie where, who may call them, and how errors are answered."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from cms.problems import answer, answer_error
from curriculum_graph.errors import CurriculumError, Problem
from exports.delivery.api import Caller, MissingScope, Scope, courses_router, find_caller
from recommender.programs.api import learners_router


class Bearer(HttpBearer):
    """An access token that allows ``scope``; the endpoint finds the :class:`Caller` in ``request.auth``."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        caller = find_caller(token, at=timezone.now())
        if caller and self.scope not in caller.scopes:
            raise MissingScope(scope=self.scope)
        return caller


DESCRIPTION = """\
Courses of the current release, and the learners' programs.

**Your first call.** An operator makes an access token, whose secret is shown once:

    .venv/bin/python manage.py create_token my-system --scope courses:read --days 365

Ask with it, or press *Authorize* here, paste it, and use *Try it out* on a call below:

    curl -H "Authorization: Bearer $TOKEN" "{base}/api/v1/courses?limit=2"

**Errors** are problem details (RFC 9457): `code` is stable, `detail` is a sentence in the language of
`Accept-Language`. Guides, and the documents that go in and out, are in `docs/api` and `docs/formats` of the source.
"""

api = NinjaAPI(
    title="Curriculum service",
    version="1",
    description=DESCRIPTION.format(base=settings.WAGTAILADMIN_BASE_URL.rstrip("/")),
    urls_namespace="api-1",
)
api.add_router("", courses_router, auth=Bearer(Scope.COURSES_READ))
api.add_router(
    "",
    learners_router(
        programs=Bearer(Scope.PROGRAMS_READ),
        learners=Bearer(Scope.LEARNERS_WRITE),
        events=Bearer(Scope.EVENTS_WRITE),
    ),
)


@api.exception_handler(CurriculumError)
def _curriculum_error(request: HttpRequest, error: Any) -> HttpResponse:
    return answer_error(error)


@api.exception_handler(AuthenticationError)
def _not_authenticated(request: HttpRequest, error: Any) -> HttpResponse:
    detail = _("Send the header “Authorization: Bearer …” with an access token that is valid.")
    response = answer(HTTPStatus.UNAUTHORIZED, "not_authenticated", detail)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    problems = [
        Problem(code="schema", place="/" + "/".join(map(str, e["loc"])), fields={"detail": str(e["msg"])})
        for e in error.errors
    ]
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "not_valid", _("The request is not valid."), problems=problems)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(HTTPStatus(error.status_code), "http_error", str(error))


@api.exception_handler(Http404)
def _no_such_address(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(HTTPStatus.NOT_FOUND, "not_found", _("There is nothing at this address."))
