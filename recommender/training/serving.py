"""The model that is served, bound to a release and kept in the process.

A version is bound to the release that it was trained on. For another release its features are aligned once and kept as
arrays under ``DATA_ROOT/scorers/<version>/<release>``; that folder may be deleted at any time.
"""

from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from recommender.engine.scoring import ModelScorer
from recommender.engine.storing import MANIFEST, ModelUnreadable, load_model, save_model
from recommender.training.actions import models_root
from recommender.training.selectors import find_current_id, get_version
from recommender.training.sources import courses_of

log = structlog.get_logger(__name__)


def scorers_root() -> Path:
    """Return where models aligned with other releases are kept."""
    return Path(settings.DATA_ROOT) / "scorers"


def find_scorer(release_id: str) -> ModelScorer | None:
    """Return the served model bound to a release, or ``None`` where no model is served.

    One query; a model promoted in the meantime is taken up at once. A model whose files are damaged is not served
    either: programs are built without one, which they record, and the log says what to do.
    """
    try:
        return get_scorer(release_id)
    except ModelUnreadable as error:
        log.exception("model_unreadable", path=str(error.path), reason=error.reason)
        return None


def get_scorer(release_id: str) -> ModelScorer | None:
    """Return the served model bound to a release, or ``None`` where no model is served.

    Raises
    ------
    ModelUnreadable
        The files of the version that is served are missing or damaged.
    """
    version = find_current_id()
    if version is None:
        return None
    folder = models_root() / version
    return _bound(version, release_id, folder, _stamp(folder))


def _stamp(folder: Path) -> int:
    """Return when a model's manifest was written: a model repaired in place is read anew."""
    try:
        return (folder / MANIFEST).stat().st_mtime_ns
    except FileNotFoundError as error:
        raise ModelUnreadable(folder, "missing") from error


@lru_cache(maxsize=2)
def _bound(version: str, release_id: str, folder: Path, stamp: int) -> ModelScorer:
    if get_version(version).release == release_id:
        blend, trees, _manifest = load_model(folder)
    else:
        blend, trees, _manifest = load_model(aligned_folder(version, release_id))
    return ModelScorer(version, blend, trees)


def aligned_folder(version: str, release_id: str) -> Path:
    """Return the folder of a version aligned with a release; it is made where it is not there, or damaged."""
    root = scorers_root() / version / release_id
    for folder in sorted(root.glob("[0-9a-f]*")):
        try:
            load_model(folder)
        except ModelUnreadable as error:
            log.warning("aligned_model_unreadable", path=str(error.path), reason=error.reason)
        else:
            return folder
    blend, _trees, _manifest = load_model(models_root() / version)
    courses, trees = courses_of(release_id)
    identifier = save_model(blend.aligned(courses), trees, root, {"version": version, "release": release_id})
    return root / identifier
