"""The catalogue's schema, applied to one entry at a time, and its errors as problems."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import jsonschema_rs

from curriculum_graph.errors import FieldValue, Problem

SECTIONS = (
    "languages", "frameworks", "regions", "audiences", "industries", "courses", "programmes", "items", "assets",
    "crosswalks",
)  # fmt: skip
"""The lists of a catalogue document."""

SHOWN = 80  # characters of a wrong value that a problem quotes


@cache
def read_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of the catalogue document."""
    text = resources.files("curriculum_graph").joinpath("schemas/catalogue.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def _validator(section: str) -> jsonschema_rs.Draft202012Validator:
    """Return what checks one entry of ``section``, or, for ``""``, the document around its sections."""
    schema = read_schema()
    part = schema if section == "" else schema["properties"][section]["items"]
    return jsonschema_rs.Draft202012Validator(
        {"$schema": schema["$schema"], "$defs": schema["$defs"], **part}, validate_formats=True
    )


def validate(section: str, value: object, place: str, *, first_only: bool = False) -> Iterator[Problem]:
    """Yield what the schema says against one entry of ``section`` (``""``: the document itself) found at ``place``.

    The validator collects all errors before it gives the first; ``first_only`` keeps a huge entry that is wrong all
    over from taking minutes and gigabytes.
    """
    validator = _validator(section)
    errors: list[jsonschema_rs.ValidationError] = []
    try:
        if first_only:
            validator.validate(value)
        elif not validator.is_valid(value):
            errors = list(validator.iter_errors(value))
    except jsonschema_rs.ValidationError as first:
        errors = [first]
    except ValueError:  # the validator's own limit of depth, which no sound catalogue comes near
        yield Problem(code="nested_too_deeply", place=place)
    for error in errors:
        yield from _problems(error, place)


def problems_of(error: jsonschema_rs.ValidationError, place: str) -> Iterator[Problem]:
    """Yield the problems that a schema's error stands for, in a document that lies at ``place``."""
    yield from _problems(error, place)


def pointer(place: str, *keys: str | int) -> str:
    """Return the JSON pointer (RFC 6901) of what lies under ``keys`` at ``place``."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
    return "/".join((place, *escaped))


def shown(value: object) -> str:
    """Return a value as JSON, short enough to quote."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _problems(error: jsonschema_rs.ValidationError, place: str) -> Iterator[Problem]:
    kind, value = error.kind.name, error.kind.value
    here = pointer(place, *error.instance_path)
    if kind == "oneOf" and isinstance(error.instance, dict) and (tags := _tags(value)):
        tag = shown(error.instance.get("type"))
        yield Problem(code="not_a_choice", place=pointer(here, "type"), fields={"found": tag, "choices": tags})
        return
    if kind == "oneOf" and (branch := _nearest(value, len(error.instance_path))):
        for inner in branch:
            yield from _problems(inner, place)
        return
    found = shown(error.instance)
    if kind == "additionalProperties":
        for name in value:
            yield Problem(code="unknown_field", place=pointer(here, name), fields={"field": name})
        return
    code, fields = _SIMPLE.get(kind, ("not_as_described", ()))
    data: dict[str, FieldValue] = {"found": found}
    if kind == "not":
        data = {"first": "markdown", "second": "blocks"}
    for name in fields:
        data[name] = _plain(value)
    yield Problem(code=code, place=here, fields=data)


def _plain(value: object) -> FieldValue:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    return shown(value)


_SIMPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "type": ("wrong_type", ("expected",)),
    "required": ("missing_field", ("field",)),
    "pattern": ("wrong_form", ("expected",)),
    "format": ("wrong_form", ("expected",)),
    "enum": ("not_a_choice", ("choices",)),
    "const": ("not_a_choice", ("choices",)),
    "minimum": ("too_small", ("limit",)),
    "exclusiveMinimum": ("not_above", ("limit",)),
    "maximum": ("too_large", ("limit",)),
    "minLength": ("too_short", ("limit",)),
    "maxLength": ("too_long", ("limit",)),
    "minItems": ("too_few", ("limit",)),
    "minProperties": ("too_few", ("limit",)),
    "uniqueItems": ("repeated_entry", ()),
    "not": ("both_given", ()),
}


def _tags(branches: object) -> tuple[str, ...]:
    """Return the types to choose from, where the value has a type but none of the alternatives' own."""
    if not isinstance(branches, list):
        return ()
    wrong = [error for branch in branches for error in branch if error.kind.name == "const"]
    return tuple(str(error.kind.value) for error in wrong) if len(wrong) == len(branches) else ()


def _nearest(branches: object, depth: int) -> list[jsonschema_rs.ValidationError]:
    """Return the errors of the alternative that the author most probably meant.

    Whatever names the right ``type`` beats what does not; then fewer errors, then the earlier alternative.
    Nothing is returned where several alternatives hold at once.
    """
    if not isinstance(branches, list) or not all(branches):
        return []

    def distance(branch: list[jsonschema_rs.ValidationError]) -> tuple[bool, bool, int]:
        wrong_tag = any(error.kind.name == "const" for error in branch)
        wrong_type = any(error.kind.name == "type" and len(error.instance_path) == depth for error in branch)
        return wrong_tag, wrong_type, len(branch)

    nearest: list[jsonschema_rs.ValidationError] = min(branches, key=distance)
    return nearest
