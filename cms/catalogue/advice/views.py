"""Checks over HTTP, for the editor: of what stands in the form, and not yet in the database."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from cms.catalogue.advice.findings import advise
from cms.catalogue.advice.unsaved import MODELS, may_write, read_unsaved


@require_POST
def checks(request: HttpRequest, model: str, pk: int | None = None) -> HttpResponse:
    """Answer the editor's form with what the checks find in it."""
    thing = _get_thing(model, pk)
    if not may_write(request.user, thing):
        raise PermissionDenied
    return render(request, "catalogue/advice/findings.html", {"advice": advise(read_unsaved(request, thing))})


def _get_thing(model: str, pk: int | None) -> Any:
    if model not in MODELS:
        raise Http404
    if pk is None:
        return MODELS[model]()
    return get_object_or_404(MODELS[model], pk=pk).get_latest_revision_as_object()  # type: ignore[attr-defined]  # of all four
