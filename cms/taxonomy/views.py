"""What the pickers of the editor ask: things of a kind, by words or by codes."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from cms.taxonomy.kinds import find_kind, resolve, search

MAX_CODES = 500


@require_GET
def codes(request: HttpRequest, kind: str) -> JsonResponse:
    """Answer ``?q=words`` with what the user may choose, or ``?code=…&code=…`` with the titles of those codes."""
    found = find_kind(kind)
    if found is None:
        raise Http404
    asked = request.GET.getlist("code")[:MAX_CODES]
    user: Any = request.user
    results = resolve(found, asked) if asked else search(kind, request.GET.get("q", "")[:200], user)
    return JsonResponse({"results": [asdict(result) for result in results]})
