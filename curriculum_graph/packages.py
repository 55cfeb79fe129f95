"""Files that hold a catalogue: a document, or a document with its assets, each perhaps compressed.

What a file is shows in its first bytes, not in its name, so that standard input works alike. Nothing is ever unpacked
to a path that the file names: asset bytes are read by hash, as many as the document says and no more.
"""

import gzip
import hashlib
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from curriculum_graph.errors import FieldValue, Problem, Refused
from curriculum_graph.snapshot import Asset

DOCUMENT_LIMIT = 256 * 2**20
"""The largest document, unpacked, in bytes."""
PACKAGE_LIMIT = 16 * 2**30
"""The largest package of document and assets, in bytes, packed or unpacked."""
MEMBER_LIMIT = 200_000
"""The most files in one package."""

ASSETS = "assets/"
CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)
"""What the standard library raises on a damaged, encrypted or oddly packed file."""


@dataclass(slots=True)
class Package:
    """A document, and the archive beside it; a bare document has none."""

    _document: bytes
    archive: zipfile.ZipFile | None

    def take_document(self) -> bytes:
        """Return the bytes of the document, and keep them no longer than the caller does."""
        document, self._document = self._document, b""
        return document

    def check_assets(self, assets: Sequence[Asset]) -> Iterator[Problem]:
        """Yield assets that are missing, of another size or of another content, and files that no asset names.

        A bare document carries no files, and none are asked for. Reads every file once, in constant memory.
        """
        if self.archive is None:
            return
        members = {member.filename: member for member in self.archive.infolist() if not member.is_dir()}
        for number, asset in enumerate(assets):
            place, member = f"/assets/{number}", members.get(ASSETS + asset.sha256)
            if member is None:
                yield Problem(code="asset_missing", place=place, fields={"asset": asset.code, "sha256": asset.sha256})
            elif member.file_size != asset.bytes:
                sizes: dict[str, FieldValue] = {"found": member.file_size, "expected": asset.bytes}
                yield Problem(code="asset_size", place=place, fields={"asset": asset.code, **sizes})
            elif self._hash(member, asset.bytes) != asset.sha256:
                yield Problem(code="asset_differs", place=place, fields={"asset": asset.code, "sha256": asset.sha256})
        listed = {ASSETS + asset.sha256 for asset in assets}
        for name in sorted(members):
            if name.startswith(ASSETS) and name not in listed:
                yield Problem(code="asset_not_listed", place=name, fields={"file": name})

    def open_asset(self, asset: Asset) -> IO[bytes]:
        """Open the bytes of an asset.

        Raises
        ------
        KeyError
            If the file does not hold them.
        """
        if self.archive is None:
            raise KeyError(asset.code)
        return self.archive.open(ASSETS + asset.sha256)

    def _hash(self, member: zipfile.ZipInfo, size: int) -> str:
        if self.archive is None:
            return ""
        digest, left = hashlib.sha256(), size
        try:
            with self.archive.open(member) as file:
                while left >= 0 and (chunk := file.read(CHUNK)):
                    digest.update(chunk)
                    left -= len(chunk)
        except DAMAGE:
            return ""
        return digest.hexdigest()


@contextmanager
def open_package(source: bytes | Path | BinaryIO) -> Iterator[Package]:
    """Open a catalogue file: ``.json`` or ``.zip``, each perhaps compressed with gzip.

    Parameters
    ----------
    source : the file's bytes, its path, or the open file (in which one can go back, and which stays open).

    Raises
    ------
    Refused
        If it is damaged, too large, or not laid out as a package.
    OSError
        If the file cannot be read.
    """
    with ExitStack() as stack:
        file: IO[bytes]
        if isinstance(source, Path):
            file = stack.enter_context(source.open("rb"))
        else:
            file = io.BytesIO(source) if isinstance(source, bytes) else source
        try:
            if _starts_with(file, (GZIP,)):
                packed = stack.enter_context(gzip.GzipFile(fileobj=file))
                file = _unpack(packed, stack)
            if _starts_with(file, ZIP):
                archive = stack.enter_context(zipfile.ZipFile(file))
                package = Package(_document(archive), archive)
            else:
                package = Package(_read(file), None)
        except DAMAGE as error:
            raise _refusal("file_damaged", reason=str(error)) from error
        yield package


def _refusal(code: str, place: str = "", **fields: str | int) -> Refused:
    return Refused([Problem(code=code, place=place, fields={**fields})])


def _starts_with(file: IO[bytes], magics: tuple[bytes, ...]) -> bool:
    start = file.read(4)
    file.seek(0)
    return start.startswith(magics)


def _unpack(packed: BinaryIO | gzip.GzipFile, stack: ExitStack) -> IO[bytes]:
    """Unpack gzip into an unnamed temporary file: a package needs seeking, a document would lie in memory twice."""
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (the stack closes it)
    chunk = packed.read(CHUNK)
    code, limit = ("file_too_large", PACKAGE_LIMIT) if chunk.startswith(ZIP) else ("document_too_large", DOCUMENT_LIMIT)
    while chunk:
        file.write(chunk)
        if file.tell() > limit:
            raise _refusal(code, limit=limit)
        chunk = packed.read(CHUNK)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> bytes:
    content = file.read(DOCUMENT_LIMIT + 1)
    if len(content) > DOCUMENT_LIMIT:
        raise _refusal("document_too_large", limit=DOCUMENT_LIMIT)
    return content


def _document(archive: zipfile.ZipFile) -> bytes:
    """Return the one document of a package, having looked at what else it claims to hold."""
    members = archive.infolist()
    if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > PACKAGE_LIMIT:
        raise _refusal("file_too_large", limit=PACKAGE_LIMIT)
    names = [member.filename for member in members]
    unsafe = sorted(name for name in names if _is_unsafe(name))
    if unsafe:
        raise Refused([Problem(code="unsafe_file_name", place=name, fields={"file": name}) for name in unsafe])
    if len(set(names)) < len(names):
        raise _refusal("repeated_file", file=next(name for name in names if names.count(name) > 1))
    documents = [name for name in names if name.endswith(".json") and "/" not in name]
    if len(documents) != 1:
        raise _refusal("no_single_document", count=len(documents))
    with archive.open(documents[0]) as file:
        return _read(file)


def _is_unsafe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\\" in name or "\0" in name
