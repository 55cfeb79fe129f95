"""A published release, learners and events, and a folder of their own for models."""

import shutil
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from curriculum_graph.snapshot import Snapshot
from recommender.engine.learner import Event
from recommender.learners.api import put_learners, record_events
from recommender.training import serving
from recommender.training.actions import _register, models_root, train_model
from recommender.training.models import ModelVersion
from recommender.training.selectors import get_version
from recommender.training.values import Trained
from tests.recommender.engine import two_worlds

NOW = datetime(2026, 11, 24, tzinfo=UTC)
COUNT = 240


@pytest.fixture(autouse=True)
def data_root(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_ROOT = tmp_path
    serving._bound.cache_clear()
    return tmp_path


def publish(snapshot: Snapshot, parent: str | None = None) -> ReleaseInfo:
    return publish_release(snapshot, parent=parent, actor="designer", note="", at=NOW)


def train(release: ReleaseInfo, **more: Any) -> Trained:
    return train_model(release.id, two_worlds.QUICK, actor="operator", at=NOW, **more)


@pytest.fixture
def release(db: None) -> ReleaseInfo:
    return publish(two_worlds.snapshot())


@pytest.fixture
def happened(release: ReleaseInfo) -> list[Event]:
    put_learners(two_worlds.learners(COUNT), at=NOW)
    events = two_worlds.events(COUNT)
    record_events(events, at=NOW)
    return events


@dataclass
class _Once:
    """The one model that tests share: learning takes seconds, copying what came of it does not."""

    folder: Path
    row: ModelVersion | None = None


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> _Once:
    return _Once(tmp_path_factory.mktemp("models"))


@pytest.fixture
def trained(release: ReleaseInfo, happened: list[Event], once: _Once) -> Trained:
    if once.row is None:
        result = train(release)
        shutil.copytree(models_root(), once.folder, dirs_exist_ok=True)
        once.row = ModelVersion.objects.get()
        return result
    shutil.copytree(once.folder, models_root())
    row = copy(once.row)
    promoted = _register(row, actor="operator", at=NOW)
    return Trained(get_version(row.id), changed=True, promoted=promoted)
