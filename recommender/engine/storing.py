"""Served models on disk: arrays without pickle, a manifest with checksums, written whole or not at all.

A folder holds one ``.npy`` file an array, ``names.json`` (codes and feature names) and ``manifest.json``, which lists
every other file with its SHA-256. The id of a model is the SHA-256 of its manifest's content, so that equal ids mean
equal models.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from recommender.engine.features import Trees
from recommender.engine.models.blend import Blend, Weights
from recommender.engine.models.content import Content
from recommender.engine.models.hybrid import Hybrid
from recommender.engine.models.neighbours import Neighbours
from recommender.engine.models.popularity import Popularity, Trending
from recommender.engine.models.ranker import Array, Ranker, State
from recommender.engine.models.targeting import Targeting

FORMAT = "recommender-model/1"
MANIFEST, NAMES = "manifest.json", "names.json"
RANKERS: Mapping[str, type[Ranker]] = {
    kind.name: kind for kind in (Popularity, Trending, Neighbours, Content, Targeting, Hybrid)
}


class ModelUnreadable(Exception):
    """The files of a model are missing, damaged or of another version; ``reason`` is a code, ``path`` says where."""

    code = "model_unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{reason}: {path}; train again, or point back to an earlier model version")


def save_model(blend: Blend, trees: Trees, root: Path, about: Mapping[str, Any]) -> str:
    """Write a model into ``root / id`` and return its id; an id that exists already is left as it is.

    Parameters
    ----------
    about : what the manifest says besides (data window, release, seed, library versions, metrics): plain JSON data.

    Notes
    -----
    Files are written into a folder beside and synced; the rename at the end makes them visible at once.
    """
    root.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=root))
    try:
        files = _write_files(blend, trees, beside)
        content = {"format": FORMAT, **about, "model": blend.summary(), "files": files}
        identifier = hashlib.sha256(canonical(content)).hexdigest()
        _write(beside / MANIFEST, canonical({"id": identifier, **content}))
        _put(beside, root / identifier)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return identifier


def canonical(value: Any) -> bytes:
    """Return plain data as JSON in one way only: keys sorted, no blanks."""
    return msgspec.json.encode(value, order="sorted")


def _put(beside: Path, target: Path) -> None:
    beside.chmod(0o755)
    try:
        beside.rename(target)
    except OSError:
        if not _intact(target):  # what was there is damaged: a folder cannot be renamed over one that is not empty
            shutil.rmtree(target)
            beside.rename(target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _intact(folder: Path) -> bool:
    try:
        _checked_manifest(folder)
    except ModelUnreadable:
        return False
    return True


def _write_files(blend: Blend, trees: Trees, folder: Path) -> dict[str, str]:
    names: dict[str, Any] = {"courses": list(blend.course_codes), "trees": asdict(trees), "rankers": {}}
    for ranker in blend.rankers:
        state = ranker.state()
        names["rankers"][ranker.name] = {key: list(value) for key, value in state.names.items()}
        for key, array in state.arrays.items():
            with (folder / f"{ranker.name}.{key}.npy").open("wb") as file:
                np.save(file, np.ascontiguousarray(array), allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
    _write(folder / NAMES, canonical(names))
    return {path.name: _digest(path) for path in sorted(folder.iterdir())}


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder whose every file is as it says."""
    try:
        manifest: dict[str, Any] = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, Any])
    except FileNotFoundError as error:
        raise ModelUnreadable(folder, "missing") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelUnreadable(folder / MANIFEST, "damaged") from error
    if manifest.get("format") != FORMAT:
        raise ModelUnreadable(folder / MANIFEST, "other_version")
    content = {key: value for key, value in manifest.items() if key != "id"}
    if hashlib.sha256(canonical(content)).hexdigest() != manifest.get("id"):
        raise ModelUnreadable(folder / MANIFEST, "damaged")
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise ModelUnreadable(path, "missing")
        if _digest(path) != digest:
            raise ModelUnreadable(path, "damaged")
    return manifest


def load_manifest(folder: Path) -> dict[str, Any]:
    """Return what a model's manifest says, every file checked. Raises :class:`ModelUnreadable`."""
    return _checked_manifest(folder)


def load_model(folder: Path) -> tuple[Blend, Trees, dict[str, Any]]:
    """Return a stored model, its trees and its manifest. Arrays are memory-mapped and read-only.

    Raises
    ------
    ModelUnreadable
        A file is missing or was altered, or another version wrote it. Every checksum is verified.
    """
    manifest = _checked_manifest(folder)
    names = msgspec.json.decode((folder / NAMES).read_bytes())
    codes = tuple(names["courses"])
    rankers = [_restored(folder, entry, codes, names["rankers"]) for entry in manifest["model"]["rankers"]]
    cold, warm = (
        Weights(np.array(part["weights"], dtype=np.float64), part["slope"], part["offset"])
        for part in (manifest["model"]["cold"], manifest["model"]["warm"])
    )
    return Blend(rankers, cold, warm), Trees(**names["trees"]), manifest


def _restored(folder: Path, entry: Mapping[str, Any], codes: tuple[str, ...], names: Mapping[str, Any]) -> Ranker:
    kind = RANKERS.get(entry["name"])
    if kind is None:
        raise ModelUnreadable(folder / MANIFEST, "other_version")
    prefix = f"{entry['name']}."
    arrays: dict[str, Array] = {
        path.name.removeprefix(prefix).removesuffix(".npy"): np.load(path, mmap_mode="r", allow_pickle=False)
        for path in sorted(folder.glob(f"{prefix}*.npy"))
    }
    return kind(**entry["parameters"]).restore(codes, State(arrays, names[entry["name"]]))
