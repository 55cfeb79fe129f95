"""Publishing what is live: the same few steps for the command, the button and the check before it."""

from dataclasses import dataclass
from datetime import datetime

from cms.catalogue.api import build_snapshot
from curriculum_graph.errors import CurriculumError
from curriculum_graph.releases.api import (
    Fingerprint,
    ParentMoved,
    Problem,
    Progress,
    Refused,
    ReleaseInfo,
    check,
    differing_content,
    find_current_release,
    fingerprint,
    publish_release,
)
from curriculum_graph.snapshot import Snapshot

ATTEMPTS = 3
NOTHING = Snapshot(format="curriculum-catalogue/1")


class ContentChanged(CurriculumError):
    """What is live is no longer what the publisher was shown: look again."""

    code = "content_changed"


@dataclass(frozen=True, slots=True)
class Live:
    """What is live, beside the release that was current when it was read."""

    current: ReleaseInfo | None
    snapshot: Snapshot
    problems: tuple[Problem, ...]
    hashes: Fingerprint | None
    """``None`` where errors (two courses of one code, say) leave nothing to hash."""

    @property
    def parent(self) -> str | None:
        """The release that a publication of this would follow."""
        return self.current.id if self.current else None

    def differing(self) -> tuple[Snapshot, Snapshot]:
        """Return the current release and what is live, less the courses that are equal."""
        if self.hashes is None:
            raise ValueError("content with errors has no hashes")
        return differing_content(self.parent, self.snapshot, self.hashes)


def look(progress: Progress) -> Live:
    """Read what is live, and check it whole."""
    current = find_current_release()  # before the content: what is published in between is noticed
    progress("reading", 0, 1)
    try:
        snapshot = build_snapshot()
    except Refused as refused:  # what is live cannot even be read as a curriculum
        return Live(current, NOTHING, refused.problems, None)
    progress("checking", 0, 1)
    problems = tuple(check(snapshot))
    in_order = all(problem.severity != "error" for problem in problems)
    return Live(current, snapshot, problems, fingerprint(snapshot) if in_order else None)


def publish_live(*, actor: str, note: str, at: datetime, progress: Progress) -> tuple[ReleaseInfo, ReleaseInfo | None]:
    """Publish what is live; return the release, and the one that was current before.

    Where somebody else publishes in the meantime, the content is read again, a few times. Raises :class:`Refused` and,
    in the end, :class:`ParentMoved`.
    """
    attempt = 0
    while True:
        attempt += 1
        before = find_current_release()
        progress("reading", 0, 1)
        try:
            return publish_release(
                build_snapshot(), parent=before.id if before else None, actor=actor, note=note, at=at, progress=progress
            ), before
        except ParentMoved:
            if attempt == ATTEMPTS:
                raise


def publish_seen(
    *, seen: str, parent: str | None, actor: str, note: str, at: datetime, progress: Progress
) -> ReleaseInfo:
    """Publish what is live if it is the content ``seen`` on top of ``parent``.

    Raises :class:`ContentChanged` or :class:`ParentMoved` if not, and :class:`Refused`.
    """
    progress("reading", 0, 1)
    snapshot = build_snapshot()
    if fingerprint(snapshot).release != seen:
        raise ContentChanged()
    return publish_release(snapshot, parent=parent, actor=actor, note=note, at=at, progress=progress)
