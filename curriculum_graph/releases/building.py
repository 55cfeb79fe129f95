"""From a snapshot to what a publication writes. Nothing here touches the pointer or a learner's page."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curriculum_graph.errors import Problem
from curriculum_graph.releases.assets import has_asset
from curriculum_graph.releases.canonical import course_bytes, digest, frame_bytes, manifest_bytes
from curriculum_graph.releases.models import CourseVersion, Frame
from curriculum_graph.releases.selectors import BATCH
from curriculum_graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Build:
    """A release that is ready to be written. ``courses`` holds only versions that were not stored when it was built."""

    id: str
    manifest: bytes
    frame: Frame
    courses: tuple[CourseVersion, ...]
    counts: Mapping[str, int]


def build(snapshot: Snapshot) -> Build:
    """Return what has to be written to publish ``snapshot``, whose courses have distinct codes."""
    hashes: dict[str, str] = {}
    new: list[CourseVersion] = []
    for start in range(0, len(snapshot.courses), BATCH):
        bodies = {course.code: course_bytes(course) for course in snapshot.courses[start : start + BATCH]}
        digests = {code: digest(body) for code, body in bodies.items()}
        known = set(CourseVersion.objects.filter(id__in=digests.values()).values_list("id", flat=True))
        hashes.update(digests)
        new += [
            CourseVersion(id=digests[code], code=code, body=zlib.compress(body))
            for code, body in bodies.items()
            if digests[code] not in known
        ]
    frame = frame_bytes(snapshot)
    manifest = manifest_bytes(hashes, digest(frame))
    return Build(
        id=digest(manifest),
        manifest=zlib.compress(manifest),
        frame=Frame(id=digest(frame), body=zlib.compress(frame)),
        courses=tuple(new),
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
