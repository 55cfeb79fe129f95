"""The national curriculum, whole."""

from collections.abc import Callable

from cms.national.authoring.courses import write_course
from cms.national.authoring.frameworks import crosswalks, frameworks
from cms.national.authoring.items import items
from cms.national.authoring.plan import Plan, plan_courses
from cms.national.authoring.programmes import programmes
from cms.national.authoring.taxonomies import audiences, industries, languages, regions
from curriculum_graph.snapshot import Course, Snapshot

Progress = Callable[[int, int], None]


def generate_curriculum(courses: int, seed: int, progress: Progress | None = None) -> Snapshot:
    """Return a curriculum of ``courses`` courses.

    Parameters
    ----------
    courses : how many. None leaves the taxonomies and programmes alone, without test items.
    seed : which of the many possible curricula; the taxonomies and test items are always the same.
    progress : is told, course by course, how many are written and how many will be.

    Raises
    ------
    ValueError
        If more courses are asked for than can be told apart, or fewer than none.
    ContentError
        If a file of ``content/`` is badly written.
    """
    if courses < 0:
        raise ValueError(f"the number of courses is at least 0, not {courses}")
    plans = plan_courses(courses, seed)
    return Snapshot(
        format="curriculum-catalogue/1",
        languages=languages(),
        frameworks=frameworks(),
        regions=regions(),
        audiences=audiences(),
        industries=industries(),
        courses=_written(plans, seed, progress),
        programmes=programmes(),
        items=items() if courses else (),
        crosswalks=crosswalks(),
    )


def _written(plans: list[Plan], seed: int, progress: Progress | None) -> tuple[Course, ...]:
    by_place: dict[tuple[str, int], list[Plan]] = {}
    for plan in plans:
        by_place.setdefault((plan.topic.competence, plan.topic.level), []).append(plan)
    written = []
    for number, plan in enumerate(plans, start=1):
        written.append(write_course(plan, by_place, seed))
        if progress is not None:
            progress(number, len(plans))
    return tuple(written)
