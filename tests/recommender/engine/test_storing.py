"""Models on disk."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from recommender.engine.learning import learn
from recommender.engine.models.blend import Blend
from recommender.engine.storing import MANIFEST, NAMES, ModelUnreadable, load_model, save_model
from tests.recommender.engine.two_worlds import QUICK, world

pytestmark = pytest.mark.xdist_group("learning")
WORLD = world(120)
HISTORY = np.array([1, 2], dtype=np.int32)


@cache
def blend() -> Blend:
    return learn(WORLD.interactions, WORLD.learners, WORLD.courses, QUICK).blend


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / save_model(blend(), WORLD.trees, tmp_path, {"seed": 0})


def test_a_model_comes_back_as_it_was(folder: Path) -> None:
    loaded, trees, manifest = load_model(folder)
    asked = (("audience:clerk", "audience:people"), HISTORY)
    np.testing.assert_allclose(loaded.relevance(*asked), blend().relevance(*asked), rtol=1e-6)
    assert trees == WORLD.trees
    assert manifest["id"] == folder.name
    assert manifest["seed"] == 0


def test_saving_the_same_again_changes_nothing(folder: Path) -> None:
    before = (folder / MANIFEST).stat().st_mtime_ns
    assert save_model(blend(), WORLD.trees, folder.parent, {"seed": 0}) == folder.name
    assert (folder / MANIFEST).stat().st_mtime_ns == before


def test_another_seed_is_another_model(folder: Path) -> None:
    assert save_model(blend(), WORLD.trees, folder.parent, {"seed": 1}) != folder.name


def test_nothing_is_left_beside_the_model(folder: Path) -> None:
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_no_file_is_a_pickle(folder: Path) -> None:
    for path in folder.glob("*.npy"):
        np.load(path, allow_pickle=False)
    assert {path.suffix for path in folder.iterdir()} == {".npy", ".json"}


def test_arrays_are_mapped_not_read(folder: Path) -> None:
    loaded = load_model(folder)[0]
    hybrid = next(ranker for ranker in loaded.rankers if ranker.name == "hybrid")
    assert isinstance(hybrid.state().arrays["vectors"], np.memmap)


def files() -> list[str]:
    return ["hybrid.vectors.npy", NAMES, MANIFEST]


@pytest.mark.parametrize("name", files())
def test_a_damaged_file_is_refused_and_named(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelUnreadable, match="damaged") as caught:
        load_model(folder)
    assert caught.value.path.name == name


@pytest.mark.parametrize("name", files())
def test_a_file_cut_short_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:-9])
    with pytest.raises(ModelUnreadable, match="damaged"):
        load_model(folder)


@pytest.mark.parametrize("name", files())
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelUnreadable, match="missing"):
        load_model(folder)


def test_a_model_of_another_version_is_refused(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"format": "recommender-model/99"}')
    with pytest.raises(ModelUnreadable, match="other_version"):
        load_model(folder)


def test_saving_over_a_damaged_model_repairs_it(folder: Path) -> None:
    (folder / NAMES).write_text("{}")
    save_model(blend(), WORLD.trees, folder.parent, {"seed": 0})
    assert load_model(folder)[2]["id"] == folder.name
