"""What every answer tells browsers: which scripts, styles and addresses a page may use."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' https:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""For learners' pages, the reference of the API and errors: what an author writes can never run, even if it got in."""
ADMIN = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' https:; object-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""For Wagtail's admin, whose date and inline fields start themselves by scripts in the page."""


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: give every answer the policy of its place, unless the view gave it one of its own."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # Django's own pages for developers have scripts of their own.
        if not (settings.DEBUG and response.status_code in {404, 500}):
            policy = ADMIN if request.path.startswith(reverse("wagtailadmin_home")) else PAGES
            response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return answered
