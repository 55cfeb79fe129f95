"""A published release, learners and events, and a folder of their own for models."""

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
from recommender.training.actions import train_model
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


@pytest.fixture
def trained(release: ReleaseInfo, happened: list[Event]) -> Trained:
    return train(release)
