"""Differences between two contents, as data: what runs store, what ``release diff --json`` prints.

What differs is found by :func:`curriculum_graph.api.diff_snapshots`; here it gets the titles that people know, and for
each field what to show of it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from curriculum_graph.api import CourseChange, SectionChanges, diff_snapshots
from curriculum_graph.snapshot import Snapshot, text_in, to_document

NESTED = ("modules", "variants", "competences", "domains", "options")
"""Fields that hold things with codes of their own."""
SHORT = 200
"""Characters up to which a text is shown before and after; of a longer one it is said that it was rewritten."""

Entry = dict[str, Any]


def changes_document(before: Snapshot, after: Snapshot) -> dict[str, Any]:
    """Return what is different in ``after``, as JSON data: by section what was added, removed and changed."""
    found = diff_snapshots(before, after)
    document = {section.section: _section(section, before, after) for section in found.sections}
    if found.added or found.removed or found.changed:
        old, new = _named(before, "courses"), _named(after, "courses")
        document["courses"] = {
            "added": [_name(code, new) for code in found.added],
            "removed": [_name(code, old) for code in found.removed],
            "changed": [_course(change, new) for change in found.changed],
        }
    return document


def _course(change: CourseChange, new: Mapping[str, Any]) -> Entry:
    fields = [_field(field.field, field.before, field.after) for field in change.fields]
    return {**_name(change.code, new), "aspects": list(change.aspects), "fields": fields}


def _section(section: SectionChanges, before: Snapshot, after: Snapshot) -> dict[str, list[Entry]]:
    old, new = _named(before, section.section), _named(after, section.section)
    return {
        "added": [_name(code, new) for code in section.added],
        "removed": [_name(code, old) for code in section.removed],
        "changed": [
            {**_name(code, new), "fields": _fields(to_document(old[code]), to_document(new[code]))}
            for code in section.changed
        ],
    }


def _named(snapshot: Snapshot, section: str) -> dict[str, Any]:
    """Return the things of a section by code; a crosswalk goes by its name."""
    return {getattr(thing, "code", None) or thing.name: thing for thing in getattr(snapshot, section)}


def _name(code: str, things: Mapping[str, Any]) -> Entry:
    thing = things[code]
    title = next((text for name in ("title", "prompt", "file_name") if (text := getattr(thing, name, None))), "")
    return {"code": code, "title": title}


def _fields(old: Entry, new: Entry) -> list[Entry]:
    return [
        _field(name, old.get(name), new.get(name)) for name in sorted({*old, *new}) if old.get(name) != new.get(name)
    ]


def _field(name: str, old: Any, new: Any) -> Entry:
    """Return what to show of a field that differs: the parts, the codes, both values, or its name alone."""
    if name in NESTED:
        return {"field": name, **(_parts(old or (), new or ()) or {"reordered": True})}
    if _are_codes(old) and _are_codes(new):
        gained = [code for code in new or () if code not in (old or ())]
        lost = [code for code in old or () if code not in (new or ())]
        return {"field": name, "gained": gained, "lost": lost}
    if _is_short(old) and _is_short(new):
        return {"field": name, "before": old, "after": new}
    return {"field": name}


def _parts(before: Iterable[Entry], after: Iterable[Entry]) -> dict[str, list[Entry]]:
    old, new = {part["code"]: part for part in before}, {part["code"]: part for part in after}
    found = {
        "added": [{"code": code} for code in new if code not in old],
        "removed": [{"code": code} for code in old if code not in new],
        "changed": [
            {"code": code, "fields": _fields(old[code], new[code])}
            for code in new
            if code in old and old[code] != new[code]
        ],
    }
    return {part: entries for part, entries in found.items() if entries}


def _are_codes(value: Any) -> bool:
    return value is None or (isinstance(value, list | tuple) and all(isinstance(code, str) for code in value))


def _is_short(value: Any) -> bool:
    if _is_text(value):
        return len(text_in(value)) <= SHORT
    return value is None or isinstance(value, int | float)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and all(isinstance(text, str) for text in value.values()))
