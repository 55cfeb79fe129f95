"""The AND/OR logic of requirements, and the sets of courses that lock each other out.

A course's groups must all hold; inside a group one entry suffices. Seen from the other side: a course is *blocked* by
a set of courses when one of its groups can be satisfied by courses of the set only. A set that blocks all its courses
is *closed*: a learner who starts with nothing never enters it. A deadlock is a smallest closed set.

References
----------
.. [1] W. F. Dowling and J. H. Gallier, "Linear-time algorithms for testing the satisfiability of propositional Horn
   formulae", Journal of Logic Programming 1 (3), 1984. The courses anybody can take are the least model of a Horn
   formula, and the largest closed set is what is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from curriculum_graph.snapshot import Course, Group, LevelOf

Level = tuple[str, int]
"""A competence at a level."""


@dataclass(frozen=True, slots=True)
class Logic:
    """The requirements of courses as indices. ``C`` courses, ``G`` groups, ``S`` states (a competence at a level).

    A group is *open* when one of its entries asks for nothing that the courses here could withhold: a level that none
    of them teaches, or a course that is not among them. Open groups block nobody.

    Attributes
    ----------
    codes : the courses, in the order given.
    states : the competences at a level that requirements name.
    owner : the course of each group.
    position : the place of each group in its course's list.
    courses : the courses that each group names.
    levels : the states that each group names.
    is_open : whether each group is open.
    groups : the groups of each course.
    teachers : the courses that teach each state (at its level or above).
    teaches : the states that each course teaches.
    named_by : the groups that name each course.
    asked_by : the groups that name each state.
    """

    codes: tuple[str, ...]
    states: tuple[Level, ...]
    owner: list[int]
    position: list[int]
    courses: list[list[int]]
    levels: list[list[int]]
    is_open: list[bool]
    groups: list[list[int]]
    teachers: list[list[int]]
    teaches: list[list[int]]
    named_by: list[list[int]]
    asked_by: list[list[int]]

    def providers(self, group: int) -> set[int]:
        """Return every course that could satisfy the group."""
        found = set(self.courses[group])
        for state in self.levels[group]:
            found.update(self.teachers[state])
        return found


def build_logic(courses: Sequence[Course]) -> Logic:
    """Return the requirements of ``courses`` as indices, in time linear in what they name and teach."""
    index = {course.code: number for number, course in enumerate(courses)}
    states = _states_named(courses)
    state_index = {state: number for number, state in enumerate(states)}
    teaches, teachers = _teaching(courses, states)
    logic = Logic(
        codes=tuple(course.code for course in courses),
        states=states,
        owner=[],
        position=[],
        courses=[],
        levels=[],
        is_open=[],
        groups=[[] for _ in courses],
        teachers=teachers,
        teaches=teaches,
        named_by=[[] for _ in courses],
        asked_by=[[] for _ in states],
    )
    for number, course in enumerate(courses):
        for position, group in enumerate(course.requires):
            _add_group(logic, (number, position), group, index, state_index)
    return logic


def _states_named(courses: Iterable[Course]) -> tuple[Level, ...]:
    named: dict[Level, None] = {}
    for course in courses:
        for group in course.requires:
            for entry in group.any_of:
                if entry.competence is not None:
                    named[entry.competence, entry.level or 1] = None
    return tuple(named)


def _teaching(courses: Sequence[Course], states: Sequence[Level]) -> tuple[list[list[int]], list[list[int]]]:
    levels_of: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (competence, level) in enumerate(states):
        levels_of[competence].append((level, number))
    teaches: list[list[int]] = []
    teachers: list[list[int]] = [[] for _ in states]
    for course_number, course in enumerate(courses):
        held = {
            number
            for taught in course.teaches
            for level, number in levels_of.get(taught.competence, ())
            if level <= taught.level
        }
        teaches.append(sorted(held))
        for number in teaches[-1]:
            teachers[number].append(course_number)
    return teaches, teachers


def _add_group(
    logic: Logic,
    place: tuple[int, int],
    group: Group,
    index: Mapping[str, int],
    state_index: Mapping[Level, int],
) -> None:
    number = len(logic.owner)
    named: dict[int, None] = {}
    asked: dict[int, None] = {}
    is_open = False
    for entry in group.any_of:
        if entry.competence is not None:
            state = state_index[entry.competence, entry.level or 1]
            asked[state] = None
            is_open = is_open or not logic.teachers[state]
        elif entry.course is not None and entry.course in index:
            named[index[entry.course]] = None
        else:
            is_open = True
    logic.owner.append(place[0])
    logic.position.append(place[1])
    logic.courses.append(list(named))
    logic.levels.append(list(asked))
    logic.is_open.append(is_open)
    logic.groups[place[0]].append(number)
    for course in named:
        logic.named_by[course].append(number)
    for state in asked:
        logic.asked_by[state].append(number)


def rounds(logic: Logic, *, without: int | None = None) -> Iterator[list[int]]:
    """Yield the courses in the rounds in which a learner who starts with nothing can take them at the earliest.

    Parameters
    ----------
    logic : the requirements.
    without : a course that is never taken, to see what depends on it.

    Notes
    -----
    Linear in the entries of all groups and the teachers of all states named (Dowling and Gallier).
    """
    waiting = [sum(not logic.is_open[group] for group in groups) for groups in logic.groups]
    satisfied, held = list(logic.is_open), [False] * len(logic.states)
    ready = [course for course, count in enumerate(waiting) if count == 0 and course != without]
    while ready:
        yield ready
        after = []
        for group in _newly_satisfied(logic, ready, satisfied, held):
            owner = logic.owner[group]
            waiting[owner] -= 1
            if waiting[owner] == 0 and owner != without:
                after.append(owner)
        ready = after


def _newly_satisfied(logic: Logic, taken: list[int], satisfied: list[bool], held: list[bool]) -> Iterator[int]:
    for course in taken:
        opened = list(logic.named_by[course])
        for state in logic.teaches[course]:
            if not held[state]:
                held[state] = True
                opened.extend(logic.asked_by[state])
        for group in opened:
            if not satisfied[group]:
                satisfied[group] = True
                yield group


def stuck_courses(logic: Logic, *, without: int | None = None) -> set[int]:
    """Return the courses that a learner who starts with nothing could never take: the largest closed set.

    With ``without`` that course counts as one that can never be taken. Linear, as :func:`rounds`.
    """
    return set(range(len(logic.codes))).difference(*rounds(logic, without=without))


def holds(group: Group, taken: Collection[str], held: Mapping[str, int]) -> bool:
    """Return whether a group is satisfied by the courses taken and the level held of each competence."""
    return any(
        entry.course in taken if entry.course is not None else held.get(entry.competence or "", 0) >= (entry.level or 1)
        for entry in group.any_of
    )


def may_take(course: Course, taken: Collection[str], held: Mapping[str, int]) -> bool:
    """Return whether every group of ``course`` is satisfied. Eligibility (region, audience, …) is not looked at."""
    return all(holds(group, taken, held) for group in course.requires)


def learn(held: Mapping[str, int], teaches: Iterable[LevelOf]) -> dict[str, int]:
    """Return the levels held after being taught; a lower level never replaces a higher one."""
    after = dict(held)
    for taught in teaches:
        after[taught.competence] = max(after.get(taught.competence, 0), taught.level)
    return after
