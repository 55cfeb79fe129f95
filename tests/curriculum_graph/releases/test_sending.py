"""What a browser may do with a file that an author uploaded."""

import io

import pytest

from curriculum_graph.errors import NotFound
from curriculum_graph.releases.api import send_asset, store_asset


@pytest.fixture
def sha256() -> str:
    return store_asset(io.BytesIO(b"<script>alert(1)</script>"))


@pytest.mark.parametrize("media_type", ["image/png", "video/mp4", "text/vtt", "application/pdf"])
def test_what_a_browser_only_shows_is_shown_in_place(sha256: str, media_type: str) -> None:
    assert send_asset(sha256, media_type=media_type, name="a.bin")["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "TEXT/HTML", "image/svg+xml", "IMAGE/SVG+XML", "application/xhtml+xml", "text/xml", "", "x"],
)
def test_what_a_browser_might_run_is_a_download(sha256: str, media_type: str) -> None:
    answer = send_asset(sha256, media_type=media_type, name="a.html")
    assert answer["Content-Disposition"].startswith("attachment")


def test_no_file_may_run_scripts_or_act_for_this_site(sha256: str) -> None:
    policy = send_asset(sha256, media_type="application/pdf", name="a.pdf")["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'") and "script" not in policy


def test_a_code_becomes_a_file_name_with_the_ending_of_its_type(sha256: str) -> None:
    answer = send_asset(sha256, media_type="application/pdf", name="forms/tax")
    assert answer["Content-Disposition"] == 'inline; filename="forms-tax.pdf"'


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd"])
def test_what_is_not_kept_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        send_asset(name, media_type="image/png", name="a.png")
