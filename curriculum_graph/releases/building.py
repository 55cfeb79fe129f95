"""From a snapshot to what a publication writes. Nothing here touches the pointer or a learner's page."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curriculum_graph.errors import Problem
from curriculum_graph.releases.assets import has_asset
from curriculum_graph.releases.canonical import course_bytes, digest, frame_bytes, manifest_bytes
from curriculum_graph.releases.models import CourseVersion, Frame
from curriculum_graph.releases.selectors import BATCH
from curriculum_graph.releases.values import Fingerprint
from curriculum_graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Build:
    """A release that is ready to be written. ``courses`` holds only versions that were not stored when it was built."""

    id: str
    manifest: bytes
    frame: Frame
    courses: tuple[CourseVersion, ...]
    counts: Mapping[str, int]


def fingerprint(snapshot: Snapshot) -> Fingerprint:
    """Return the hashes of a snapshot, whose courses have distinct codes, and the id of a release of it."""
    courses = {course.code: digest(course_bytes(course)) for course in snapshot.courses}
    frame = digest(frame_bytes(snapshot))
    return Fingerprint(release=digest(manifest_bytes(courses, frame)), courses=courses, frame=frame)


def build(snapshot: Snapshot, hashes: Fingerprint) -> Build:
    """Return what has to be written to publish ``snapshot``."""
    frame = frame_bytes(snapshot)
    return Build(
        id=hashes.release,
        manifest=zlib.compress(manifest_bytes(hashes.courses, hashes.frame)),
        frame=Frame(id=hashes.frame, body=zlib.compress(frame)),
        courses=tuple(_new_versions(snapshot, hashes)),
        counts=count(snapshot),
    )


def count(snapshot: Snapshot) -> dict[str, int]:
    """Return how many things of each kind a snapshot holds; a module is counted once however often it is used."""
    modules = {module.code: len(module.variants) for course in snapshot.courses for module in course.modules}
    counts = {
        "courses": len(snapshot.courses),
        "modules": len(modules),
        "variants": sum(modules.values()),
        "competences": sum(len(framework.competences) for framework in snapshot.frameworks),
    }
    for kind in ("programmes", "items", "assets", "regions", "audiences", "industries"):
        counts[kind] = len(getattr(snapshot, kind))
    return counts


def missing_assets(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each asset whose bytes are not kept."""
    for index, asset in enumerate(snapshot.assets):
        if not has_asset(asset.sha256):
            yield Problem(
                code="asset_bytes_missing",
                place=f"/assets/{index}",
                fields={"asset": asset.code},
                severity="warning",
            )


def _new_versions(snapshot: Snapshot, hashes: Fingerprint) -> Iterator[CourseVersion]:
    for start in range(0, len(snapshot.courses), BATCH):
        courses = snapshot.courses[start : start + BATCH]
        wanted = [hashes.courses[course.code] for course in courses]
        known = set(CourseVersion.objects.filter(id__in=wanted).values_list("id", flat=True))
        for course, version in zip(courses, wanted, strict=True):
            if version not in known:
                yield CourseVersion(id=version, code=course.code, body=zlib.compress(course_bytes(course)))
