"""Writes: train a model, and choose which one is served. Build first, switch last."""

import hashlib
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version as library_version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from django.conf import settings
from django.db import transaction

from recommender.engine.features import Csr
from recommender.engine.learning import Learnt, Parameters, Step, learn, parameters_document
from recommender.engine.storing import ModelUnreadable, canonical, load_manifest, save_model
from recommender.training.models import ModelVersion, Promotion
from recommender.training.selectors import find_by_inputs, find_current_id, find_previous_id, get_version
from recommender.training.sources import Material, material_for
from recommender.training.values import NothingToLearn, Trained, VersionInfo

LIBRARIES = ("lightfm-next", "numpy", "scipy")

Stage = Literal["read", "keep"] | Step
Progress = Callable[[Stage], None]


def models_root() -> Path:
    """Return where the arrays of the models are kept, each in a folder named by its id."""
    return Path(settings.DATA_ROOT) / "models"


def train_model(
    release_id: str,
    parameters: Parameters,
    *,
    actor: str,
    at: datetime,
    force: bool = False,
    progress: Progress = lambda stage: None,
) -> Trained:
    """Train on everything that is stored, evaluate, keep the result, and serve it.

    Where a person chose an older version, or none, what is served stays so: see :func:`_is_held_by_a_person`. What is
    kept is the blend where it beat popularity beyond noise, popularity otherwise
    (:mod:`recommender.engine.learning`). With the same data, release, parameters and libraries as an earlier version
    nothing is done unless ``force``. The files are there, whole and synced, before the first row says so.

    Raises
    ------
    NothingToLearn
        No event names a course of the release.
    """
    progress("read")
    material = material_for(release_id)
    if not len(material.interactions.at):
        raise NothingToLearn
    about = _about(release_id, parameters)
    inputs = _inputs(material, about)
    known = find_by_inputs(inputs)
    if known is not None and not force and _is_kept(known.id):
        return Trained(known, changed=False, promoted=False)
    learnt = learn(material.interactions, material.learners, material.courses, parameters, progress)
    progress("keep")
    content = {**about, "inputs": inputs, "window": _window(material), "report": learnt.report}
    identifier = save_model(learnt.blend, material.trees, models_root(), content)
    row = _row(identifier, inputs, (release_id, parameters), material, learnt)
    row.trained_at, row.actor = at, actor
    promoted = _register(row, actor=actor, at=at)
    return Trained(get_version(identifier), changed=True, promoted=promoted)


def _is_kept(identifier: str) -> bool:
    """Say whether the files of a version are there and whole: a lost or damaged model is trained again."""
    try:
        load_manifest(models_root() / identifier)
    except ModelUnreadable:
        return False
    return True


def _about(release_id: str, parameters: Parameters) -> dict[str, Any]:
    libraries = {name: library_version(name) for name in LIBRARIES}
    return {
        "release": release_id,
        "parameters": parameters_document(parameters),
        "libraries": {**libraries, "machine": platform.machine()},
    }


def _inputs(material: Material, about: dict[str, Any]) -> str:
    """Return the SHA-256 of all that decides the result."""
    digest = hashlib.sha256(canonical(about))
    given = material.interactions
    for array in (given.learner, given.course, given.weight, given.at, *_parts(material.learners.matrix)):
        digest.update(array.tobytes())
    digest.update("\n".join((*given.learners, "", *material.learners.names)).encode())
    return digest.hexdigest()


def _parts(matrix: Csr) -> tuple[Any, ...]:
    return matrix.indptr, matrix.indices


def _window(material: Material) -> list[str]:
    at = material.interactions.at
    return [datetime.fromtimestamp(float(end), UTC).isoformat() for end in (np.min(at), np.max(at))]


def _row(identifier: str, inputs: str, run: tuple[str, Parameters], material: Material, learnt: Learnt) -> ModelVersion:
    release_id, parameters = run
    start, end = (datetime.fromisoformat(text) for text in _window(material))
    return ModelVersion(
        id=identifier,
        inputs=inputs,
        release_id=release_id,
        served=learnt.served,
        reason=learnt.report["reason"],
        seed=parameters.seed,
        interaction_count=len(material.interactions.at),
        learner_count=len(material.interactions.learners),
        course_count=len(material.courses.rows),
        window_from=start,
        window_to=end,
        parameters=parameters_document(parameters),
        report=learnt.report,
    )


@transaction.atomic
def _register(row: ModelVersion, *, actor: str, at: datetime) -> bool:
    """Write the row, once, and serve it by the rule; say whether what is served changed."""
    held = _is_held_by_a_person()
    ModelVersion.objects.bulk_create([row], ignore_conflicts=True)
    return not held and _serve(row.id, actor=actor, at=at, note="", automatic=True)


def _is_held_by_a_person() -> bool:
    """Say whether somebody chose an older version, or none: that stands until somebody chooses the newest again."""
    last = Promotion.objects.order_by("-id").first()
    if last is None or last.automatic:
        return False
    newest = ModelVersion.objects.values_list("id", flat=True).first()
    return last.version_id != newest


def promote(name: str, *, actor: str, at: datetime, note: str = "") -> VersionInfo:
    """Serve a version by a person's decision; the one that is served already changes nothing.

    Raises
    ------
    NoSuchVersion
        None or several have an id that begins so.
    ModelUnreadable
        Its files are missing or damaged: what is served stays as it is.
    """
    found = get_version(name)
    load_manifest(models_root() / found.id)
    _serve(found.id, actor=actor, at=at, note=note, automatic=False)
    return get_version(found.id)


def roll_back(*, actor: str, at: datetime, note: str = "") -> VersionInfo | None:
    """Serve again what was served before, and return it; ``None``: no model.

    Raises :class:`ModelUnreadable` where its files are missing or damaged.
    """
    previous = find_previous_id()
    if previous is not None:
        load_manifest(models_root() / previous)
    _serve(previous, actor=actor, at=at, note=note, automatic=False)
    return None if previous is None else get_version(previous)


def retire(*, actor: str, at: datetime, note: str = "") -> None:
    """Serve no model from now on: programs go by goals and minutes alone."""
    _serve(None, actor=actor, at=at, note=note, automatic=False)


@transaction.atomic
def _serve(version: str | None, *, actor: str, at: datetime, note: str, automatic: bool) -> bool:
    """Append to the log what is served from now on; say whether that is a change."""
    if find_current_id() == version:
        return False
    Promotion.objects.create(version_id=version, promoted_at=at, promoted_by=actor, note=note, automatic=automatic)
    return True
