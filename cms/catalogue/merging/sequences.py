"""Three versions of a sequence, piece by piece: what only one side changed, and what both did.

The pieces are those of diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007), with finer borders: edits
of neighbours, one by each side, are two pieces and no conflict.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, Literal, TypeVar

Unit = TypeVar("Unit", bound=Hashable)
State = Literal["unchanged", "same", "theirs", "new", "conflict"]
"""Nobody changed it; both did alike; only one side did; both did, differently."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Unit]):
    """A stretch of the three versions. Empty on a side: that side has nothing here."""

    base: tuple[Unit, ...]
    theirs: tuple[Unit, ...]
    new: tuple[Unit, ...]

    @property
    def state(self) -> State:
        """Who changed this stretch."""
        if self.theirs == self.new:
            return "unchanged" if self.theirs == self.base else "same"
        if self.theirs == self.base:
            return "new"
        return "theirs" if self.new == self.base else "conflict"


def merge_sequences(base: Sequence[Unit], theirs: Sequence[Unit], new: Sequence[Unit]) -> list[Piece[Unit]]:
    """Return the pieces in order: joined, they are each of the three versions whole.

    Complexity: that of :class:`difflib.SequenceMatcher`, quadratic at worst.
    """
    sides = (_Side(base, theirs), _Side(base, new))
    pieces: list[Piece[Unit]] = []
    start = (0, 0, 0)
    for gap in range(len(base) + 1):
        ends = [side.at(gap) for side in sides]
        if ends[0] is None or ends[1] is None:
            continue
        for one, two in ((ends[0][0], ends[1][0]), (ends[0][1], ends[1][1])):
            piece = Piece(tuple(base[start[0] : gap]), tuple(theirs[start[1] : one]), tuple(new[start[2] : two]))
            if piece.base or piece.theirs or piece.new:
                pieces.append(piece)
            start = (gap, one, two)
    return pieces


class _Side:
    """Where the gaps between the units of the base lie in one side.

    Where as many units took the place of some, each took the place of one: a paragraph that was rewritten is still the
    third one.
    """

    def __init__(self, base: Sequence[Unit], side: Sequence[Unit]) -> None:
        changes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
        self._place = {a + i: c + i for _tag, a, b, c, d in changes if b - a == d - c for i in range(b - a)}
        self._place[-1] = -1
        self._place[len(base)] = len(side)

    def at(self, gap: int) -> tuple[int, int] | None:
        """Return where a gap begins and ends (what is between was put in), or None where neither neighbour is left."""
        left, right = self._place.get(gap - 1), self._place.get(gap)
        if left is not None and right is not None:
            return left + 1, right
        if left is not None:
            return left + 1, left + 1
        return None if right is None else (right, right)
