"""Learners and events as documents: bytes in, structures or problems out.

One line is one document of ``docs/formats/learners.schema.json`` or ``docs/formats/events.schema.json``, which lie in
``schemas/`` beside this module. A line is checked in this order, and the first step that fails says why: text, JSON,
schema, what no schema can say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO, Generic, Literal, TypeVar

import jsonschema_rs
import msgspec

from curriculum_graph.errors import FieldValue, Problem
from recommender.engine.learner import Event, Learner
from recommender.engine.lines import numbered_lines, place

Contract = Literal["learners", "events", "programs"]
Document = TypeVar("Document", Learner, Event)

LARGEST_NUMBER = 2**53
"""The largest whole number that every JSON reader keeps exact."""


@dataclass(frozen=True, slots=True)
class Line(Generic[Document]):
    """What one line of a file holds: a document, or (``value`` being ``None``) what is wrong with it."""

    number: int
    value: Document | None
    problems: tuple[Problem, ...] = ()


@cache
def schema(contract: Contract) -> dict[str, Any]:
    """Return a contract's JSON Schema. Callers must not change it."""
    text = (files("recommender.engine") / "schemas" / f"{contract}.schema.json").read_bytes()
    document: dict[str, Any] = msgspec.json.decode(text)
    return document


@cache
def validator(contract: Contract) -> jsonschema_rs.Draft202012Validator:
    """Return the compiled validator of a contract; formats (dates) are asserted."""
    return jsonschema_rs.Draft202012Validator(schema(contract), validate_formats=True)


def read_learners(file: BinaryIO) -> Iterator[Line[Learner]]:
    """Yield each line of a learners file, streaming. A learner named twice is a problem of the later line."""
    seen: set[str] = set()
    for line in _read(file, Learner):
        if line.value is not None:
            name = line.value.learner
            if name in seen:
                problem = Problem(code="duplicate_learner", place=place(line.number), fields={"code": name})
                yield Line(line.number, None, (problem,))
                continue
            seen.add(name)
        yield line


def read_events(file: BinaryIO) -> Iterator[Line[Event]]:
    """Yield each line of an events file, streaming. Ids that come twice are not looked for."""
    return _read(file, Event)


def _read(file: BinaryIO, kind: type[Document]) -> Iterator[Line[Document]]:
    for number, line in numbered_lines(file):
        if isinstance(line, Problem):
            yield Line(number, None, (line,))
        else:
            value = parse(line, kind, place(number))
            yield Line(number, None, tuple(value)) if isinstance(value, list) else Line(number, value)


def parse(text: bytes, kind: type[Document], where: str) -> Document | list[Problem]:
    """Return the document that ``text`` is, or what is wrong with it, at ``where``.

    Examples
    --------
    >>> parse(b'{"learner": "a1"}', Learner, "line 1")
    Learner(learner='a1')
    >>> [problem.code for problem in parse(b'{"learner": ', Learner, "line 1")]
    ['not_json']
    """
    try:
        document = msgspec.json.decode(text.decode())
    except UnicodeDecodeError:
        return [Problem(code="not_utf8", place=where)]
    except msgspec.MsgspecError as error:
        return [Problem(code="not_json", place=where, fields={"detail": str(error)})]
    except RecursionError:
        return [Problem(code="not_json", place=where, fields={"detail": "nested too deeply"})]
    return check(document, kind, where)


def check(document: Any, kind: type[Document], where: str) -> Document | list[Problem]:
    """Return JSON data as a document, or what is wrong with them, at ``where``."""
    contract: Contract = "learners" if kind is Learner else "events"
    problems = [_schema_problem(error, where) for error in validator(contract).iter_errors(document)]
    problems = problems or list(_unstorable(document, "", where))
    if problems:
        return problems
    # JSON Schema counts 60.0 as an integer; "lax" conversion does too. The schema has already refused all else.
    value: Document = msgspec.convert(document, kind, strict=False)
    if isinstance(value, Event) and instant(value.at) is None:
        return [Problem(code="schema_format", place=where, fields={"pointer": "/at", "rule": "date-time"})]
    return value


def instant(text: str) -> datetime | None:
    """Return an RFC 3339 date-time in UTC, or ``None`` where it lies outside what can be computed with.

    A leap second counts as the second before it.

    Examples
    --------
    >>> instant("2016-12-31t23:59:60z")
    datetime.datetime(2016, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)
    """
    text = text.upper()
    if text[16:19] == ":60":
        text = f"{text[:16]}:59{text[19:]}"
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _schema_problem(error: jsonschema_rs.ValidationError, where: str) -> Problem:
    keyword = str(error.schema_path[-1]) if error.schema_path else "schema"
    pointer = "".join(f"/{part}" for part in error.instance_path)
    return Problem(
        code=f"schema_{keyword}",
        place=where,
        fields={"pointer": pointer or "/", "rule": _rule(error), "detail": error.message},
    )


def _rule(error: jsonschema_rs.ValidationError) -> str:
    """Return what the broken rule asks for: the field that is missing, the values that are allowed, the limit."""
    kind = error.kind
    for name in ("property", "unexpected", "options", "limit", "format", "types"):
        value = getattr(kind, name, None)
        if value is not None:
            return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return ""


def _unstorable(value: Any, pointer: str, where: str) -> Iterator[Problem]:
    """Yield what JSON allows and databases do not: NUL characters, and numbers no other reader keeps exact."""
    fields: dict[str, FieldValue] = {"pointer": pointer or "/"}
    if isinstance(value, str):
        if "\x00" in value:
            yield Problem(code="nul_character", place=where, fields=fields)
    elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
        yield Problem(code="number_too_large", place=where, fields={**fields, "limit": LARGEST_NUMBER})
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unstorable(inner, f"{pointer}/{key}", where)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unstorable(inner, f"{pointer}/{index}", where)
