"""Differences between two contents, as data: what runs store, what ``release diff --json`` prints.

For each kind of thing: what was added, removed and changed, by code; for what changed, each field.
"""

from collections.abc import Iterable
from typing import Any

from curriculum_graph.snapshot import Snapshot, text_in, to_document

KINDS = (
    "courses", "programmes", "items", "frameworks", "regions", "audiences", "industries", "languages", "assets",
    "crosswalks",
)  # fmt: skip
NESTED = ("modules", "variants", "competences", "domains", "options")
"""Fields that hold things with codes of their own."""
SHORT = 200
"""Characters up to which a text is shown before and after; of a longer one it is said that it was rewritten."""

Entry = dict[str, Any]


def changes_document(before: Snapshot, after: Snapshot) -> dict[str, Any]:
    """Return what is different in ``after``, as JSON data; a kind in which nothing differs is absent."""
    found = {kind: _compare(getattr(before, kind), getattr(after, kind)) for kind in KINDS}
    return {kind: part for kind, part in found.items() if any(part.values())}


def _compare(before: Iterable[Any], after: Iterable[Any]) -> dict[str, list[Entry]]:
    old, new = _by_code(before), _by_code(after)
    return {
        "added": [_name(new[code]) for code in new if code not in old],
        "removed": [_name(old[code]) for code in old if code not in new],
        "changed": [
            {**_name(new[code]), "fields": _fields(old[code], new[code])}
            for code in new
            if code in old and old[code] != new[code]
        ],
    }


def _by_code(things: Iterable[Any]) -> dict[str, Entry]:
    documents = (thing if isinstance(thing, dict) else to_document(thing) for thing in things)
    return {_code(document): document for document in documents}


def _code(document: Entry) -> str:
    return document["code"] if "code" in document else f"{document['from']} → {document['to']}"


def _name(document: Entry) -> Entry:
    title = document.get("title") or document.get("prompt") or document.get("file_name")
    return {"code": _code(document), "title": title if title is not None else ""}


def _fields(old: Entry, new: Entry) -> list[Entry]:
    names = sorted({*old, *new})
    return [_field(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def _field(name: str, old: Any, new: Any) -> Entry:
    if name in NESTED:
        parts = _compare(old or (), new or ())
        return {"field": name, **{part: entries for part, entries in parts.items() if entries}}
    if _are_codes(old) and _are_codes(new):
        gained = [code for code in new or () if code not in (old or ())]
        lost = [code for code in old or () if code not in (new or ())]
        return {"field": name, "gained": gained, "lost": lost}
    if _is_short(old) and _is_short(new):
        return {"field": name, "before": old, "after": new}
    return {"field": name}


def _are_codes(value: Any) -> bool:
    return value is None or (isinstance(value, list | tuple) and all(isinstance(code, str) for code in value))


def _is_short(value: Any) -> bool:
    if _is_text(value):
        return len(text_in(value)) <= SHORT
    return value is None or isinstance(value, int | float)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and all(isinstance(text, str) for text in value.values()))
