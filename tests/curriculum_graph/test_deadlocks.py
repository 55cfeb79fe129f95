"""Deadlocks against the definition, spelt out by brute force, and against cases worked by hand."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum_graph.deadlocks import find_deadlocks
from curriculum_graph.requirements import build_logic, stuck_courses
from curriculum_graph.snapshot import Course, Group, LevelOf, Requirement


def group(*entries: str | tuple[str, int]) -> Group:
    """Any of these: a course's code, or a competence and a level."""
    return Group(
        any_of=tuple(
            Requirement(course=entry) if isinstance(entry, str) else Requirement(competence=entry[0], level=entry[1])
            for entry in entries
        )
    )


def course(code: str, *requires: Group, teaches: tuple[tuple[str, int], ...] = ()) -> Course:
    return Course(
        code=code,
        title=code,
        minutes=1,
        requires=requires,
        teaches=tuple(LevelOf(competence=competence, level=level) for competence, level in teaches),
    )


@st.composite
def curricula(draw: st.DrawFn) -> list[Course]:
    """Small curricula, dense enough to lock."""
    codes = [f"c{number}" for number in range(draw(st.integers(1, 6)))]
    levels = st.tuples(st.sampled_from("xy"), st.integers(1, 3))
    entries = st.one_of(st.sampled_from(codes), st.sampled_from(codes), levels)
    groups = st.lists(entries, min_size=1, max_size=3).map(lambda chosen: group(*chosen))
    return [
        course(
            code,
            *draw(st.lists(groups, max_size=3)),
            teaches=tuple(draw(st.lists(levels, max_size=2))),
        )
        for code in codes
    ]


def providers(asked: Group, courses: list[Course]) -> set[str] | None:
    """Return the courses that could satisfy the group; None where a level is taught by none."""
    found: set[str] = set()
    for entry in asked.any_of:
        if entry.course is not None:
            found.add(entry.course)
            continue
        teachers = {
            course.code
            for course in courses
            for taught in course.teaches
            if taught.competence == entry.competence and taught.level >= (entry.level or 0)
        }
        if not teachers:
            return None
        found |= teachers
    return found


def is_closed(chosen: set[str], courses: list[Course]) -> bool:
    """The contract's words: each has a group that only courses of the set could satisfy."""
    for course in courses:
        if course.code not in chosen:
            continue
        sets = [providers(asked, courses) for asked in course.requires]
        if not any(needed is not None and needed <= chosen for needed in sets):
            return False
    return True


def smallest_closed(courses: list[Course]) -> set[frozenset[str]]:
    codes = [course.code for course in courses]
    found: set[frozenset[str]] = set()
    for size in range(1, len(codes) + 1):
        for chosen in map(frozenset, combinations(codes, size)):
            if not any(smaller <= chosen for smaller in found) and is_closed(set(chosen), courses):
                found.add(chosen)
    return found


@settings(max_examples=400, deadline=None)
@given(curricula())
def test_deadlocks_are_exactly_the_smallest_closed_sets(courses: list[Course]) -> None:
    found = find_deadlocks(courses)
    assert len(found) == len({frozenset(deadlock.courses) for deadlock in found})
    assert {frozenset(deadlock.courses) for deadlock in found} == smallest_closed(courses)


@settings(max_examples=200, deadline=None)
@given(curricula())
def test_stuck_courses_are_those_that_no_order_of_taking_reaches(courses: list[Course]) -> None:
    logic = build_logic(courses)
    taken: set[str] = set()
    while True:
        more = {
            course.code
            for course in courses
            if all((needed := providers(asked, courses)) is None or needed & taken for asked in course.requires)
        }
        if more <= taken:
            break
        taken |= more
    assert {logic.codes[number] for number in stuck_courses(logic)} == {course.code for course in courses} - taken


@settings(max_examples=200, deadline=None)
@given(curricula())
def test_every_course_of_a_loop_needs_the_next(courses: list[Course]) -> None:
    by_code = {course.code: course for course in courses}
    for deadlock in find_deadlocks(courses):
        inside = set(deadlock.courses)
        for code, needed in zip(deadlock.loop, (*deadlock.loop[1:], deadlock.loop[0]), strict=True):
            blocked = [found for asked in by_code[code].requires if (found := providers(asked, courses)) is not None]
            assert any(needed in found and found <= inside for found in blocked)


def codes_of(courses: list[Course]) -> list[tuple[str, ...]]:
    return [deadlock.courses for deadlock in find_deadlocks(courses)]


def test_a_course_that_requires_itself_is_a_deadlock_of_one() -> None:
    assert codes_of([course("a", group("a"))]) == [("a",)]


def test_a_course_that_requires_itself_or_another_passes() -> None:
    assert codes_of([course("a", group("a", "b")), course("b")]) == []


def test_a_ring_is_named_in_its_order() -> None:
    assert codes_of([course("a", group("b")), course("b", group("c")), course("c", group("a"))]) == [("a", "b", "c")]


def test_a_ring_with_another_way_in_passes() -> None:
    assert codes_of([course("a", group("b", "x")), course("b", group("a")), course("x")]) == []


def test_a_ring_through_every_branch_of_an_or_group_locks() -> None:
    courses = [course("a", group("b", "c")), course("b", group("a")), course("c", group("a"))]
    (deadlock,) = find_deadlocks(courses)
    assert deadlock.courses == ("a", "b", "c")
    assert deadlock.loop == ("a", "b")


def test_a_ring_through_a_level_that_only_one_teaches_locks_and_names_the_level() -> None:
    courses = [course("a", group(("k", 2)), teaches=(("k", 1),)), course("b", group("a"), teaches=(("k", 3),))]
    (deadlock,) = find_deadlocks(courses)
    assert deadlock.loop == ("a", "b")
    assert deadlock.through == ("k@2", "")


def test_a_level_that_a_free_course_teaches_too_unlocks() -> None:
    courses = [
        course("a", group(("k", 2))),
        course("b", group("a"), teaches=(("k", 3),)),
        course("c", teaches=(("k", 2),)),
    ]
    assert codes_of(courses) == []


def test_a_level_that_nobody_teaches_locks_nobody_out() -> None:
    assert codes_of([course("a", group(("k", 2), "a"))]) == []


def test_courses_behind_a_deadlock_are_not_part_of_it() -> None:
    courses = [course("a", group("b")), course("b", group("a")), course("c", group("a"))]
    assert codes_of(courses) == [("a", "b")]


def test_a_deep_chain_is_no_problem() -> None:
    courses = [course("c0"), *(course(f"c{n}", group(f"c{n - 1}")) for n in range(1, 20_000))]
    assert codes_of(courses) == []


def test_a_long_ring_is_one_deadlock() -> None:
    size = 5_000
    courses = [course(f"c{n:04}", group(f"c{(n + 1) % size:04}")) for n in range(size)]
    (deadlock,) = find_deadlocks(courses)
    assert len(deadlock.loop) == size


def test_exponentially_many_deadlocks_stop_at_the_limit() -> None:
    layers = 40
    courses = [
        course(f"{side}{n:02}", group(f"a{(n + 1) % layers:02}"), group(f"b{(n + 1) % layers:02}"))
        for n in range(layers)
        for side in "ab"
    ]
    assert len(find_deadlocks(courses, limit=50)) == 50
