"""Stored graphs: damage is noticed, and a writer never leaves half a file."""

from pathlib import Path

import pytest

from curriculum_graph.compile import compile_graph
from curriculum_graph.errors import BrokenSnapshot, GraphUnreadable
from curriculum_graph.snapshot import FORMAT, Course, Group, Requirement, Snapshot, Term
from curriculum_graph.store import FILE_NAME, load_graph, save_graph

SNAPSHOT = Snapshot(format=FORMAT, courses=(Course(code="a", title="A", minutes=10),))


def test_a_missing_graph_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(GraphUnreadable):
        load_graph(tmp_path / "nowhere")


@pytest.mark.parametrize("keep", [0, 5, 30, 400, -1])
def test_a_file_cut_short_is_unreadable(tmp_path: Path, keep: int) -> None:
    path = save_graph(compile_graph(SNAPSHOT, "r"), tmp_path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(GraphUnreadable):
        load_graph(tmp_path)


def test_every_altered_byte_is_noticed(tmp_path: Path) -> None:
    path = save_graph(compile_graph(SNAPSHOT, "r"), tmp_path)
    content = path.read_bytes()
    start = len(content) - 600
    for place in range(start, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(GraphUnreadable):
            load_graph(tmp_path)


def test_saving_again_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    save_graph(compile_graph(SNAPSHOT, "r1"), tmp_path)
    save_graph(compile_graph(SNAPSHOT, "r2"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert load_graph(tmp_path).release == "r2"


def test_a_mapped_graph_outlives_its_replacement(tmp_path: Path) -> None:
    save_graph(compile_graph(SNAPSHOT, "r1"), tmp_path)
    graph = load_graph(tmp_path)
    save_graph(compile_graph(Snapshot(format=FORMAT), "r2"), tmp_path)
    assert list(graph.minutes) == [10]


def test_compiling_what_was_not_checked_raises() -> None:
    group = Group(any_of=(Requirement(course="x"),))
    with pytest.raises(BrokenSnapshot):
        compile_graph(
            Snapshot(format=FORMAT, courses=(Course(code="a", title="A", minutes=1, requires=(group,)),)), "r"
        )


def test_compiling_a_tree_that_goes_round_raises() -> None:
    with pytest.raises(BrokenSnapshot):
        compile_graph(Snapshot(format=FORMAT, regions=(Term(code="r", title="R", parent="r"),)), "r")
