"""Which block of one body is which of another."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cms.catalogue.merging.records import canonical


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a body: an id that editors keep, a type, and a value as JSON has it."""

    id: str
    type: str
    value: dict[str, Any]

    @property
    def content(self) -> str:
        """What it says, as text to compare: the id is no part of it."""
        return canonical([self.type, self.value])


def align(base: Sequence[Block], side: Sequence[Block]) -> dict[int, int]:
    """Return the place in ``side`` of each block of ``base`` that is still there.

    What is the same in id and content comes first, then the same content in the same order, then the same id and type
    with other content (ids made of places, as imports make them, move on when a block is put in), and then, between
    what was found, blocks of one type in their order: bodies that were written apart have no ids in common.
    """
    found: dict[int, int] = {}
    _by_key(base, side, found, lambda block: (block.id, block.content))
    _in_order(base, side, found)
    _by_key(base, side, found, lambda block: (block.id, block.type))
    _by_place(base, side, found)
    return found


def _by_key(
    base: Sequence[Block], side: Sequence[Block], found: dict[int, int], key: Callable[[Block], Hashable]
) -> None:
    taken = set(found.values())
    places = {key(block): place for place, block in reversed(list(enumerate(side))) if place not in taken}
    for place, block in enumerate(base):
        if place not in found and key(block) in places:
            found[place] = places.pop(key(block))


def _in_order(base: Sequence[Block], side: Sequence[Block], found: dict[int, int]) -> None:
    rest = [place for place in range(len(base)) if place not in found]
    taken = set(found.values())
    others = [place for place in range(len(side)) if place not in taken]
    one, two = [base[place].content for place in rest], [side[place].content for place in others]
    for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            found[rest[block.a + i]] = others[block.b + i]


def _by_place(base: Sequence[Block], side: Sequence[Block], found: dict[int, int]) -> None:
    """Pair what is left between two blocks that were found, type by type."""
    taken = set(found.values())
    for place in range(len(base)):
        if place in found:
            continue
        low = max((found[i] for i in range(place) if i in found), default=-1)
        high = min((found[i] for i in range(place + 1, len(base)) if i in found), default=len(side))
        for other in range(low + 1, high):
            if other not in taken and side[other].type == base[place].type:
                found[place] = other
                taken.add(other)
                break
