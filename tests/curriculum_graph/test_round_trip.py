"""What is written reads back the same; arrays say what the snapshot says."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings

from curriculum_graph.checks import check_snapshot
from curriculum_graph.compile import FEATURES, CompiledGraph, compile_graph
from curriculum_graph.diff import diff_snapshots
from curriculum_graph.interchange import read_catalogue, write_catalogue
from curriculum_graph.snapshot import Course, Snapshot, Variant
from curriculum_graph.store import load_graph, save_graph
from tests.curriculum_graph.strategies import snapshots

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(snapshots())
def test_a_sound_snapshot_is_found_sound(snapshot: Snapshot) -> None:
    assert [problem for problem in check_snapshot(snapshot) if problem.severity == "error"] == []


@SLOW
@given(snapshots())
def test_what_is_written_reads_back_the_same_and_is_written_alike_again(snapshot: Snapshot) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, again = Path(folder) / "a.json.gz", Path(folder) / "b.json.gz"
        write_catalogue(snapshot, path)
        read = read_catalogue(path)
        assert diff_snapshots(snapshot, read).is_empty
        write_catalogue(read, again)
        assert path.read_bytes() == again.read_bytes()


def row(values: np.ndarray, pointers: np.ndarray, number: int) -> list[int]:
    return [int(value) for value in values[pointers[number] : pointers[number + 1]]]


def state(graph: CompiledGraph, number: int) -> tuple[str, int]:
    competence = int(np.searchsorted(graph.state_ptr, number, side="right")) - 1
    return graph.competence_codes[competence], number - int(graph.state_ptr[competence]) + 1


def check_targeting(graph: CompiledGraph, thing: Course | Variant, number: int) -> None:
    target = graph.courses_for if isinstance(thing, Course) else graph.variants_for
    codes = graph.languages
    assert tuple(codes[n] for n in row(target.language, target.language_ptr, number)) == thing.languages
    for tree, values, pointers, expected in (
        (graph.regions, target.region, target.region_ptr, thing.regions),
        (graph.audiences, target.audience, target.audience_ptr, thing.audiences),
        (graph.industries, target.industry, target.industry_ptr, thing.industries),
    ):
        assert tuple(tree.codes[n] for n in row(values, pointers, number)) == expected
    mask = int(target.accessibility[number])
    assert {name for bit, name in enumerate(FEATURES) if mask >> bit & 1} == set(thing.accessibility)
    megabytes = float(target.megabytes[number])
    assert (None if np.isnan(megabytes) else megabytes) == thing.megabytes


@SLOW
@given(snapshots())
def test_compiled_arrays_say_what_the_snapshot_says(snapshot: Snapshot) -> None:
    graph = compile_graph(snapshot, "r1")
    courses = {course.code: course for course in snapshot.courses}
    assert list(graph.course_codes) == sorted(courses)
    for number, code in enumerate(graph.course_codes):
        course = courses[code]
        assert graph.minutes[number] == course.minutes
        highest: dict[str, int] = {}
        for taught in course.teaches:
            highest[taught.competence] = max(taught.level, highest.get(taught.competence, 0))
        assert dict(state(graph, n) for n in row(graph.teaches, graph.teaches_ptr, number)) == highest
        assert [graph.course_codes[n] for n in row(graph.after, graph.after_ptr, number)] == [*course.recommended_after]
        first, last = int(graph.group_ptr[number]), int(graph.group_ptr[number + 1])
        rows = (row(graph.entry_course, graph.entry_ptr, group) for group in range(first, last))
        named = [[graph.course_codes[n] for n in entries] for entries in rows]
        assert named == [[entry.course for entry in group.any_of] for group in course.requires]
        check_targeting(graph, course, number)
        check_modules(graph, course, number)


def check_modules(graph: CompiledGraph, course: Course, number: int) -> None:
    first, last = int(graph.module_ptr[number]), int(graph.module_ptr[number + 1])
    assert graph.module_codes[first:last] == tuple(module.code for module in course.modules)
    for use, module in zip(range(first, last), course.modules, strict=True):
        variants = sorted(module.variants, key=lambda variant: variant.code)
        start, stop = int(graph.variant_ptr[use]), int(graph.variant_ptr[use + 1])
        assert graph.variant_codes[start:stop] == tuple(variant.code for variant in variants)
        for place, variant in zip(range(start, stop), variants, strict=True):
            check_targeting(graph, variant, place)


@SLOW
@given(snapshots())
def test_trees_and_goals_say_what_the_snapshot_says(snapshot: Snapshot) -> None:
    graph = compile_graph(snapshot, "r1")
    parents = {term.code: term.parent for term in snapshot.regions}
    for number, code in enumerate(graph.regions.codes):
        parent = int(graph.regions.parent[number])
        assert (None if parent < 0 else graph.regions.codes[parent]) == parents[code]
        assert graph.regions.depth[number] == (1 if parent < 0 else graph.regions.depth[parent] + 1)
    programmes = {programme.code: programme for programme in snapshot.programmes}
    for number, code in enumerate(graph.programme_codes):
        places = range(int(graph.goal_ptr[number]), int(graph.goal_ptr[number + 1]))
        for place, goal in zip(places, programmes[code].goals, strict=True):
            assert graph.goal_weight[place] == (goal.weight or 1)
            if goal.course is not None:
                assert graph.course_codes[graph.goal_course[place]] == goal.course
                assert graph.goal_state[place] == -1
            else:
                assert state(graph, int(graph.goal_state[place])) == (goal.competence, goal.level)


@SLOW
@given(snapshots())
def test_a_stored_graph_loads_equal_and_read_only(snapshot: Snapshot) -> None:
    graph = compile_graph(snapshot, "r1")
    with tempfile.TemporaryDirectory() as folder:
        save_graph(graph, Path(folder))
        loaded = load_graph(Path(folder))
        for name in CompiledGraph.__dataclass_fields__:
            assert_same(getattr(graph, name), getattr(loaded, name))
        assert not loaded.minutes.flags.writeable


def assert_same(one: object, other: object) -> None:
    if isinstance(one, np.ndarray):
        assert isinstance(other, np.ndarray)
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
    elif hasattr(one, "__dataclass_fields__"):
        for name in one.__dataclass_fields__:
            assert_same(getattr(one, name), getattr(other, name))
    else:
        assert one == other
