"""Files of authors over HTTP, so that none of them can act as a page of this site."""

import mimetypes

from django.http import FileResponse

from curriculum_graph.releases.assets import open_asset

SHOWN = ("image/", "audio/", "video/", "text/vtt", "application/pdf")
"""Types that a browser shows in place; whatever else it might run as a page is sent as a download."""
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def send_asset(sha256: str, *, media_type: str, name: str) -> FileResponse:
    """Return the bytes with this hash, under a file name. Raises :class:`NotFound` where they are not kept.

    SVG is a download too: pages may still show it as a picture, where its scripts do not run.
    """
    if "." not in name:
        name = name.replace("/", "-") + (mimetypes.guess_extension(media_type) or "")
    inline = media_type.lower().startswith(SHOWN) and "svg" not in media_type.lower()
    response = FileResponse(open_asset(sha256), as_attachment=not inline, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = POLICY
    return response
