"""A small curriculum that is published, and access to it."""

import io
from datetime import UTC, datetime

import pytest

from curriculum_graph.releases.api import ReleaseInfo, publish_release, store_asset
from exports.delivery.api import Scope, create_token
from tests.factories.small import PDF, small_snapshot

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def release(db: None) -> ReleaseInfo:
    store_asset(io.BytesIO(PDF))
    return publish_release(small_snapshot(), parent=None, actor="test", note="first", at=NOW)


@pytest.fixture
def authorization(db: None) -> dict[str, str]:
    secret = create_token("reader", [Scope.COURSES_READ], actor="test", at=NOW)
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
