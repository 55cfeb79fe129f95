from datetime import UTC, datetime

import pytest

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from tests.factories.curricula import small_curriculum

PUBLISHED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def release(db: None) -> ReleaseInfo:
    """The small curriculum, published."""
    return publish_release(small_curriculum(), parent=None, actor="designer", note="first", at=PUBLISHED)
