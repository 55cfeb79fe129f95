"""Differences in words, for pages and terminals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext, gettext_lazy

from cms.taxonomy.editing import FEATURE_LABELS
from curriculum_graph.snapshot import text_in

SHOWN = 200
"""Entries of one list that a page shows; the command shows all."""

KINDS = {
    "courses": gettext_lazy("Courses"),
    "programmes": gettext_lazy("Programmes"),
    "items": gettext_lazy("Test items"),
    "frameworks": gettext_lazy("Competence frameworks"),
    "regions": gettext_lazy("Regions"),
    "audiences": gettext_lazy("Audiences"),
    "industries": gettext_lazy("Industries"),
    "languages": gettext_lazy("Languages"),
    "assets": gettext_lazy("Assets"),
    "crosswalks": gettext_lazy("Crosswalks"),
}
COUNTS = {
    "courses": gettext_lazy("Courses"),
    "modules": gettext_lazy("Modules"),
    "variants": gettext_lazy("Variants"),
    "competences": gettext_lazy("Competences"),
    "programmes": gettext_lazy("Programmes"),
    "items": gettext_lazy("Test items"),
    "assets": gettext_lazy("Assets"),
    "regions": gettext_lazy("Regions"),
    "audiences": gettext_lazy("Audiences"),
    "industries": gettext_lazy("Industries"),
}
PARTS = {"added": gettext_lazy("added"), "changed": gettext_lazy("changed"), "removed": gettext_lazy("removed")}
FIELDS = {
    "accessibility": gettext_lazy("accessibility features"),
    "audiences": gettext_lazy("audiences"),
    "blocks": gettext_lazy("body"),
    "competences": gettext_lazy("competences"),
    "domains": gettext_lazy("domains"),
    "goals": gettext_lazy("goals"),
    "industries": gettext_lazy("industries"),
    "keywords": gettext_lazy("keywords"),
    "languages": gettext_lazy("languages"),
    "licence": gettext_lazy("licence"),
    "markdown": gettext_lazy("body"),
    "megabytes": gettext_lazy("megabytes"),
    "minutes": gettext_lazy("minutes"),
    "mode": gettext_lazy("mode"),
    "modules": gettext_lazy("modules"),
    "owner": gettext_lazy("owner"),
    "parent": gettext_lazy("parent"),
    "prompt": gettext_lazy("question"),
    "recommended_after": gettext_lazy("recommended after"),
    "regions": gettext_lazy("regions"),
    "requires": gettext_lazy("requirements"),
    "summary": gettext_lazy("summary"),
    "teaches": gettext_lazy("what it teaches"),
    "title": gettext_lazy("title"),
    "valid_from": gettext_lazy("valid from"),
    "valid_until": gettext_lazy("valid until"),
    "variants": gettext_lazy("variants"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was added, changed or removed, and a line for each of its fields."""

    code: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What was added (or changed, or removed) of one kind: the first entries, and how many more there are."""

    label: str
    count: int
    entries: tuple[Changed, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Section:
    """All that is different in one kind of thing."""

    label: str
    added_count: int
    changed_count: int
    removed_count: int
    parts: tuple[Part, ...]


def count_rows(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return what a release holds, in words: a label and a number each."""
    return [(str(label), _number(counts[kind])) for kind, label in COUNTS.items() if kind in counts]


def sections(changes: dict[str, Any], shown: int | None = SHOWN) -> list[Section]:
    """Return the differences as a page shows them, at most ``shown`` entries a list."""
    return [_section(str(label), changes[kind], shown) for kind, label in KINDS.items() if kind in changes]


def summary_lines(changes: dict[str, Any]) -> Iterator[str]:
    """Yield one line for each kind of thing: how many were added, changed and removed."""
    for section in sections(changes, 0):
        yield gettext("%(kind)s: %(added)s added, %(changed)s changed, %(removed)s removed") % {
            "kind": section.label,
            "added": _number(section.added_count),
            "changed": _number(section.changed_count),
            "removed": _number(section.removed_count),
        }
    if not changes:
        yield gettext("No difference.")


def detail_lines(changes: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each thing that differs, and one for each of its fields, indented."""
    for section in sections(changes, None):
        for part in section.parts:
            yield f"{section.label} · {part.label}"
            for entry in part.entries:
                yield f"  {entry.code}  {entry.title}"
                yield from (f"      {field}" for field in entry.fields)


def _number(value: float) -> str:
    return formats.number_format(value, force_grouping=True)


def _section(label: str, change: dict[str, Any], shown: int | None) -> Section:
    counts = {part: len(change.get(part, ())) for part in PARTS}
    return Section(
        label=label,
        added_count=counts["added"],
        changed_count=counts["changed"],
        removed_count=counts["removed"],
        parts=tuple(_part(str(PARTS[part]), change[part], shown) for part in PARTS if change.get(part)),
    )


def _part(label: str, entries: list[dict[str, Any]], shown: int | None) -> Part:
    visible = entries if shown is None else entries[:shown]
    return Part(label, len(entries), tuple(_changed(entry) for entry in visible), len(entries) - len(visible))


def _changed(entry: dict[str, Any]) -> Changed:
    language = get_language() or "vi"
    lines = tuple(_field_line(field) for field in entry.get("fields", ()))
    return Changed(code=entry["code"], title=text_in(entry["title"], language), fields=lines)


def _field_line(field: dict[str, Any]) -> str:
    name = str(FIELDS.get(field["field"], field["field"]))
    if "before" in field:
        return f"{name}: {_value(field['before'])} → {_value(field['after'])}"
    words = [f"{sign} {_word(code)}" for sign, part in (("+", "gained"), ("−", "lost")) for code in field.get(part, ())]
    for sign, part in (("+", "added"), ("~", "changed"), ("−", "removed")):
        words += [f"{sign} {entry['code']}{_inner(entry)}" for entry in field.get(part, ())]
    if field.get("reordered"):
        words.append(gettext("order changed"))
    return f"{name}: {', '.join(words)}" if words else gettext("%(field)s: rewritten") % {"field": name}


def _word(code: str) -> str:
    """Return a feature in words; whatever else has a code is known by it."""
    return str(FEATURE_LABELS.get(code, code))


def _inner(entry: dict[str, Any]) -> str:
    names = [str(FIELDS.get(field["field"], field["field"])) for field in entry.get("fields", ())]
    return f" ({', '.join(names)})" if names else ""


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return _number(value) if isinstance(value, int | float) else text_in(value, get_language() or "vi")
