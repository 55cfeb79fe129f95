"""A record (a block's value, a thing's settings) in three versions, field by field."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cms.catalogue.merging.sequences import Piece, State, merge_sequences
from cms.catalogue.merging.texts import join_paragraphs, split_paragraphs

PARAGRAPHS = frozenset({"text", "transcript"})
"""The fields that hold texts of paragraphs."""

Form = Literal["paragraphs", "entries", "whole"]
"""What the units of a field are: its paragraphs, the entries of its list, or its one value. All but paragraphs are
written as JSON, so that they can be compared."""


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """A field in three versions. ``values`` are what it holds in base, theirs and new; ``None`` where it is absent."""

    name: str
    form: Form
    values: tuple[Any, Any, Any]
    pieces: tuple[Piece[str], ...]

    @property
    def state(self) -> State:
        """Who changed the field."""
        return state_of(piece.state for piece in self.pieces)

    def write(self, chosen: Iterable[tuple[str, ...]]) -> Any:
        """Return the value that units make, which they are given by piece; ``None`` where there are none.

        What is one of the versions whole comes back as that version has it, blank lines and all.
        """
        units = tuple(unit for some in chosen for unit in some)
        for value, side in zip(self.values, ("base", "theirs", "new"), strict=True):
            if units == tuple(unit for piece in self.pieces for unit in getattr(piece, side)):
                return value
        if self.form == "paragraphs":
            return join_paragraphs(units) if units else None
        if self.form == "entries":
            return [json.loads(unit) for unit in units]
        return json.loads(units[-1]) if units else None


def state_of(states: Iterable[State]) -> State:
    """Return the state of a whole from its parts': a conflict in any, else one side's where the other did nothing."""
    found = set(states) - {"unchanged"}
    if not found:
        return "unchanged"
    if "conflict" in found:
        return "conflict"
    return "new" if "new" in found else "theirs" if "theirs" in found else "same"


def merge_records(base: Mapping[str, Any], theirs: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldMerge, ...]:
    """Return every field that any version has, in the order in which they have them."""
    names = dict.fromkeys([*theirs, *new, *base])
    return tuple(_merge_field(name, (base.get(name), theirs.get(name), new.get(name))) for name in names)


def canonical(value: Any) -> str:
    """Return a value as text that is equal where the values are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _merge_field(name: str, values: tuple[Any, Any, Any]) -> FieldMerge:
    form = _form(name, values)
    split = _SPLIT[form]
    base, theirs, new = (() if value is None else split(value) for value in values)
    pieces = merge_sequences(base, theirs, new) if form != "whole" else [Piece(base, theirs, new)]
    return FieldMerge(name, form, values, tuple(pieces))


def _form(name: str, values: tuple[Any, Any, Any]) -> Form:
    present = [value for value in values if value is not None]
    if name in PARAGRAPHS and all(isinstance(value, str) for value in present):
        return "paragraphs"
    return "entries" if all(isinstance(value, list) for value in present) else "whole"


_SPLIT: dict[Form, Callable[[Any], tuple[str, ...]]] = {
    "paragraphs": split_paragraphs,
    "entries": lambda value: tuple(canonical(entry) for entry in value),
    "whole": lambda value: (canonical(value),),
}
