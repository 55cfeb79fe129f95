"""One way to write a thing down, whatever order its sets came in.

Two entries of a catalogue that mean the same have the same normal document: lists whose order means nothing are sorted,
one Markdown block is ``markdown``, a weight of 1 is left out. Lists whose order means something (modules, blocks,
steps, options, the languages of a course after its first) are kept. Content hashes are taken from these documents, so a
change here makes other releases of the same content.
"""

from typing import Any

import msgspec

from curriculum_graph.snapshot import Course, Item, Module, Programme, to_document

Document = dict[str, Any]

SETS = ("audiences", "regions", "industries", "accessibility", "keywords", "recommended_after")
UNORDERED_ANSWERS = ("single_choice", "multiple_choice", "true_false", "text_entry")
_encode = msgspec.json.Encoder(order="deterministic").encode


def normal_course(course: Course) -> Document:
    """Return the normal document of a course, its modules and their variants."""
    document: Document = to_document(course)
    _sort_sets(document)
    if "teaches" in document:
        document["teaches"] = sorted(document["teaches"], key=_by_level)
    if "requires" in document:
        for group in document["requires"]:
            group["any_of"] = sorted(group["any_of"], key=_encode)
        document["requires"] = sorted(document["requires"], key=_encode)
    for module in document.get("modules", ()):
        _module(module)
    return document


def normal_module(module: Module) -> Document:
    """Return the normal document of a module and its variants."""
    document: Document = to_document(module)
    _module(document)
    return document


def normal_programme(programme: Programme) -> Document:
    """Return the normal document of a programme."""
    document: Document = to_document(programme)
    _sort_sets(document)
    for goal in document["goals"]:
        if goal.get("weight") == 1:
            del goal["weight"]
    document["goals"] = sorted(document["goals"], key=_encode)
    return document


def normal_item(item: Item) -> Document:
    """Return the normal document of a test item."""
    document: Document = to_document(item)
    if item.kind in UNORDERED_ANSWERS and "correct" in document:
        document["correct"] = sorted(document["correct"])
    return document


def _module(module: Document) -> None:
    _body(module)
    if "variants" in module:
        module["variants"] = sorted(module["variants"], key=_by_code)
        for variant in module["variants"]:
            _sort_sets(variant)
            _body(variant)


def _body(thing: Document) -> None:
    blocks = thing.get("blocks", ())
    if len(blocks) == 1 and blocks[0]["type"] == "markdown":
        del thing["blocks"]
        thing["markdown"] = blocks[0]["text"]
    for block in blocks:
        if "captions" in block:
            block["captions"] = sorted(block["captions"], key=_encode)


def _by_code(thing: Document) -> str:
    return str(thing["code"])


def _by_level(taught: Document) -> tuple[str, int]:
    return taught["competence"], taught["level"]


def _sort_sets(thing: Document) -> None:
    for key in SETS:
        if key in thing:
            thing[key] = sorted(thing[key])
    if "languages" in thing:  # the base body is in the first; the others are a set
        thing["languages"] = [*thing["languages"][:1], *sorted(thing["languages"][1:])]
