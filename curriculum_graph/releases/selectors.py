"""Reads: which releases there are, and what is in one."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
from django.db.models import QuerySet

from curriculum_graph.errors import Ambiguous, NotFound, Problem
from curriculum_graph.releases.canonical import decode_course, decode_frame
from curriculum_graph.releases.models import CourseVersion, Frame, Pointer, PointerMove, Release
from curriculum_graph.releases.values import Move, MoveKind, ReleaseInfo
from curriculum_graph.snapshot import Course, Snapshot

BATCH = 5_000
"""Rows asked for in one query: all courses of the nation in one, and below every database's limit of parameters."""

_NAME = re.compile(r"(?P<start>[0-9a-f]{4,64}|current)(~(?P<back>\d{1,4}))?\Z")
_decode_manifest = msgspec.json.Decoder(dict[str, Any]).decode


def find_current_id() -> str | None:
    """Return the id of the release that learners meet, or ``None`` where nothing was ever published. One row."""
    return next(iter(Pointer.objects.filter(name=Pointer.CURRENT).values_list("release_id", flat=True)), None)


def find_current_release() -> ReleaseInfo | None:
    """Return the release that learners meet, or ``None`` where nothing was ever published."""
    release = _infos().filter(id__in=Pointer.objects.filter(name=Pointer.CURRENT).values("release_id")).first()
    return None if release is None else info(release)


def get_release(name: str) -> ReleaseInfo:
    """Return a release by its id, by the beginning of its id (four characters or more), or by ``current``.

    ``~n`` after any of these means its ancestor, n steps back (``current~1``). Raises :class:`NotFound` or
    :class:`Ambiguous`.
    """
    match = _NAME.match(name.strip())
    if match is None:
        raise NotFound(kind="release", code=name)
    found = find_current_release() if match["start"] == "current" else _by_prefix(match["start"])
    for _ in range(int(match["back"] or 0)):
        if found is None or found.parent is None:
            raise NotFound(kind="release", code=name)
        found = info(_infos().get(id=found.parent))
    if found is None:
        raise NotFound(kind="release", code=name)
    return found


def list_releases(offset: int = 0, limit: int | None = None) -> list[ReleaseInfo]:
    """Return the releases, newest first."""
    return [info(release) for release in _infos()[offset : None if limit is None else offset + limit]]


def count_releases() -> int:
    """Return how many releases there are."""
    return Release.objects.count()


def list_moves(release_id: str | None = None, offset: int = 0, limit: int | None = None) -> list[Move]:
    """Return the moves of the current pointer, newest first; with ``release_id`` those that led to it."""
    rows = PointerMove.objects.all() if release_id is None else PointerMove.objects.filter(target_id=release_id)
    return [move(row) for row in rows[offset : None if limit is None else offset + limit]]


def list_warnings(release_id: str) -> list[Problem]:
    """Return the warnings with which a release was published."""
    return msgspec.convert(_row(Release.objects.only("warnings"), release_id).warnings, list[Problem])


@lru_cache(maxsize=8)
def get_course_hashes(release_id: str) -> Mapping[str, str]:
    """Return the content hash of each course of a release, by code, sorted by code."""
    return MappingProxyType(dict(_manifest(release_id)["courses"]))


@lru_cache(maxsize=4)
def get_frame(release_id: str) -> Snapshot:
    """Return everything of a release that is not a course: a snapshot without courses."""
    return decode_frame(zlib.decompress(Frame.objects.get(id=_manifest(release_id)["frame"]).body))


def get_snapshot(release_id: str) -> Snapshot:
    """Return all of a release. A national curriculum takes some hundred megabytes: for exports, not for pages."""
    return msgspec.structs.replace(get_frame(release_id), courses=tuple(iter_courses(release_id)))


def get_course(release_id: str, code: str) -> Course:
    """Return one course of a release, in one query. Raises :class:`NotFound`."""
    found = list_courses(release_id, [code])
    if not found:
        raise NotFound(kind="course", code=code)
    return found[0]


def list_courses(release_id: str, codes: Iterable[str]) -> list[Course]:
    """Return those courses of a release, in the order of ``codes``, in one query; unknown codes are left out."""
    hashes = get_course_hashes(release_id)
    wanted = [hashes[code] for code in codes if code in hashes]
    bodies = dict(CourseVersion.objects.filter(id__in=wanted).values_list("id", "body"))
    return [decode_course(zlib.decompress(bodies[digest])) for digest in wanted]


def iter_courses(release_id: str, batch: int = BATCH) -> Iterator[Course]:
    """Yield the courses of a release, sorted by code, holding the stored bytes of ``batch`` of them at a time."""
    codes = list(get_course_hashes(release_id))
    for start in range(0, len(codes), batch):
        yield from list_courses(release_id, codes[start : start + batch])


def info(release: Release) -> ReleaseInfo:
    """Return the value of a row."""
    return ReleaseInfo(
        id=release.id,
        parent=release.parent_id,
        note=release.note,
        actor=release.actor,
        at=release.at,
        course_count=release.counts["courses"],
        counts=MappingProxyType(release.counts),
    )


def move(row: PointerMove) -> Move:
    """Return the value of a row of the log."""
    kind: MoveKind = "published" if row.kind == "published" else "moved"
    return Move(kind=kind, at=row.at, actor=row.actor, note=row.note, source=row.source_id, target=row.target_id)


def _infos() -> QuerySet[Release]:
    return Release.objects.defer("manifest", "warnings")


def _row(rows: QuerySet[Release], release_id: str) -> Release:
    found = rows.filter(id=release_id).first()
    if found is None:
        raise NotFound(kind="release", code=release_id)
    return found


def _manifest(release_id: str) -> dict[str, Any]:
    return _decode_manifest(zlib.decompress(_row(Release.objects.only("manifest"), release_id).manifest))


def _by_prefix(prefix: str) -> ReleaseInfo:
    found = list(_infos().filter(id__startswith=prefix)[:2])
    if not found:
        raise NotFound(kind="release", code=prefix)
    if len(found) > 1:
        raise Ambiguous(kind="release", code=prefix)
    return info(found[0])
