"""Files of the catalogue, for previews and the editor."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cms.catalogue.models import Asset
from curriculum_graph.errors import NotFound
from curriculum_graph.releases.api import send_asset


@require_safe
def asset(request: HttpRequest, pk: int) -> FileResponse:
    """Send the bytes of an asset."""
    found = get_object_or_404(Asset, pk=pk)
    try:
        return send_asset(found.sha256, media_type=found.media_type, name=found.file_name or found.code)
    except NotFound as error:
        raise Http404 from error
