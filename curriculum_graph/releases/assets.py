"""The bytes of assets, by SHA-256, under ``MEDIA_ROOT``: written once, whole or not at all, and streamed."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings

from curriculum_graph.errors import NotFound

CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def store_asset(file: BinaryIO) -> str:
    """Keep the rest of ``file`` and return its SHA-256 in hexadecimal. Bytes that are already kept change nothing."""
    with _temporary() as (temporary, path):
        sha256 = hashlib.sha256()
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            temporary.write(chunk)
        temporary.flush()
        os.fsync(temporary.fileno())
        target = _path(sha256.hexdigest())
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            _sync_folder(target.parent)
    return sha256.hexdigest()


def open_asset(sha256: str) -> BinaryIO:
    """Open the bytes for reading. Raises :class:`NotFound` where none with this hash are kept."""
    try:
        return _path(sha256).open("rb")
    except FileNotFoundError:
        raise NotFound(kind="asset", code=sha256) from None


def has_asset(sha256: str) -> bool:
    """Return whether bytes with this hash are kept."""
    return _path(sha256).is_file()


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "assets"


def _path(sha256: str) -> Path:
    if not _SHA256.match(sha256):  # a path is made of it: nothing but a hash may pass
        raise NotFound(kind="asset", code=sha256)
    return _root() / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def _temporary() -> Iterator[tuple[IO[bytes], Path]]:
    folder = _root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as temporary:
        path = Path(temporary.name)
        try:
            yield temporary.file, path
        finally:
            path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
