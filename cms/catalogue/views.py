"""Files of the catalogue, for previews and the editor."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cms.catalogue.models import Asset
from curriculum_graph.errors import NotFound
from curriculum_graph.releases.api import open_asset

SHOWN = ("image/", "audio/", "video/", "text/vtt", "application/pdf")


@require_safe
def asset(request: HttpRequest, pk: int) -> FileResponse:
    """Send the bytes of an asset. What a browser might run as a page is sent as a download."""
    found = get_object_or_404(Asset, pk=pk)
    try:
        file = open_asset(found.sha256)
    except NotFound as error:
        raise Http404 from error
    name = found.file_name or found.code.replace("/", "-") + (mimetypes.guess_extension(found.media_type) or "")
    inline = found.media_type.startswith(SHOWN) and "svg" not in found.media_type
    response = FileResponse(file, as_attachment=not inline, filename=name, content_type=found.media_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response
