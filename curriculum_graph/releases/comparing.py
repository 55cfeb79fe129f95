"""What differs between two contents, found from hashes: courses that are equal are never loaded."""

from collections.abc import Mapping

import msgspec

from curriculum_graph.releases.selectors import get_course_hashes, get_frame, list_courses
from curriculum_graph.releases.values import Fingerprint
from curriculum_graph.snapshot import Snapshot

NOTHING = Snapshot(format="curriculum-catalogue/1")


def differing_releases(before: str, after: str) -> tuple[Snapshot, Snapshot]:
    """Return two releases less the courses that are the same in both. Raises :class:`NotFound`."""
    old, new = get_course_hashes(before), get_course_hashes(after)
    return _stored(before, old, new), _stored(after, new, old)


def differing_content(before: str | None, after: Snapshot, hashes: Fingerprint) -> tuple[Snapshot, Snapshot]:
    """Return a release (``None``: nothing) and a snapshot, less the courses that are the same in both."""
    old: Mapping[str, str] = {} if before is None else get_course_hashes(before)
    courses = tuple(course for course in after.courses if old.get(course.code) != hashes.courses[course.code])
    past = NOTHING if before is None else _stored(before, old, hashes.courses)
    return past, msgspec.structs.replace(after, courses=courses)


def _stored(release_id: str, own: Mapping[str, str], other: Mapping[str, str]) -> Snapshot:
    codes = [code for code, version in own.items() if other.get(code) != version]
    return msgspec.structs.replace(get_frame(release_id), courses=tuple(list_courses(release_id, codes)))
