"""Writes: publish a release, and move the pointer. Build first, switch last."""

from datetime import datetime

import msgspec
from django.db import transaction

from curriculum_graph.errors import ParentMoved, Refused
from curriculum_graph.releases import building, checking, graphs, rendered, searching
from curriculum_graph.releases.models import CourseVersion, Frame, Pointer, PointerMove, Release
from curriculum_graph.releases.selectors import find_current_release, get_release, info
from curriculum_graph.releases.signals import release_published
from curriculum_graph.releases.values import MoveKind, Progress, ReleaseInfo
from curriculum_graph.snapshot import Snapshot

WRITE_BATCH = 500


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def publish_release(
    snapshot: Snapshot,
    *,
    parent: str | None,
    actor: str,
    note: str,
    at: datetime,
    progress: Progress = no_progress,
) -> ReleaseInfo:
    """Check ``snapshot`` whole, store what is new in it, and make it current.

    ``parent`` is the id of the release that was current when the snapshot was built (``None``: there was none).
    Content equal to the current release changes nothing. Raises :class:`Refused` with every problem, and
    :class:`ParentMoved` where another release became current in the meantime: build the snapshot again.
    """
    progress("checking", 0, 1)
    problems = checking.check(snapshot)
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)
    progress("building", 0, 1)
    hashes = building.fingerprint(snapshot)
    current = find_current_release()
    if current is not None and current.id == hashes.release:
        return current
    if parent != (current.id if current else None):
        raise ParentMoved(parent=parent or "", current=current.id if current else "")
    built = building.build(snapshot, hashes)
    rendered.keep_rendered(snapshot, progress)
    progress("compiling", 0, 1)
    graphs.keep_graph(built.id, snapshot)
    searching.keep_search(built.id, snapshot)
    progress("switching", 0, 1)
    release = Release(
        id=built.id,
        parent_id=parent,
        frame_id=built.frame.id,
        manifest=built.manifest,
        note=note,
        actor=actor,
        at=at,
        counts=dict(built.counts),
        warnings=msgspec.to_builtins(problems),
    )
    return _write(built, release)


def set_current(release_id: str, *, actor: str, note: str, at: datetime) -> ReleaseInfo:
    """Make an existing release current (roll back, or undo that). The current one again changes nothing.

    Raises :class:`NotFound`.
    """
    target = get_release(release_id)
    _ensure_pointer()
    with transaction.atomic():
        pointer = Pointer.objects.select_for_update().get(name=Pointer.CURRENT)
        if pointer.release_id != target.id:
            _move(pointer, target, "moved", actor=actor, note=note, at=at)
    return target


def _write(built: building.Build, release: Release) -> ReleaseInfo:
    """Write a release and flip the pointer: the one transaction of a publication."""
    _ensure_pointer()
    with transaction.atomic():
        pointer = Pointer.objects.select_for_update().get(name=Pointer.CURRENT)
        if pointer.release_id != release.parent_id:
            raise ParentMoved(parent=release.parent_id or "", current=pointer.release_id or "")
        CourseVersion.objects.bulk_create(built.courses, batch_size=WRITE_BATCH, ignore_conflicts=True)
        Frame.objects.bulk_create([built.frame], ignore_conflicts=True)
        Release.objects.bulk_create([release], ignore_conflicts=True)
        stored = info(Release.objects.defer("manifest", "warnings").get(id=release.id))
        _move(pointer, stored, "published", actor=release.actor, note=release.note, at=release.at)
    return stored


def _ensure_pointer() -> None:
    """Make the row that is locked, at the first publication; outside the transaction that locks it."""
    Pointer.objects.get_or_create(name=Pointer.CURRENT)


def _move(pointer: Pointer, target: ReleaseInfo, kind: MoveKind, *, actor: str, note: str, at: datetime) -> None:
    previous = pointer.release_id
    pointer.release_id = target.id
    pointer.save(update_fields=["release"])
    PointerMove.objects.create(kind=kind, at=at, actor=actor, note=note, source_id=previous, target_id=target.id)
    transaction.on_commit(
        lambda: release_published.send_robust(sender=Release, release=target, previous=previous) and None
    )
