"""A body in three versions, block by block: kept, changed, put in, taken out, moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.catalogue.merging.aligning import Block, align
from cms.catalogue.merging.records import FieldMerge, merge_records, state_of
from cms.catalogue.merging.sequences import State

Trio = tuple[int | None, int | None, int | None]
"""The places of one block in base, theirs and new."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One block in three versions; ``None`` where a version does not have it. At least one of the last two has."""

    base: Block | None
    theirs: Block | None
    new: Block | None
    fields: tuple[FieldMerge, ...] = ()
    """Its fields, where base, theirs and new all have it; else it is taken or left as a whole."""

    @property
    def state(self) -> State:
        """Who changed the block."""
        if self.fields:
            return state_of(field.state for field in self.fields)
        base, theirs, new = (block.content if block else None for block in (self.base, self.theirs, self.new))
        if theirs == new:
            return "unchanged" if theirs == base else "same"
        if theirs == base:
            return "new"
        return "theirs" if new == base else "conflict"


@dataclass(frozen=True, slots=True)
class BodyMerge:
    """All blocks of the three versions, in the order of each side, as numbers of entries: others where blocks moved."""

    entries: tuple[Entry, ...]
    order_theirs: tuple[int, ...]
    order_new: tuple[int, ...]
    order: State
    """Who moved blocks."""


def merge_bodies(base: Sequence[Block], theirs: Sequence[Block], new: Sequence[Block]) -> BodyMerge:
    """Return what became of each block. Nothing is decided: see :mod:`cms.catalogue.merging.choosing`."""
    in_theirs, in_new = align(base, theirs), align(base, new)
    trios: list[Trio] = [
        (i, in_theirs.get(i), in_new.get(i)) for i in range(len(base)) if i in in_theirs or i in in_new
    ]
    trios += _put_in(theirs, new, set(in_theirs.values()), set(in_new.values()))
    entries = tuple(
        _entry(None if i is None else base[i], None if j is None else theirs[j], None if k is None else new[k])
        for i, j, k in trios
    )
    originals = [n for n, trio in enumerate(trios) if trio[0] is not None]
    orders = [_order(trios, side) for side in (1, 2)]
    return BodyMerge(
        entries=entries,
        order_theirs=_weave(orders[0], orders[1]),
        order_new=_weave(orders[1], orders[0], first=False),
        order=_who_moved(originals, *orders),
    )


def _put_in(theirs: Sequence[Block], new: Sequence[Block], old: set[int], known: set[int]) -> list[Trio]:
    """Return the blocks that the base does not have. What both put in alike is one block."""
    mine = [j for j in range(len(theirs)) if j not in old]
    news = [k for k in range(len(new)) if k not in known]
    trios: list[Trio] = []
    for j in mine:
        twin = next((k for k in news if new[k].content == theirs[j].content), None)
        if twin is not None:
            news.remove(twin)
        trios.append((None, j, twin))
    return [*trios, *((None, None, k) for k in news)]


def _entry(base: Block | None, theirs: Block | None, new: Block | None) -> Entry:
    if base and theirs and new and base.type == theirs.type == new.type:
        return Entry(base, theirs, new, merge_records(base.value, theirs.value, new.value))
    return Entry(base, theirs, new)


def _order(trios: Sequence[Trio], side: int) -> list[int]:
    places = [(trio[side], number) for number, trio in enumerate(trios)]
    return [number for _place, number in sorted((place, number) for place, number in places if place is not None)]


def _weave(spine: Sequence[int], others: Sequence[int], *, first: bool = True) -> tuple[int, ...]:
    """Return the spine with what it lacks put behind what stands before it among the others.

    Where both have something of their own in one place, theirs comes ``first``.
    """
    known, lacking = set(others), set(others) - set(spine)
    woven = list(spine)
    previous: int | None = None
    for number in others:
        if number in lacking:
            place = 0 if previous is None else woven.index(previous) + 1
            while first and place < len(woven) and woven[place] not in known:
                place += 1
            woven.insert(place, number)
        previous = number
    return tuple(woven)


def _who_moved(originals: Iterable[int], theirs: Sequence[int], new: Sequence[int]) -> State:
    common = [number for number in originals if number in theirs and number in new]
    orders = [[number for number in side if number in common] for side in (theirs, new)]
    if orders[0] == orders[1]:
        return "unchanged" if orders[0] == common else "same"
    return "new" if orders[0] == common else "theirs" if orders[1] == common else "conflict"
