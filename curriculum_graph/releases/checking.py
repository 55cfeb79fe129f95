"""Everything that can refuse a publication, or be said about it."""

from curriculum_graph.api import check_snapshot
from curriculum_graph.errors import Problem
from curriculum_graph.releases.building import missing_assets
from curriculum_graph.snapshot import Snapshot


def check(snapshot: Snapshot) -> list[Problem]:
    """Return every problem of ``snapshot``, errors and warnings, those of files included."""
    return [*check_snapshot(snapshot), *missing_assets(snapshot)]
