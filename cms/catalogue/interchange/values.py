"""One thing of the catalogue from its row to its value in the document, and back.

A stored block is ``{"type": t, "value": v, "id": …}`` where ``{"type": t, **v}`` is the block of the document. The
ids are made of the thing and the block's place, so that the same document always gives the same rows.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from cms.catalogue.slugs import slug_for
from cms.catalogue.versions import version_of
from curriculum_graph import snapshot
from curriculum_graph.snapshot import Block, Group, body_fields, thing_uuid

TITLE_LENGTH = 255
TARGETS = ("audiences", "regions", "industries", "languages", "accessibility")
COURSE_PLAIN = ("summary", "minutes", "megabytes", "mode", "licence")
ITEM_PLAIN = (
    "code", "competence", "level", "kind", "prompt", "feedback", "seconds", "difficulty", "discrimination", "guessing",
)  # fmt: skip
ASSET_PLAIN = ("code", "sha256", "media_type", "bytes", "file_name", "licence", "attribution")


def course_fields(course: snapshot.Course) -> dict[str, Any]:
    """Return the values of a course page's own fields."""
    return {
        "code": course.code,
        "title": title_of(course),
        "slug": slug_for(course.code),
        "title_text": course.title,
        "owner_code": course.owner,
        **{name: getattr(course, name) for name in COURSE_PLAIN},
        "teaches": _plain(course.teaches),
        "requires": _stream(thing_uuid("course", course.code), [("group", group) for group in course.requires]),
        "recommended_after": list(course.recommended_after),
        "keywords": list(course.keywords),
        "modules": [module.code for module in course.modules],
        **_targets(course),
    }


def course_value(row: Any, modules: Iterable[snapshot.Module]) -> snapshot.Course:
    """Return the course that a page holds."""
    return snapshot.Course(
        code=row.code,
        title=row.title_text,
        owner=row.owner_code,
        **{name: getattr(row, name) for name in COURSE_PLAIN},
        teaches=msgspec.convert(row.teaches, tuple[snapshot.LevelOf, ...]),
        requires=tuple(msgspec.convert(value, Group) for _type, value in _parts(row.requires)),
        recommended_after=tuple(row.recommended_after),
        keywords=tuple(row.keywords),
        modules=tuple(modules),
        **_read_targets(row),
    )


def title_of(course: snapshot.Course) -> str:
    """Return the title of a course's page: in Vietnamese where there is one, and never empty."""
    return (snapshot.text_in(course.title).strip() or course.code)[:TITLE_LENGTH]


def module_fields(module: snapshot.Module) -> dict[str, Any]:
    """Return the values of a module's own fields."""
    fields = {
        "code": module.code,
        "title": module.title,
        "minutes": module.minutes,
        "megabytes": module.megabytes,
        "body": _body(thing_uuid("module", module.code), module.body),
    }
    return {**fields, "version": version_of(fields)}


def module_value(row: Any, variants: Iterable[snapshot.Variant]) -> snapshot.Module:
    """Return the module that a row holds."""
    return snapshot.Module(
        code=row.code,
        title=row.title,
        minutes=row.minutes,
        megabytes=row.megabytes,
        variants=tuple(variants),
        **_read_body(row.body),
    )


def variant_fields(module: str, variant: snapshot.Variant) -> dict[str, Any]:
    """Return the values of a variant's own fields."""
    return {
        "code": variant.code,
        "title": variant.title,
        "minutes": variant.minutes,
        "megabytes": variant.megabytes,
        "body": _body(thing_uuid("variant", f"{module} {variant.code}"), variant.body),
        **_targets(variant),
    }


def variant_value(row: Any) -> snapshot.Variant:
    """Return the variant that a row holds."""
    return snapshot.Variant(
        code=row.code,
        title=row.title,
        minutes=row.minutes,
        megabytes=row.megabytes,
        **_read_targets(row),
        **_read_body(row.body),
    )


def item_fields(item: snapshot.Item) -> dict[str, Any]:
    """Return the values of a test item's own fields."""
    return {
        **{name: getattr(item, name) for name in ITEM_PLAIN},
        "options": _plain(item.options),
        "correct": list(item.correct),
    }


def item_value(row: Any) -> snapshot.Item:
    """Return the test item that a row holds."""
    return snapshot.Item(
        **{name: getattr(row, name) for name in ITEM_PLAIN},
        options=msgspec.convert(row.options, tuple[snapshot.ItemOption, ...]),
        correct=tuple(row.correct),
    )


def asset_fields(asset: snapshot.Asset) -> dict[str, Any]:
    """Return the values of an asset's own fields."""
    return {name: getattr(asset, name) for name in ASSET_PLAIN}


def asset_value(row: Any) -> snapshot.Asset:
    """Return the asset that a row holds."""
    return snapshot.Asset(**{name: getattr(row, name) for name in ASSET_PLAIN})


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: ``to_builtins`` would keep tuples, which are not lists to whoever compares."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _targets(value: snapshot.Course | snapshot.Variant) -> dict[str, list[str]]:
    return {name: list(getattr(value, name)) for name in TARGETS}


def _read_targets(row: Any) -> dict[str, Any]:
    return {name: tuple(getattr(row, name)) for name in TARGETS}


def _body(of: uuid.UUID, blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return _stream(of, [(type(block).__struct_config__.tag, block) for block in blocks])


def _stream(of: uuid.UUID, parts: Sequence[tuple[Any, msgspec.Struct]]) -> list[dict[str, Any]]:
    stream = []
    for place, (kind, part) in enumerate(parts):
        value = _plain(part)
        value.pop("type", None)
        stream.append({"type": kind, "value": value, "id": str(uuid.uuid5(of, str(place)))})
    return stream


def _parts(stream: Any) -> list[tuple[str, Any]]:
    return [(block["type"], block["value"]) for block in stream.raw_data]


def _read_body(stream: Any) -> dict[str, Any]:
    if not len(stream):
        return {}
    return body_fields(tuple(msgspec.convert({"type": kind, **value}, Block) for kind, value in _parts(stream)))
