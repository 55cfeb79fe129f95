"""Bytes by hash: kept once, whole or not at all."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from curriculum_graph.releases.api import NotFound, has_asset, open_asset, store_asset


class Broken(io.RawIOBase):
    """A file that gives some bytes and then fails."""

    given = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self.given:
            raise OSError("connection lost")
        self.given = True
        return b"half"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_stored_can_be_read() -> None:
    content = bytes(range(256)) * 10_000  # longer than what is read at once
    sha256 = store_asset(io.BytesIO(content))
    assert sha256 == hashlib.sha256(content).hexdigest()
    with open_asset(sha256) as file:
        assert file.read() == content


def test_same_bytes_are_kept_once(settings: Any) -> None:
    assert store_asset(io.BytesIO(b"x")) == store_asset(io.BytesIO(b"x"))
    assert len(files(Path(settings.MEDIA_ROOT))) == 1


def test_file_that_breaks_off_leaves_nothing(settings: Any) -> None:
    with pytest.raises(OSError, match="connection lost"):
        store_asset(Broken())  # type: ignore[arg-type]
    assert files(Path(settings.MEDIA_ROOT)) == []


def test_unknown_hash_is_not_found() -> None:
    assert not has_asset("0" * 64)
    with pytest.raises(NotFound):
        open_asset("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 63, "G" * 64, "0" * 64 + "\n", ""])
def test_what_is_no_hash_never_becomes_a_path(name: str) -> None:
    with pytest.raises(NotFound):
        open_asset(name)
