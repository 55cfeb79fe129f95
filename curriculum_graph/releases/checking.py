"""Everything that can refuse a publication, or be said about it."""

from importlib import import_module

from curriculum_graph.errors import Problem
from curriculum_graph.releases.building import missing_assets
from curriculum_graph.snapshot import Snapshot


def check(snapshot: Snapshot) -> list[Problem]:
    """Return every problem of ``snapshot``, errors and warnings, those of files included."""
    found: list[Problem] = import_module("curriculum_graph.api").check_snapshot(snapshot)
    return [*found, *missing_assets(snapshot)]
