"""From three versions and somebody's choices to the merged body."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cms.catalogue.merging.aligning import Block
from cms.catalogue.merging.bodies import BodyMerge, Entry
from cms.catalogue.merging.records import FieldMerge
from cms.catalogue.merging.sequences import Piece, State
from cms.catalogue.merging.texts import split_paragraphs

Take = Literal["theirs", "new", "both", "edit"]
ORDER = "order"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to take in one place; ``text`` is what was written by hand."""

    take: Take
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A place where there is something to choose: its name, who changed what, and what may be taken."""

    name: str
    state: State
    takes: tuple[Take, ...]


Choices = Mapping[str, Choice]


def list_questions(merge: BodyMerge) -> list[Question]:
    """Return every place at which the new base says something that theirs does not, in reading order."""
    questions = [
        question for number in default_order(merge) for question in _questions(merge.entries[number], str(number))
    ]
    if merge.order in ("new", "conflict"):
        questions.insert(0, Question(ORDER, merge.order, ("theirs", "new")))
    return questions


def default_order(merge: BodyMerge) -> tuple[int, ...]:
    """Return the order of entries where nobody chose one: theirs, unless only the base moved blocks."""
    return merge.order_new if merge.order == "new" else merge.order_theirs


def open_questions(merge: BodyMerge, choices: Choices) -> list[str]:
    """Return the names of the conflicts that nobody has decided."""
    return [one.name for one in list_questions(merge) if one.state == "conflict" and one.name not in choices]


def resolve(merge: BodyMerge, choices: Choices) -> list[Block]:
    """Return the merged body: where nothing was chosen what one side changed is taken, and theirs in a conflict.

    Whoever must not overrule anybody asks :func:`open_questions` first.
    """
    order = default_order(merge)
    if ORDER in choices:
        order = merge.order_new if choices[ORDER].take == "new" else merge.order_theirs
    return [block for number in order for block in _blocks(merge.entries[number], str(number), choices)]


def resolve_record(fields: tuple[FieldMerge, ...], name: str, choices: Choices) -> dict[str, Any]:
    """Return the merged record: each field that anything is left of."""
    return {
        field.name: value
        for field in fields
        if (
            value := field.write(
                _units(piece, f"{name}.{field.name}.{i}", choices) for i, piece in enumerate(field.pieces)
            )
        )
        is not None
    }


def record_questions(fields: tuple[FieldMerge, ...], name: str) -> Iterator[Question]:
    """Yield the places within a record."""
    for field in fields:
        takes: tuple[Take, ...] = ("theirs", "new")
        if field.form != "whole":
            takes = ("theirs", "new", "both") if field.form == "entries" else ("theirs", "new", "both", "edit")
        for i, piece in enumerate(field.pieces):
            if piece.state in ("new", "conflict"):
                yield Question(f"{name}.{field.name}.{i}", piece.state, takes)


def _questions(entry: Entry, name: str) -> Iterator[Question]:
    if entry.fields:
        yield from record_questions(entry.fields, name)
    elif entry.state in ("new", "conflict"):
        both: tuple[Take, ...] = ("both",) if entry.theirs and entry.new else ()
        yield Question(name, entry.state, ("theirs", "new", *both))


def _blocks(entry: Entry, name: str, choices: Choices) -> Iterator[Block]:
    if entry.fields and entry.theirs:
        yield Block(entry.theirs.id, entry.theirs.type, resolve_record(entry.fields, name, choices))
        return
    take = _take(entry.state, name, choices)
    if take != "new" and entry.theirs:
        yield entry.theirs
    if take != "theirs" and entry.new:
        beside = take == "both" and entry.theirs is not None
        yield Block(_other_id(entry.new), entry.new.type, entry.new.value) if beside else entry.new


def _units(piece: Piece[str], name: str, choices: Choices) -> tuple[str, ...]:
    take = _take(piece.state, name, choices)
    if take == "edit":
        return split_paragraphs(choices[name].text)
    return {"theirs": piece.theirs, "new": piece.new, "both": (*piece.theirs, *piece.new)}[take]


def _take(state: State, name: str, choices: Choices) -> Take:
    if state in ("new", "conflict") and name in choices:
        return choices[name].take
    return "new" if state == "new" else "theirs"


def _other_id(block: Block) -> str:
    """Return the id of a block that stands beside the one that has its id."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"beside {block.id}"))
