"""What a curriculum must satisfy within itself: codes that resolve, levels that exist, nobody locked out.

Every finding is a :class:`Problem` whose place is a JSON pointer into the catalogue document. Whether codes resolve is
looked at in :mod:`curriculum_graph.references`, whether they repeat in :mod:`curriculum_graph.repetitions`.

Not checked: language tags need not be listed under ``languages`` (the contract compares tags, it does not resolve
them), and what the schema says already.
"""

from collections.abc import Iterator

from curriculum_graph.deadlocks import LIMIT, find_deadlocks
from curriculum_graph.errors import Problem
from curriculum_graph.references import Known, check_references, collect
from curriculum_graph.repetitions import check_repetitions
from curriculum_graph.snapshot import Snapshot, Term

BIGGEST = 2**31 - 1
"""The largest whole number that databases and compiled arrays hold."""


def check_snapshot(snapshot: Snapshot) -> list[Problem]:
    """Return everything that is wrong in a snapshot, errors first, then warnings, each in document order.

    Parameters
    ----------
    snapshot : as read by :func:`curriculum_graph.interchange.read_catalogue` or built from live content.

    Returns
    -------
    list of Problem
        A snapshot with an error is never published nor imported; warnings are for people to weigh.

    Notes
    -----
    Linear in the size of the snapshot, apart from deadlocks where there are any.
    """
    known = collect(snapshot)
    problems = [
        *check_repetitions(snapshot),
        *check_references(snapshot, known),
        *_check_trees(snapshot),
        *_check_numbers(snapshot),
        *check_deadlocks(snapshot),
        *_check_teaching(snapshot, known),
    ]
    return sorted(problems, key=lambda problem: problem.severity != "error")


def check_deadlocks(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield each deadlock, at the requirement from which its loop starts."""
    places = {course.code: number for number, course in enumerate(snapshot.courses)}
    found = find_deadlocks(snapshot.courses)
    for deadlock in found:
        yield Problem(
            code="deadlock",
            place=f"/courses/{places[deadlock.loop[0]]}/requires/{deadlock.group}",
            fields={"courses": deadlock.courses, "loop": deadlock.loop, "through": deadlock.through},
        )
    if len(found) == LIMIT:
        yield Problem(code="more_deadlocks", place="/courses", fields={"count": LIMIT}, severity="warning")


def _check_trees(snapshot: Snapshot) -> Iterator[Problem]:
    for section, terms in _trees(snapshot):
        places = {term.code: number for number, term in enumerate(terms)}
        for field in ("parent", "replaced_by"):
            pointers = {term.code: getattr(term, field) for term in terms}
            for loop in _rings(pointers):
                yield Problem(
                    code=f"{field}_cycle", place=f"/{section}/{places[loop[0]]}/{field}", fields={"loop": tuple(loop)}
                )
        for number, term in enumerate(terms):
            yield from _check_dates(term.valid_from, term.valid_until, f"/{section}/{number}")
    for number, framework in enumerate(snapshot.frameworks):
        yield from _check_dates(framework.valid_from, framework.valid_until, f"/frameworks/{number}")


def _trees(snapshot: Snapshot) -> Iterator[tuple[str, tuple[Term, ...]]]:
    yield "regions", snapshot.regions
    yield "audiences", snapshot.audiences
    yield "industries", snapshot.industries


def _rings(pointers: dict[str, str | None]) -> Iterator[list[str]]:
    """Yield each ring in a graph in which every node points at one other at most, from its smallest code on."""
    done: set[str] = set()
    for start in pointers:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node in pointers and node not in done and node not in path:
            path[node] = len(path)
            node = pointers[node]
        if node is not None and node in path:
            ring = list(path)[path[node] :]
            turn = ring.index(min(ring))
            yield ring[turn:] + ring[:turn]
        done.update(path)


def _check_dates(start: str | None, end: str | None, place: str) -> Iterator[Problem]:
    # ISO 8601 dates of four-digit years compare as strings.
    if start is not None and end is not None and end < start:
        yield Problem(code="dates_reversed", place=f"{place}/valid_until", fields={"start": start, "end": end})


def _check_numbers(snapshot: Snapshot) -> Iterator[Problem]:
    for number, course in enumerate(snapshot.courses):
        place = f"/courses/{number}"
        yield from _check_minutes(course.minutes, place)
        for module_number, module in enumerate(course.modules):
            module_place = f"{place}/modules/{module_number}"
            yield from _check_minutes(module.minutes, module_place)
            for variant_number, variant in enumerate(module.variants):
                yield from _check_minutes(variant.minutes, f"{module_place}/variants/{variant_number}")


def _check_minutes(minutes: int | None, place: str) -> Iterator[Problem]:
    if minutes is not None and minutes > BIGGEST:
        yield Problem(code="too_large", place=f"{place}/minutes", fields={"found": str(minutes), "limit": BIGGEST})


def _check_teaching(snapshot: Snapshot, known: Known) -> Iterator[Problem]:
    """Warn of levels that are asked for and never taught: a learner can only bring them along."""
    taught: dict[str, int] = {}
    for course in snapshot.courses:
        for lesson in course.teaches:
            taught[lesson.competence] = max(lesson.level, taught.get(lesson.competence, 0))
    for number, course in enumerate(snapshot.courses):
        for group_number, group in enumerate(course.requires):
            for entry_number, entry in enumerate(group.any_of):
                place = f"/courses/{number}/requires/{group_number}/any_of/{entry_number}"
                if entry.course == course.code and len(group.any_of) > 1:
                    yield Problem(
                        code="requires_itself", place=place, fields={"course": course.code}, severity="warning"
                    )
                yield from _check_taught(taught, known, entry.competence, entry.level, place)
    for number, programme in enumerate(snapshot.programmes):
        for goal_number, goal in enumerate(programme.goals):
            place = f"/programmes/{number}/goals/{goal_number}"
            yield from _check_taught(taught, known, goal.competence, goal.level, place)


def _check_taught(
    taught: dict[str, int], known: Known, competence: str | None, level: int | None, place: str
) -> Iterator[Problem]:
    if competence is None or level is None or level > known.levels.get(competence, 0):
        return
    if taught.get(competence, 0) < level:
        yield Problem(
            code="level_not_taught",
            place=place,
            fields={"competence": competence, "level": level},
            severity="warning",
        )
