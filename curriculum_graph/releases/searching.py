"""What is searched of releases: kept in a file each under ``DATA_ROOT``, and the last few in the process.

A release never changes, so nothing has to be kept up to date: whichever release is current is the one searched.
"""

import os
import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec
import structlog
from django.conf import settings

from curriculum_graph.releases.selectors import get_frame, iter_courses
from curriculum_graph.searching import CourseSearch, Searchable, make_searchable
from curriculum_graph.snapshot import Snapshot

log = structlog.get_logger(__name__)
_decode = msgspec.msgpack.Decoder(Searchable).decode


def search_file(release_id: str) -> Path:
    """Return where what is searched of a release is kept. The file may be deleted at any time."""
    return Path(settings.DATA_ROOT) / "search" / f"{release_id}.msgpack"


@lru_cache(maxsize=2)
def get_search(release_id: str) -> CourseSearch:
    """Return the courses of a release, ready to be searched: from the process, from the file, or made anew."""
    courses = _load(release_id)
    if courses is None:
        courses = make_searchable(release_id, get_frame(release_id), iter_courses(release_id))
        _keep(courses)
    return CourseSearch(courses)


def keep_search(release_id: str, snapshot: Snapshot) -> None:
    """Keep what is searched of a release that is being published."""
    _keep(make_searchable(release_id, snapshot, snapshot.courses))


def _keep(courses: Searchable) -> None:
    """Write the file: whole or not at all, beside an older one and then in its place."""
    file = search_file(courses.release)
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    with os.fdopen(handle, "wb") as beside:
        beside.write(msgspec.msgpack.encode(courses))
    Path(name).replace(file)


def _load(release_id: str) -> Searchable | None:
    file = search_file(release_id)
    if not file.exists():
        return None
    try:
        courses = _decode(file.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("search_file_unreadable", release=release_id, reason=str(error))
        return None
    return courses if courses.release == release_id else None
