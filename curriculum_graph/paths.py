"""What courses stand on and lead to: for people who author, with networkx.

An arrow leads from a course that could satisfy a requirement to the course that has it, directly or by teaching a
level. Arrows say "may help with", not "is needed for": where a group has several entries one suffices. What is needed
for certain is asked for by name (:func:`needed_by_all`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from curriculum_graph.errors import NotFound
from curriculum_graph.requirements import Logic, build_logic, rounds, stuck_courses
from curriculum_graph.snapshot import Course


@dataclass(frozen=True, slots=True)
class CourseMap:
    """The courses as a drawing. ``graph`` is a ``networkx.DiGraph`` whose nodes are codes of courses."""

    logic: Logic
    graph: nx.DiGraph


def map_courses(courses: Sequence[Course]) -> CourseMap:
    """Return the drawing of ``courses``. An arrow's ``groups`` are the places of the groups that it may satisfy.

    Notes
    -----
    The number of arrows is at most the number of entries times the number of teachers of a level.
    """
    logic = build_logic(courses)
    graph = nx.DiGraph()
    graph.add_nodes_from(logic.codes)
    for group, owner in enumerate(logic.owner):
        for provider in sorted(logic.providers(group)):
            start, end = logic.codes[provider], logic.codes[owner]
            if graph.has_edge(start, end):
                graph[start][end]["groups"] += (logic.position[group],)
            else:
                graph.add_edge(start, end, groups=(logic.position[group],))
    return CourseMap(logic=logic, graph=graph)


def prerequisites_of(courses: CourseMap, code: str) -> set[str]:
    """Return every course that may help to get at ``code``, however far back. Raises :class:`NotFound`."""
    found: set[str] = nx.ancestors(courses.graph, _known(courses, code))
    return found


def unlocked_by(courses: CourseMap, code: str) -> set[str]:
    """Return every course that ``code`` may help to get at, however far on. Raises :class:`NotFound`."""
    found: set[str] = nx.descendants(courses.graph, _known(courses, code))
    return found


def needed_by_all(courses: CourseMap, code: str) -> set[str]:
    """Return the courses without which nobody who starts with nothing reaches ``code``. Raises :class:`NotFound`.

    Notes
    -----
    Leaves out each course before ``code`` in turn and asks who is stuck then: O(N · E). Empty for a course that is
    stuck anyway.
    """
    target = courses.logic.codes.index(_known(courses, code))
    if target in stuck_courses(courses.logic):
        return set()
    before = prerequisites_of(courses, code) - {code}
    index = {name: number for number, name in enumerate(courses.logic.codes)}
    return {name for name in before if target in stuck_courses(courses.logic, without=index[name])}


def depths(courses: CourseMap) -> dict[str, int]:
    """Return in which round each course can be taken at the earliest, by a learner who starts with nothing.

    A course without requirements is at 1; a course at *n* needs something that is taken in round *n* - 1. Courses that
    can never be taken are left out. Linear, as :func:`curriculum_graph.requirements.rounds`.
    """
    return {
        courses.logic.codes[course]: number
        for number, taken in enumerate(rounds(courses.logic), start=1)
        for course in taken
    }


def unreachable(courses: CourseMap) -> set[str]:
    """Return the courses that a learner who starts with nothing could never take: in a deadlock, or behind one."""
    return {courses.logic.codes[number] for number in stuck_courses(courses.logic)}


def _known(courses: CourseMap, code: str) -> str:
    if code not in courses.graph:
        raise NotFound(kind="course", code=code)
    return code
