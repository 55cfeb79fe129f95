"""A merge as its author reads it: part by part, with what went and what came word by word."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cms.catalogue.blocks import CALLOUT_KINDS, BodyBlock
from cms.catalogue.merging.aligning import Block
from cms.catalogue.merging.bodies import Entry
from cms.catalogue.merging.choosing import ORDER, default_order
from cms.catalogue.merging.records import FieldMerge, Form
from cms.catalogue.merging.sequences import State
from cms.catalogue.merging.texts import BREAK, Kind, compare_words
from cms.catalogue.models import Variant
from cms.catalogue.variants.rebasing import Rebase

Words = list[tuple[Kind, str]]
EXCERPT = 60
_KINDS = dict(CALLOUT_KINDS)


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch: what it is of, who changed it, its three texts, and how two of them differ from before."""

    name: str
    label: str
    state: State
    before: str
    yours: str
    new: str
    yours_words: Words = field(default_factory=list)
    new_words: Words = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """A block, or the settings: its name and its parts."""

    title: str
    state: State
    parts: list[Part]

    @property
    def excerpt(self) -> str:
        """Its first words."""
        return _short(" ".join(part.yours for part in self.parts))


def list_sections(rebase: Rebase) -> list[Section]:
    """Return what a merge is made of, in reading order: settings, then blocks."""
    sections = []
    if rebase.settings:
        meta: Any = Variant._meta
        labels = {setting.name: str(meta.get_field(setting.name).verbose_name) for setting in rebase.settings}
        parts = [part for setting in rebase.settings for part in _field_parts(setting, "settings", labels)]
        sections.append(Section("", _worst(parts), parts))
    if rebase.body.order in ("new", "conflict"):
        sections.append(Section("", rebase.body.order, [_order_part(rebase)]))
    sections += [_section(rebase.body.entries[number], number) for number in default_order(rebase.body)]
    return sections


def parts_by_name(sections: Sequence[Section]) -> dict[str, Part]:
    """Return every part by the name of what may be asked of it."""
    return {part.name: part for section in sections for part in section.parts}


def _section(entry: Entry, number: int) -> Section:
    type_ = next(block.type for block in (entry.theirs, entry.new) if block)
    kind = BodyBlock().child_blocks.get(type_)
    labels = {name: str(child.label) for name, child in kind.child_blocks.items()} if kind else {}
    if entry.fields:
        parts = [part for one in entry.fields for part in _field_parts(one, str(number), labels)]
    else:
        sides = [_block_text(side, labels) for side in (entry.base, entry.theirs, entry.new)]
        parts = [_part(str(number), "", entry.state, sides)]
    return Section(str(kind.label) if kind else type_, entry.state, parts)


def _field_parts(merged: FieldMerge, name: str, labels: dict[str, str]) -> Iterator[Part]:
    label = labels.get(merged.name, merged.name) if len(labels) > 1 else ""
    for number, piece in enumerate(merged.pieces):
        sides = [_unit_text(side, merged.form) for side in (piece.base, piece.theirs, piece.new)]
        yield _part(f"{name}.{merged.name}.{number}", label, piece.state, sides)


def _part(name: str, label: str, state: State, sides: list[str]) -> Part:
    before, yours, new = sides
    return Part(
        name, label, state, before, yours, new,
        yours_words=compare_words(before, yours), new_words=compare_words(before, new),
    )  # fmt: skip


def _order_part(rebase: Rebase) -> Part:
    def listed(order: Sequence[int], side: str) -> str:
        blocks = [getattr(rebase.body.entries[number], side) for number in order]
        lines = [_excerpt(block) for block in blocks if block]
        return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))

    yours, new = listed(rebase.body.order_theirs, "theirs"), listed(rebase.body.order_new, "new")
    return Part(ORDER, "", rebase.body.order, "", yours, new, [("equal", yours)], [("equal", new)])


def _excerpt(block: Block) -> str:
    return _short(_block_text(block, {}))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"


def _worst(parts: Sequence[Part]) -> State:
    states = {part.state for part in parts}
    order: tuple[State, ...] = ("conflict", "new", "theirs", "same")
    return next((state for state in order if state in states), "unchanged")


def _block_text(block: Block | None, labels: dict[str, str]) -> str:
    if block is None:
        return ""
    if len(block.value) == 1:
        return _value_text(next(iter(block.value.values())))
    shown = {name: _KINDS.get(value, value) if name == "kind" else value for name, value in block.value.items()}
    return "\n".join(f"{labels.get(name, name)}: {_value_text(value)}" for name, value in shown.items())


def _unit_text(units: tuple[str, ...], form: Form) -> str:
    if form == "paragraphs":
        return BREAK.join(units)
    return "\n".join(_value_text(json.loads(unit)) for unit in units)


def _value_text(value: Any) -> str:
    """Return a value as people read it: texts as they are, several languages or fields a line each."""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_value_text(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "\n".join(_value_text(part) for part in value)
    return str(value)
