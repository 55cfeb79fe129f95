"""A small curriculum that is in order, and ways to change it."""

from datetime import UTC, datetime
from typing import Any

from curriculum_graph.releases.api import ReleaseInfo, find_current_release, publish_release
from curriculum_graph.snapshot import (
    Competence,
    Course,
    Framework,
    Goal,
    Group,
    LevelOf,
    Module,
    Programme,
    Requirement,
    Snapshot,
    Term,
    Variant,
)

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def course(number: int, **changes: Any) -> Course:
    """Course ``number`` requires the one before it and teaches the level of its number."""
    values: dict[str, Any] = {
        "code": f"course-{number}",
        "title": {"vi": f"Khóa {number}", "en": f"Course {number}"},
        "minutes": 30 + number,
        "teaches": (LevelOf(competence="tt02:1.1", level=number),),
        "requires": (Group(any_of=(Requirement(course=f"course-{number - 1}"),)),) if number > 1 else (),
        "regions": ("north", "south"),
        "modules": (
            Module(
                code=f"module-{number}",
                title=f"Bài {number}",
                markdown=f"# Bài {number}\n\nNội dung *chính*.",
                variants=(Variant(code="km", languages=("km",), markdown=f"Khmer {number}"),),
            ),
        ),
    }
    return Course(**{**values, **changes})


def snapshot(*courses: Course, **changes: Any) -> Snapshot:
    """Return a curriculum of ``courses``, by default the first three."""
    values: dict[str, Any] = {
        "format": "curriculum-catalogue/1",
        "frameworks": (
            Framework(code="tt02", title="TT02", levels=8, competences=(Competence(code="tt02:1.1", title="Duyệt"),)),
        ),
        "regions": (Term(code="north", title="Bắc"), Term(code="south", title="Nam")),
        "programmes": (Programme(code="basics", title="Cơ bản", goals=(Goal(competence="tt02:1.1", level=1),)),),
        "courses": courses or (course(1), course(2), course(3)),
    }
    return Snapshot(**{**values, **changes})


def publish(content: Snapshot, note: str = "Test", actor: str = "an", at: datetime = AT) -> ReleaseInfo:
    """Publish on top of whatever is current."""
    current = find_current_release()
    return publish_release(content, parent=current.id if current else None, actor=actor, note=note, at=at)
