"""What previews show: the same rendering that learners meet, of a draft."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cms.catalogue.interchange import values
from cms.catalogue.models import CoursePage, Module, TestItem, Variant
from cms.catalogue.selectors import list_assets_by_code, list_items_by_code, list_modules_of
from curriculum_graph import snapshot
from curriculum_graph.api import render_body
from curriculum_graph.snapshot import text_in


def module_context(module: Module, language: str) -> dict[str, Any]:
    """Return what the preview of a module shows."""
    return {"title": text_in(module.title, language), "body": _render([module], language)[0]}


def variant_context(variant: Variant, language: str) -> dict[str, Any]:
    """Return what the preview of a variant shows, in its own first language where it names one."""
    own = variant.languages[0] if variant.languages else language
    title = text_in(variant.title, own) or text_in(variant.module.title, own)
    return {"title": title, "body": _render([variant], own)[0], "language": own}


def item_context(item: TestItem, language: str) -> dict[str, Any]:
    """Return what the preview of a test item shows."""
    options = [(option["code"], text_in(option["text"], language)) for option in item.options]
    return {
        "prompt": text_in(item.prompt, language),
        "options": [(text, code in item.correct) for code, text in options],
        "correct": [] if options else item.correct,
        "feedback": text_in(item.feedback, language),
    }


def course_context(course: CoursePage, language: str) -> dict[str, Any]:
    """Return what the preview of a course shows: its modules' base bodies, in teaching order."""
    modules = list_modules_of(course)
    bodies = _render(modules, language)
    return {
        "title": text_in(course.title_text, language),
        "summary": text_in(course.summary, language),
        "modules": [
            (text_in(module.title, language), module, body) for module, body in zip(modules, bodies, strict=True)
        ],
    }


def _render(things: Iterable[Module | Variant], language: str) -> list[SafeString]:
    """Return the bodies as HTML, their files and questions read in one query each."""
    bodies = [_blocks(thing) for thing in things]
    every = [block for body in bodies for block in body]
    assets = list_assets_by_code(_named(every, "asset"))
    files = {code: values.asset_value(asset) for code, asset in assets.items()}
    items = list_items_by_code(_named(every, "item"))

    def asset_url(code: str) -> str | None:
        return reverse("catalogue_asset", args=[assets[code].pk]) if code in assets else None

    def item(code: str) -> snapshot.Item | None:
        return values.item_value(items[code]) if code in items else None

    return [
        mark_safe(  # noqa: S308 - it is clean
            render_body(body, language=language, asset_url=asset_url, item=item, assets=files)
        )
        for body in bodies
    ]


def _blocks(thing: Module | Variant) -> tuple[snapshot.Block, ...]:
    raw = [{"type": block["type"], **block["value"]} for block in thing.body.get_prep_value()]
    return msgspec.convert(raw, tuple[snapshot.Block, ...])


def _named(blocks: Iterable[snapshot.Block], field: str) -> set[str]:
    codes = {getattr(block, field, None) for block in blocks}
    if field == "asset":
        codes |= {track.asset for block in blocks for track in getattr(block, "captions", ())}
    return {code for code in codes if code}
