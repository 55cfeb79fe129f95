"""Learners, events, waivers and changes as documents: bytes in, structures or problems out.

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

from curriculum_graph.errors import Problem
from curriculum_graph.validation import pointer, problems_of
from recommender.engine.change import Change
from recommender.engine.learner import Event, Learner
from recommender.engine.lines import numbered_lines, placed
from recommender.engine.lines import place as line_place
from recommender.engine.waiving import WaiverDocument

Contract = Literal["learners", "events", "waivers", "what-if", "programs", "recommendations"]
Document = TypeVar("Document", Learner, Event, WaiverDocument, Change)

_CONTRACTS: dict[type[Any], Contract] = {
    Learner: "learners",
    Event: "events",
    WaiverDocument: "waivers",
    Change: "what-if",
}

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
                problem = Problem(code="duplicate_learner", place=line_place(line.number), fields={"code": name})
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
            value = parse(line, kind, line_place(number))
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
        return [Problem(code="nested_too_deeply", place=where)]
    return check(document, kind, where)


def check(document: Any, kind: type[Document], where: str) -> Document | list[Problem]:
    """Return JSON data as a document, or what is wrong with them, at ``where``."""
    try:
        errors = list(validator(_CONTRACTS[kind]).iter_errors(document))
        problems = [problem for error in errors for problem in _problems(error)]
    except ValueError:  # the validator's own limit of depth, which no sound document comes near
        problems = [Problem(code="nested_too_deeply", place="")]
    problems = problems or list(_unstorable(document, ""))
    if problems:
        return [placed(problem, where) for problem in problems]
    # JSON Schema counts 60.0 as an integer; "lax" conversion does too. The schema has already refused all else.
    value: Document = msgspec.convert(document, kind, strict=False)
    if isinstance(value, Event) and instant(value.at) is None:
        wrong = Problem(code="wrong_form", place="/at", fields={"found": value.at, "expected": "date-time"})
        return [placed(wrong, where)]
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


def _problems(error: jsonschema_rs.ValidationError) -> Iterator[Problem]:
    if error.kind.name == "oneOf":  # the only choice in these contracts is that of a goal
        yield Problem(code="goal_not_one_thing", place=pointer("", *error.instance_path))
    else:
        yield from problems_of(error, "")


def _unstorable(value: Any, place: str) -> Iterator[Problem]:
    """Yield what JSON allows and databases do not: NUL characters, and numbers no other reader keeps exact."""
    if isinstance(value, str):
        if "\x00" in value:
            yield Problem(code="nul_character", place=place)
    elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
        yield Problem(code="number_too_large", place=place, fields={"limit": LARGEST_NUMBER})
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unstorable(inner, pointer(place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unstorable(inner, pointer(place, index))
