"""What the reading API hands out: frozen values, never rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is to do."""

MoveKind = Literal["published", "moved"]


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """One release, without its content.

    ``parent`` is the release that was current when this content was first published; ``at``, ``actor`` and ``note``
    are of that first publication. ``counts`` says how many things of each kind the release holds.
    """

    id: str
    parent: str | None
    note: str
    actor: str
    at: datetime
    course_count: int
    counts: Mapping[str, int]

    @property
    def short(self) -> str:
        """The first twelve characters of the id: enough for people."""
        return self.id[:12]


@dataclass(frozen=True, slots=True)
class Move:
    """One move of the current pointer: from which release, to which, by whom, when and why."""

    kind: MoveKind
    at: datetime
    actor: str
    note: str
    source: str | None
    target: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The hashes of a content: of each course by code, of all else, and of both (the id of a release of it)."""

    release: str
    courses: dict[str, str]
    frame: str
