"""The one spelling of a course, of a frame and of a manifest, from which their hashes are taken.

Two documents that mean the same have the same canonical bytes: defaults are left out, keys are sorted, the text is
UTF-8 without insignificant space, and lists whose order means nothing are sorted. Lists whose order means something
(modules, blocks, steps, options, the languages of a course after its first, the competences of a framework) are kept.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from curriculum_graph.snapshot import FORMAT, Course, Snapshot, to_document

MANIFEST_FORMAT = "curriculum-release/1"

_SETS = ("audiences", "regions", "industries", "accessibility", "keywords", "recommended_after")
_UNORDERED_ANSWERS = ("single_choice", "multiple_choice", "true_false", "text_entry")
_encode = msgspec.json.Encoder(order="deterministic").encode


def digest(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def course_bytes(course: Course) -> bytes:
    """Return the canonical JSON of a course, its modules and their variants."""
    return _encode(_course(to_document(course)))


def frame_bytes(snapshot: Snapshot) -> bytes:
    """Return the canonical JSON of everything in ``snapshot`` that is not a course."""
    document = to_document(msgspec.structs.replace(snapshot, courses=()))
    for key in ("languages", "regions", "audiences", "industries", "frameworks", "programmes", "items", "assets"):
        if key in document:
            document[key] = sorted(document[key], key=_by_code)
    for programme in document.get("programmes", ()):
        _programme(programme)
    for item in document.get("items", ()):
        if item["kind"] in _UNORDERED_ANSWERS and "correct" in item:
            item["correct"] = sorted(item["correct"])
    if "crosswalks" in document:
        document["crosswalks"] = sorted(document["crosswalks"], key=_encode)
    return _encode(document)


def manifest_bytes(courses: dict[str, str], frame: str) -> bytes:
    """Return the canonical manifest of a release: the hash of each course by code, and the hash of the frame.

    Its SHA-256 is the release's id.
    """
    return _encode({"format": MANIFEST_FORMAT, "courses": courses, "frame": frame})


def decode_course(data: bytes) -> Course:
    """Return the course of which ``data`` is the canonical JSON."""
    return _decode_course(data)


def decode_frame(data: bytes) -> Snapshot:
    """Return the snapshot without courses of which ``data`` is the canonical JSON."""
    return _decode_frame(data)


_decode_course: Callable[[bytes], Course] = msgspec.json.Decoder(Course).decode
_decode_frame: Callable[[bytes], Snapshot] = msgspec.json.Decoder(Snapshot).decode
assert FORMAT == "curriculum-catalogue/1"  # noqa: S101 -- another format needs another canonical spelling


def _by_code(thing: dict[str, Any]) -> str:
    return str(thing["code"])


def _by_level(taught: dict[str, Any]) -> tuple[str, int]:
    return taught["competence"], taught["level"]


def _sort_sets(thing: dict[str, Any]) -> None:
    for key in _SETS:
        if key in thing:
            thing[key] = sorted(thing[key])
    if "languages" in thing:  # the base body is in the first; the others are a set
        thing["languages"] = [*thing["languages"][:1], *sorted(thing["languages"][1:])]


def _course(course: dict[str, Any]) -> dict[str, Any]:
    _sort_sets(course)
    if "teaches" in course:
        course["teaches"] = sorted(course["teaches"], key=_by_level)
    if "requires" in course:
        for group in course["requires"]:
            group["any_of"] = sorted(group["any_of"], key=_encode)
        course["requires"] = sorted(course["requires"], key=_encode)
    for module in course.get("modules", ()):
        _body(module)
        if "variants" in module:
            module["variants"] = sorted(module["variants"], key=_by_code)
            for variant in module["variants"]:
                _sort_sets(variant)
                _body(variant)
    return course


def _body(thing: dict[str, Any]) -> None:
    blocks = thing.get("blocks", ())
    if len(blocks) == 1 and blocks[0]["type"] == "markdown":
        del thing["blocks"]
        thing["markdown"] = blocks[0]["text"]
    for block in blocks:
        if "captions" in block:
            block["captions"] = sorted(block["captions"], key=_encode)


def _programme(programme: dict[str, Any]) -> None:
    _sort_sets(programme)
    for goal in programme["goals"]:
        if goal.get("weight") == 1:
            del goal["weight"]
    programme["goals"] = sorted(programme["goals"], key=_encode)
