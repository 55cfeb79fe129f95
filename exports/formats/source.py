"""What a format is given: what was published, and what of it to export."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Literal
from urllib.parse import quote

from curriculum_graph.snapshot import Asset, Course, Snapshot
from recommender.engine.program import Program

Scope = Literal["release", "course", "program"]
NAME_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to export, with all that it stands on.

    Attributes
    ----------
    snapshot : the whole release.
    release : its id (64 hexadecimal digits).
    published : when it was published, RFC 3339.
    course : the course to export; None where a release or a program is.
    program : the program to export; None where a release or a course is.
    open_asset : opens the bytes of an asset.
    """

    snapshot: Snapshot
    release: str
    published: str
    open_asset: Callable[[Asset], IO[bytes]]
    course: Course | None = None
    program: Program | None = None

    @property
    def scope(self) -> Scope:
        return "course" if self.course else "program" if self.program else "release"

    @property
    def name(self) -> str:
        """A file name for the thing: its code, its learner or the start of its release, made safe for every system."""
        wanted = self.course.code if self.course else self.program.learner if self.program else self.release[:12]
        return f"{self.scope}-{safe_name(wanted)}"


def safe_name(code: str) -> str:
    """Return a code as part of a file name, percent-encoded as in addresses, so that it cannot leave its folder.

    Distinct codes give distinct names: one that would be too long for a file system is cut, and ends in its hash.
    """
    quoted = quote(code, safe="")
    if len(quoted) <= NAME_LENGTH:
        return quoted
    return f"{quoted[:NAME_LENGTH]}-{hashlib.sha256(code.encode()).hexdigest()[:16]}"
