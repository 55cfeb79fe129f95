"""Compiled graphs of releases: kept as arrays under ``DATA_ROOT``, and the last few in the process."""

import shutil
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from curriculum_graph.api import CompiledGraph, compile_graph, load_graph, save_graph
from curriculum_graph.errors import GraphUnreadable
from curriculum_graph.releases.searching import search_file
from curriculum_graph.releases.selectors import get_snapshot, list_moves
from curriculum_graph.snapshot import Snapshot

log = structlog.get_logger(__name__)


def graph_folder(release_id: str) -> Path:
    """Return where the arrays of a release are kept. The folder may be deleted at any time."""
    return Path(settings.DATA_ROOT) / "graphs" / release_id


@lru_cache(maxsize=4)
def get_graph(release_id: str) -> CompiledGraph:
    """Return the compiled graph of a release: from the process, from the arrays on disk, or compiled anew.

    Raises :class:`NotFound` for a release that does not exist.
    """
    return _load(release_id) or keep_graph(release_id, get_snapshot(release_id))


def keep_graph(release_id: str, snapshot: Snapshot) -> CompiledGraph:
    """Compile the graph of a release and keep its arrays."""
    graph = compile_graph(snapshot, release_id)
    save_graph(graph, graph_folder(release_id))
    return graph


def forget_graphs(keep: int) -> list[str]:
    """Delete what is kept in files of all releases but those that were current last; return whose that was.

    ``keep`` is how many stay, the current one at least. Arrays that are needed again are compiled again.
    """
    recent = list(dict.fromkeys(move.target for move in list_moves()))[: max(keep, 1)]
    root = graph_folder("none").parent
    old = sorted(path for path in root.glob("[0-9a-f]" * 64) if path.name not in recent)
    for folder in old:
        shutil.rmtree(folder)
        search_file(folder.name).unlink(missing_ok=True)
    return [folder.name for folder in old]


def _load(release_id: str) -> CompiledGraph | None:
    folder = graph_folder(release_id)
    if not folder.exists():
        return None
    try:
        graph = load_graph(folder)
    except (OSError, GraphUnreadable) as error:
        log.warning("graph_cache_unreadable", release=release_id, reason=str(error))
        return None
    return graph if graph.release == release_id else None
