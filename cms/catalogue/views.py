"""Files of the catalogue, and texts as they will be read, for previews and the editor."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe
from wagtail.permissions import policy_registry

from cms.catalogue.models import Asset, Module, TestItem, Variant
from curriculum_graph.errors import NotFound
from curriculum_graph.markdown import render_markdown
from curriculum_graph.releases.api import send_asset

LONGEST = 200_000
"""So many characters of a text are previewed: more than any lesson, and no more than a moment's work."""


@require_safe
def asset(request: HttpRequest, pk: int) -> FileResponse:
    """Send the bytes of an asset."""
    found = get_object_or_404(Asset, pk=pk)
    try:
        return send_asset(found.sha256, media_type=found.media_type, name=found.file_name or found.code)
    except NotFound as error:
        raise Http404 from error


@require_POST
def markdown(request: HttpRequest) -> HttpResponse:
    """Answer a text with its HTML, as learners will see it, to those who may write anything that has a body."""
    policies = [policy_registry.get_by_type(model) for model in (Module, Variant, TestItem)]
    if not any(policy.user_has_any_permission(request.user, {"add", "change"}) for policy in policies):
        raise PermissionDenied
    return HttpResponse(render_markdown(request.POST.get("text", "")[:LONGEST]))
