"""Catalogue files: read into a snapshot, and written from one.

Formats are those of ``docs/formats/catalogue.md``: a JSON document, or a zip of ``catalogue.json`` and ``assets/`` with
each file named by its SHA-256; either may be compressed with gzip.
"""

import gzip
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

import msgspec

from curriculum_graph.decoding import decode_document
from curriculum_graph.errors import CurriculumError, Refused
from curriculum_graph.packages import ASSETS, Package, open_package
from curriculum_graph.snapshot import Asset, Snapshot
from curriculum_graph.validation import SECTIONS

DOCUMENT_NAME = "catalogue.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a package: the same content gives the same bytes."""

OpenAsset = Callable[[Asset], IO[bytes]]


class UnknownFileType(CurriculumError):
    """A file's name does not end in ``.json``, ``.zip`` or either with ``.gz``. Field: ``name``."""

    code = "unknown_file_type"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue file that was read and found sound, still open for its assets."""

    snapshot: Snapshot
    package: Package

    @property
    def has_assets(self) -> bool:
        """Whether the file carries the bytes of its assets; a bare document does not."""
        return self.package.archive is not None

    def open_asset(self, asset: Asset) -> IO[bytes]:
        """Open the bytes of one of the snapshot's assets; ``KeyError`` where the file carries none."""
        return self.package.open_asset(asset)


@contextmanager
def open_catalogue(source: bytes | Path | BinaryIO) -> Iterator[Catalogue]:
    """Read a catalogue file and keep it open for the bytes of its assets.

    Parameters
    ----------
    source : the bytes of a ``.json`` or ``.zip`` file, perhaps compressed with gzip, its path, or the open file.

    Raises
    ------
    Refused
        If the file is damaged, is not as the schema says, or its assets are not those that it lists.
    OSError
        If the file cannot be read.
    """
    with open_package(source) as package:
        snapshot = decode_document(package.take_document())
        problems = list(package.check_assets(snapshot.assets))
        if problems:
            raise Refused(problems)
        yield Catalogue(snapshot=snapshot, package=package)


def read_catalogue(source: bytes | Path | BinaryIO) -> Snapshot:
    """Return the snapshot in a catalogue file; see :func:`open_catalogue`.

    Examples
    --------
    >>> read_catalogue(b'{"format": "curriculum-catalogue/1", "courses": []}').courses
    ()
    """
    with open_catalogue(source) as catalogue:
        return catalogue.snapshot


def write_catalogue(snapshot: Snapshot, target: Path | IO[bytes], *, open_asset: OpenAsset | None = None) -> None:
    """Write a snapshot as a catalogue file: the same snapshot, whatever the order of its sections, in the same bytes.

    Parameters
    ----------
    snapshot : what to write; each section is sorted by code, everything inside an entry stays in its order.
    target : a path, whose name says the form (``.json``, ``.zip``, either with ``.gz``) and which is replaced whole or
        not at all; or an open binary stream, which receives a JSON document.
    open_asset : opens the bytes of an asset; needed for ``.zip`` if there are assets.

    Raises
    ------
    UnknownFileType
        If the name says no known form.
    """
    if not isinstance(target, Path):
        _write_document(snapshot, target)
        return
    name = target.name.lower()
    plain = name.removesuffix(".gz")
    if not plain.endswith((".json", ".zip")):
        raise UnknownFileType(name=target.name)
    with _replacing(target) as file, _packed(file) if plain != name else nullcontext(file) as inner:
        if plain.endswith(".zip"):
            _write_package(snapshot, inner, open_asset)
        else:
            _write_document(snapshot, inner)


def encode_document(snapshot: Snapshot) -> Iterator[bytes]:
    """Yield a catalogue document in pieces: one entry of a section a line, sections in the schema's order."""
    encoder = msgspec.json.Encoder()
    yield b'{\n"format": ' + encoder.encode(snapshot.format)
    for section in SECTIONS:
        entries = getattr(snapshot, section)
        if not entries and section != "courses":
            continue
        yield b',\n"' + section.encode() + b'": ['
        separator = b"\n"
        for entry in sorted(entries, key=_sort_key):
            yield separator + encoder.encode(entry)
            separator = b",\n"
        yield b"\n]"
    yield b"\n}\n"


def _sort_key(entry: object) -> tuple[str, ...]:
    code: str | None = getattr(entry, "code", None)
    return (code,) if code is not None else (getattr(entry, "source", ""), getattr(entry, "target", ""))


def _write_document(snapshot: Snapshot, file: IO[bytes]) -> None:
    for piece in encode_document(snapshot):
        file.write(piece)


def _write_package(snapshot: Snapshot, target: IO[bytes], open_asset: OpenAsset | None) -> None:
    # By way of an unnamed file: an archive is written with steps back, which a compressed stream cannot take.
    with tempfile.TemporaryFile() as file:
        _fill_archive(snapshot, file, open_asset)
        file.seek(0)
        shutil.copyfileobj(file, target)


def _fill_archive(snapshot: Snapshot, file: IO[bytes], open_asset: OpenAsset | None) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        document = _member(DOCUMENT_NAME, zipfile.ZIP_DEFLATED)
        with archive.open(document, "w", force_zip64=True) as inner:
            _write_document(snapshot, inner)
        written: set[str] = set()
        for asset in sorted(snapshot.assets, key=lambda asset: asset.sha256):
            if asset.sha256 in written:
                continue
            if open_asset is None:
                raise TypeError("a package with assets needs open_asset")
            written.add(asset.sha256)
            member = _member(ASSETS + asset.sha256, zipfile.ZIP_STORED)
            with open_asset(asset) as content, archive.open(member, "w", force_zip64=True) as inner:
                shutil.copyfileobj(content, inner)


def _member(name: str, compression: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, EPOCH)
    member.compress_type = compression
    member.external_attr = 0o644 << 16
    return member


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _packed(file: IO[bytes]) -> Iterator[IO[bytes]]:
    # No name and no time: the same content gives the same bytes.
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as inner:
        yield cast(IO[bytes], inner)
