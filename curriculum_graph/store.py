"""Compiled graphs on disk: one file a graph, memory-mapped, nothing executable in it.

The file is a magic line, the length of a JSON header (eight bytes, little endian), the header, and the arrays, each at
a multiple of 64 bytes. The header names each array's type, length and offset, and the SHA-256 of everything after it.
Codes are stored as UTF-8, one a line: no code or language tag holds a line break.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import CompiledGraph, Targeting, TermTree
from curriculum_graph.errors import GraphUnreadable

FILE_NAME = "graph.bin"
MAGIC = b"curriculum-graph/1\n"
ALIGNMENT = 64
NESTED: Mapping[str, type[TermTree | Targeting]] = {
    "audiences": TermTree,
    "regions": TermTree,
    "industries": TermTree,
    "courses_for": Targeting,
    "variants_for": Targeting,
}
TYPES = ("int32", "float64", "uint8")

AnyArray = npt.NDArray[Any]


class _Array(msgspec.Struct, frozen=True):
    dtype: str
    length: int
    offset: int


class _Header(msgspec.Struct, frozen=True):
    release: str
    sha256: str
    size: int
    arrays: dict[str, _Array]


def save_graph(graph: CompiledGraph, folder: Path) -> Path:
    """Write ``graph`` into ``folder`` (made if absent) and return the file.

    The file appears whole or not at all: it is written beside, synced, and renamed over an older one.
    """
    body, arrays = _lay_out(dict(_flatten(graph)))
    digest = hashlib.sha256(body).hexdigest()
    header = msgspec.json.encode(_Header(release=graph.release, sha256=digest, size=len(body), arrays=arrays))
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{FILE_NAME}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            start = MAGIC + len(header).to_bytes(8, "little") + header
            file.write(start.ljust(_aligned(len(start)), b"\0"))
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(folder / FILE_NAME)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return folder / FILE_NAME


def load_graph(folder: Path) -> CompiledGraph:
    """Return the graph stored in ``folder``. Its arrays are read-only views of the mapped file.

    Raises
    ------
    GraphUnreadable
        If there is none, or it was cut short, altered, or written by another version.
    """
    path = folder / FILE_NAME
    try:
        content: AnyArray = np.asarray(np.memmap(path, np.uint8, "r"))
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise GraphUnreadable(path=str(path), reason="missing_or_empty") from error
    header, start = _read_header(path, content)
    body = content[start : start + header.size]
    if len(body) != header.size or hashlib.sha256(body).hexdigest() != header.sha256:
        raise GraphUnreadable(path=str(path), reason="damaged")
    return _assemble(header.release, {name: _array(body, array) for name, array in header.arrays.items()})


def _read_header(path: Path, content: AnyArray) -> tuple[_Header, int]:
    prefix = len(MAGIC) + 8
    start = content[:prefix].tobytes()
    if not start.startswith(MAGIC) or len(start) < prefix:
        raise GraphUnreadable(path=str(path), reason="other_version")
    length = int.from_bytes(start[len(MAGIC) :], "little")
    try:
        header = msgspec.json.decode(content[prefix : prefix + length].tobytes(), type=_Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GraphUnreadable(path=str(path), reason="damaged") from error
    if set(header.arrays) != set(_names()) or any(array.dtype not in TYPES for array in header.arrays.values()):
        raise GraphUnreadable(path=str(path), reason="other_version")
    return header, _aligned(prefix + length)


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def _names() -> Iterator[str]:
    for field in fields(CompiledGraph):
        if field.name in NESTED:
            yield from (f"{field.name}.{inner.name}" for inner in fields(NESTED[field.name]))
        elif field.name != "release":
            yield field.name


def _flatten(graph: CompiledGraph) -> Iterator[tuple[str, AnyArray]]:
    for name in _names():
        value: Any = graph
        for part in name.split("."):
            value = getattr(value, part)
        if isinstance(value, tuple):
            value = np.frombuffer("\n".join(value).encode(), np.uint8)
        yield name, value


def _lay_out(values: Mapping[str, AnyArray]) -> tuple[bytes, dict[str, _Array]]:
    body = bytearray()
    arrays = {}
    for name, value in values.items():
        body.extend(bytes(_aligned(len(body)) - len(body)))
        arrays[name] = _Array(dtype=str(value.dtype), length=len(value), offset=len(body))
        body.extend(value.tobytes())
    return bytes(body), arrays


def _array(body: AnyArray, array: _Array) -> AnyArray | tuple[str, ...]:
    dtype = np.dtype(array.dtype).newbyteorder("<")
    stored = body[array.offset : array.offset + array.length * dtype.itemsize]
    if array.dtype == "uint8":
        return tuple(stored.tobytes().decode().split("\n")) if array.length else ()
    return stored.view(dtype)


def _assemble(release: str, values: Mapping[str, AnyArray | tuple[str, ...]]) -> CompiledGraph:
    arguments: dict[str, Any] = {}
    for field in fields(CompiledGraph):
        nested = NESTED.get(field.name)
        if nested is not None:
            inner: dict[str, Any] = {part.name: values[f"{field.name}.{part.name}"] for part in fields(nested)}
            arguments[field.name] = nested(**inner)
        elif field.name != "release":
            arguments[field.name] = values[field.name]
    return CompiledGraph(release=release, **arguments)
