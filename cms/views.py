"""The front door, and what monitoring asks."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
