"""The front door, and what monitoring asks."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

from curriculum_graph.releases.api import find_current_release


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show where each kind of visitor goes on."""
    return render(request, "home.html", {"release": find_current_release()})


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, with the release that is served; a fault shows as 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    release = find_current_release()
    return JsonResponse({"status": "ok", "database": connection.vendor, "release": release.id if release else None})


class _EditorWords(JavaScriptCatalog):
    """Wagtail's words for its scripts, with ours where its Vietnamese has gaps."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


def editor_words(request: HttpRequest) -> HttpResponseBase:
    """Answer the editor's scripts in the language that the user prefers."""
    response: HttpResponseBase = get_localized_response(_EditorWords.as_view(), request)
    return response
