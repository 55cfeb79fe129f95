"""The compiled graph of a release: from the process, from disk, or made anew."""

from pathlib import Path

import numpy as np
import pytest

from curriculum_graph.releases.api import NotFound, forget_graphs, get_graph, set_current
from curriculum_graph.releases.graphs import graph_folder
from tests.curriculum_graph.releases.content import AT, course, publish, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_a_new_process() -> None:
    get_graph.cache_clear()


def stored(release_id: str) -> list[Path]:
    return [path for path in graph_folder(release_id).iterdir() if path.is_file()]


def test_publication_leaves_the_graph_ready() -> None:
    release = publish(snapshot())
    assert stored(release.id)
    graph = get_graph(release.id)
    assert graph.release == release.id
    assert graph.course_codes == ("course-1", "course-2", "course-3")


def test_graph_is_kept_in_the_process() -> None:
    release = publish(snapshot())
    assert get_graph(release.id) is get_graph(release.id)


def test_missing_cache_is_rebuilt() -> None:
    release = publish(snapshot())
    for path in stored(release.id):
        path.unlink()
    graph_folder(release.id).rmdir()
    assert get_graph(release.id).minutes.tolist() == [31, 32, 33]
    assert stored(release.id)


@pytest.mark.parametrize("damage", [b"", b"rubbish" * 100], ids=["empty", "rubbish"])
def test_damaged_cache_is_rebuilt(damage: bytes) -> None:
    release = publish(snapshot())
    for path in stored(release.id):
        path.write_bytes(damage)
    assert get_graph(release.id).minutes.tolist() == [31, 32, 33]


def test_cache_cut_short_is_rebuilt() -> None:
    release = publish(snapshot())
    for path in stored(release.id):
        path.write_bytes(path.read_bytes()[:-64])
    assert get_graph(release.id).minutes.tolist() == [31, 32, 33]


def test_cache_of_another_release_is_not_believed() -> None:
    first, second = publish(snapshot()), publish(snapshot(course(1)))
    for path in stored(first.id):
        (graph_folder(second.id) / path.name).write_bytes(path.read_bytes())
    assert get_graph(second.id).course_codes == ("course-1",)


def test_rebuilt_graph_equals_the_published_one() -> None:
    release = publish(snapshot())
    before = [path.read_bytes() for path in stored(release.id)]
    for path in stored(release.id):
        path.unlink()
    get_graph(release.id)
    assert [path.read_bytes() for path in stored(release.id)] == before
    assert np.all(get_graph(release.id).minutes > 0)


def test_graph_of_an_unknown_release_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_graph("0" * 64)


def test_of_old_releases_only_the_arrays_go_and_come_back_when_asked_for() -> None:
    first, second, third = (publish(snapshot(course(1, minutes=minutes))) for minutes in (1, 2, 3))
    set_current(first.id, actor="an", note="back", at=AT)
    other = graph_folder("none").parent / "not-of-ours"
    other.mkdir()
    assert forget_graphs(keep=2) == [second.id]
    assert not graph_folder(second.id).exists()
    assert other.exists() and stored(first.id) and stored(third.id)
    assert get_graph(second.id).course_codes == ("course-1",)


def test_the_arrays_of_the_current_release_always_stay() -> None:
    release = publish(snapshot())
    assert forget_graphs(keep=0) == []
    assert stored(release.id)
