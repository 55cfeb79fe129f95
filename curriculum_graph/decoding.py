"""From the bytes of a catalogue document to a snapshot, one entry of a section at a time.

The document is first cut into its entries, without decoding them (``msgspec.Raw``). Each is then decoded, held against
the schema and turned into its structure alone: what is kept is the bytes and the finished structures, never a tree of
dictionaries of the whole.
"""

import codecs
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import msgspec

from curriculum_graph.errors import FieldValue, Problem, Refused
from curriculum_graph.snapshot import (
    FORMAT,
    Asset,
    Course,
    Crosswalk,
    Framework,
    Item,
    Language,
    Programme,
    Snapshot,
    Term,
)
from curriculum_graph.validation import SECTIONS, pointer, shown, validate

PROBLEM_LIMIT = 200
"""Problems listed of one document; beyond them, entries that have any are counted."""
DETAIL_LIMIT = 5_000
"""The most commas in an entry all of whose problems are listed; of a larger one the first is."""
ENTRY_LIMIT = 200_000
"""The most entries of one section: sixty times the courses of a national curriculum."""
VALUE_LIMIT = 5_000_000
"""The most commas in a document, which bounds the values that it can hold and so the memory that reading takes."""
LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader understands (RFC 7493)."""

STRUCTS: Mapping[str, type[msgspec.Struct]] = {
    "languages": Language,
    "frameworks": Framework,
    "regions": Term,
    "audiences": Term,
    "industries": Term,
    "courses": Course,
    "programmes": Programme,
    "items": Item,
    "assets": Asset,
    "crosswalks": Crosswalk,
}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F]..)|.)", re.DOTALL)
_CHUNK = 1 << 20


class _Key(str):
    """A key that equals only itself, so that a repeated key is seen."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class _BadValueError(ValueError):
    def __init__(self, code: str, **fields: str) -> None:
        self.code, self.fields = code, fields
        super().__init__(code)


class _Found:
    """Problems found so far; beyond the limit only their number."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.more = 0

    @property
    def is_full(self) -> bool:
        return len(self.problems) >= PROBLEM_LIMIT

    def add(self, problem: Problem) -> None:
        if self.is_full:
            self.more += 1
        else:
            self.problems.append(problem)

    def refuse(self) -> None:
        if self.more:
            self.problems.append(Problem(code="more_problems", place="", fields={"count": self.more}))
        if self.problems:
            raise Refused(self.problems)


def decode_document(document: bytes) -> Snapshot:
    """Return the snapshot that a catalogue document describes.

    Raises
    ------
    Refused
        If it is not UTF-8, not JSON, or not as the schema says. All errors are listed, up to :data:`PROBLEM_LIMIT`.

    Notes
    -----
    Whether codes resolve is another question: :func:`curriculum_graph.checks.check_snapshot`.
    """
    document = document.removeprefix(codecs.BOM_UTF8)
    _check_encoding(document)
    if document.count(b",") > VALUE_LIMIT:
        raise Refused([Problem(code="too_many_values", place="", fields={"limit": VALUE_LIMIT})])
    found = _Found()
    sections = _cut(document, found)
    decoded: dict[str, Any] = {
        section: tuple(_decode_entries(section, entries, found)) for section, entries in sections.items()
    }
    found.refuse()
    return Snapshot(format=FORMAT, **decoded)


def _check_encoding(document: bytes) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(document) or 1, _CHUNK):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(document[start : start + _CHUNK], final=start + _CHUNK >= len(document))
        except UnicodeDecodeError as error:
            offset = start - pending + error.start
            line = document.count(b"\n", 0, offset) + 1
            fields = {"offset": offset, "line": line}
            raise Refused([Problem(code="not_utf8", place=f"line {line}", fields={**fields})]) from error


def _cut(document: bytes, found: _Found) -> dict[str, list[msgspec.Raw]]:
    """Return the undecoded entries of every section, having checked the document around them."""
    try:
        top = msgspec.json.decode(document, type=dict[_Key, msgspec.Raw], dec_hook=lambda _, key: _Key(key))
    except msgspec.ValidationError as error:
        found_type = shown(document[:1].decode("utf-8", "replace"))
        problem = Problem(code="wrong_type", place="", fields={"found": found_type, "expected": ("object",)})
        raise Refused([problem]) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused([_malformed(document, error)]) from error
    shell: dict[str, Any] = {}
    sections: dict[str, list[msgspec.Raw]] = {}
    for key, raw in top.items():
        name = str(key)
        if name in shell:
            found.add(Problem(code="repeated_key", place=pointer("", name), fields={"key": name}))
        elif name in SECTIONS and bytes(raw).lstrip()[:1] == b"[":
            entries = msgspec.json.decode(raw, type=list[msgspec.Raw])
            if len(entries) > ENTRY_LIMIT:
                limits: dict[str, FieldValue] = {"count": len(entries), "limit": ENTRY_LIMIT}
                raise Refused([Problem(code="too_many_entries", place=pointer("", name), fields=limits)])
            sections[name], shell[name] = entries, []
        else:
            shell[name] = next(_decode(raw, pointer("", name), found), None)
    if shell.get("format") != FORMAT:
        fields = {"found": shown(shell.get("format")), "expected": FORMAT}
        raise Refused([Problem(code="wrong_format", place="/format", fields={**fields})])
    for problem in validate("", shell, ""):
        found.add(problem)
    return sections


def _malformed(document: bytes, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(code="nested_too_deeply", place="")
    matched = re.search(r"^(.*?)(?: \(byte (\d+)\))?$", str(error).removeprefix("JSON is malformed: "), re.DOTALL)
    detail, offset = (matched[1], matched[2]) if matched else (str(error), None)
    at = len(document) if offset is None else int(offset)
    lone = next((escape for escape in _ESCAPE.finditer(document, 0, at) if escape[1]), None)
    line = document.count(b"\n", 0, lone.start() if lone else at) + 1
    if lone is not None:
        character = f"U+{lone[1].decode('ascii', 'replace').upper()}"
        return Problem(code="unstorable_character", place=f"line {line}", fields={"character": character})
    column = len(document[document.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace")) + 1
    code = "truncated" if "truncated" in detail else "malformed"
    return Problem(code=code, place=f"line {line}", fields={"line": line, "column": column, "detail": detail})


def _decode_entries(section: str, entries: list[msgspec.Raw], found: _Found) -> Iterator[msgspec.Struct]:
    for number, raw in enumerate(entries):
        place = f"/{section}/{number}"
        first_only = found.is_full or bytes(raw).count(b",") > DETAIL_LIMIT
        for value in _decode(raw, place, found):
            problems = list(validate(section, value, place, first_only=first_only))
            for problem in problems:
                found.add(problem)
            if not problems and not found.problems:
                yield from _convert(value, STRUCTS[section], place, found)


def _decode(raw: msgspec.Raw, place: str, found: _Found) -> Iterator[Any]:
    """Yield the entry as plain data, unless something in it no reader could keep: then nothing."""
    text = str(memoryview(raw), "utf-8")
    try:
        value = _DECODER.decode(text)
    except _BadValueError as error:
        found.add(Problem(code=error.code, place=place, fields={**error.fields}))
        return
    except json.JSONDecodeError as error:
        detail = error.msg.lower()
        where: dict[str, FieldValue] = {"line": error.lineno, "column": error.colno, "detail": detail}
        found.add(Problem(code="malformed", place=place, fields=where))
        return
    except RecursionError:
        found.add(Problem(code="nested_too_deeply", place=place))
        return
    bad = list(_unstorable(value, place)) if "\\u" in text else []
    for problem in bad:
        found.add(problem)
    if not bad:
        yield value


def _unstorable(value: object, place: str) -> Iterator[Problem]:
    """Yield the strings that hold a NUL or half a surrogate pair, which databases and UTF-8 cannot hold."""
    pending: list[tuple[object, str]] = [(value, place)]
    while pending:
        inner, here = pending.pop()
        if isinstance(inner, dict):
            pending.extend((key, here) for key in inner)
            pending.extend((part, pointer(here, key)) for key, part in inner.items())
        elif isinstance(inner, list):
            pending.extend((part, f"{here}/{number}") for number, part in enumerate(inner))
        elif isinstance(inner, str) and (matched := _UNSTORABLE.search(inner)):
            safe = here.encode("utf-8", "backslashreplace").decode()
            yield Problem(code="unstorable_character", place=safe, fields={"character": f"U+{ord(matched[0]):04X}"})


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _BadValueError("repeated_key", key=next(key for key in keys if keys.count(key) > 1))
    return value


def _whole(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > LARGEST:
        raise _BadValueError("number_out_of_range", found=text[:40])
    return number


def _real(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise _BadValueError("number_out_of_range", found=text[:40])
    return number


def _constant(text: str) -> NoReturn:
    raise _BadValueError("number_out_of_range", found=text)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole, parse_float=_real, parse_constant=_constant)


def _convert(value: Any, struct: type[msgspec.Struct], place: str, found: _Found) -> Iterator[msgspec.Struct]:
    try:
        result = msgspec.convert(value, struct)
    except msgspec.ValidationError:
        try:
            # JSON Schema counts 60.0 as a whole number; msgspec does not.
            result = msgspec.convert(_with_whole_numbers(value), struct)
        except msgspec.ValidationError as error:
            found.add(Problem(code="not_as_described", place=place, fields={"found": str(error)}))
            return
    yield result


def _with_whole_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_whole_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_whole_numbers(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
