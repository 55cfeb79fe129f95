"""JSON Lines as bytes: reading files, ``.gz`` files and standard input; writing a whole file or none.

Nothing is decoded here but compression and the ends of lines.
"""

import gzip
import shutil
import sys
import tempfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from curriculum_graph.errors import Problem

STANDARD_STREAM = "-"
MAX_LINE_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"
_GZIP_MAGIC = b"\x1f\x8b"


@contextmanager
def open_lines(name: str) -> Generator[BinaryIO, None, None]:
    """Open a file for reading by name; ``-`` is standard input, and anything compressed with gzip is unpacked.

    Compression is told by the first two bytes, not by the name: no JSON document begins with them.

    Raises
    ------
    OSError
        The file cannot be opened.
    """
    if name == STANDARD_STREAM:
        yield _unpacked(sys.stdin.buffer)
        return
    with Path(name).open("rb") as file:
        yield _unpacked(file)


def _unpacked(file: BinaryIO) -> BinaryIO:
    if file.peek(2)[:2] == _GZIP_MAGIC:  # type: ignore[attr-defined]  # both sources are buffered readers
        return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb"))
    return file


def numbered_lines(file: BinaryIO) -> Iterator[tuple[int, bytes | Problem]]:
    """Yield each line that is not blank with its number, from 1; memory is bounded by one line.

    In place of a line that is longer than :data:`MAX_LINE_BYTES` comes a problem ``line_too_long``; compressed data
    that end too early or are damaged give ``file_damaged`` and end the lines.
    """
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(MAX_LINE_BYTES + 1)
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                _skip_rest(file)
                fields: dict[str, str | int | float | tuple[str, ...]] = {"limit": MAX_LINE_BYTES}
                yield number, Problem(code="line_too_long", place=place(number), fields=fields)
                continue
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield number, Problem(code="file_damaged", place=place(number))
            return
        if not line:
            return
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield number, line


def place(number: int) -> str:
    """Return how problems name a line."""
    return f"line {number}"


def placed(problem: Problem, where: str) -> Problem:
    """Return a problem found inside a document as one of the document at ``where``.

    In a file the place is the line, and where in the line is the field ``pointer``; elsewhere both make one pointer.
    """
    if where.startswith("line "):
        return Problem(code=problem.code, place=where, fields={**problem.fields, "pointer": problem.place or "/"})
    return Problem(code=problem.code, place=where + problem.place, fields={**problem.fields})


def _skip_rest(file: BinaryIO) -> None:
    while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


@contextmanager
def write_whole(name: str) -> Generator[BinaryIO, None, None]:
    """Open a file for writing that appears under its name, complete, when the block ends, or not at all.

    ``-`` is standard output, which gets everything at the end; a name that ends in ``.gz`` is compressed, without a
    time stamp, so that the same lines give the same bytes.

    Raises
    ------
    OSError
        The folder cannot be written to.
    """
    if name == STANDARD_STREAM:
        with tempfile.TemporaryFile() as spool:
            yield cast(BinaryIO, spool)
            spool.seek(0)
            shutil.copyfileobj(spool, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    target = Path(name)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            if target.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
