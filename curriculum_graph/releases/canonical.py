"""The one spelling of a course, of a frame and of a manifest, from which their hashes are taken.

Two documents that mean the same have the same canonical bytes: defaults are left out, keys are sorted, the text is
UTF-8 without insignificant space, and lists whose order means nothing are sorted. Lists whose order means something
(modules, blocks, steps, options, the languages of a course after its first, the competences of a framework) are kept.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from curriculum_graph.normal import normal_course, normal_item, normal_programme
from curriculum_graph.snapshot import FORMAT, Course, Snapshot, to_document

MANIFEST_FORMAT = "curriculum-release/1"

_encode = msgspec.json.Encoder(order="deterministic").encode


def digest(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def course_bytes(course: Course) -> bytes:
    """Return the canonical JSON of a course, its modules and their variants."""
    return _encode(normal_course(course))


def frame_bytes(snapshot: Snapshot) -> bytes:
    """Return the canonical JSON of everything in ``snapshot`` that is not a course."""
    document = to_document(msgspec.structs.replace(snapshot, courses=()))
    for key, normal in (("programmes", normal_programme), ("items", normal_item)):
        if key in document:
            document[key] = [normal(thing) for thing in getattr(snapshot, key)]
    for key in ("languages", "regions", "audiences", "industries", "frameworks", "programmes", "items", "assets"):
        if key in document:
            document[key] = sorted(document[key], key=_by_code)
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
