"""What an import did, or would do, counted by kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from curriculum_graph.errors import Problem


@dataclass(slots=True)
class Tally:
    """Things of one kind by what became of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: int = 0

    @property
    def changed(self) -> int:
        """How many things differ from before."""
        return self.created + self.updated + self.removed


@dataclass(slots=True)
class Report:
    """What an import did, by kind in the order of writing; the drafts that it left on top; and doubts."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    drafts_kept: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def of(self, kind: str) -> Tally:
        """Return the counts of a kind, to read or to add to."""
        return self.kinds.setdefault(kind, Tally())

    def __iter__(self) -> Iterator[tuple[str, Tally]]:
        return iter(self.kinds.items())

    @property
    def changed(self) -> int:
        """How many things differ from before."""
        return sum(tally.changed for tally in self.kinds.values())
