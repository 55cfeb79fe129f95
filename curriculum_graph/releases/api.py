"""The public face of releases: everything that other apps may use."""

from curriculum_graph.errors import Ambiguous, NotFound, ParentMoved, Problem, Refused
from curriculum_graph.releases.actions import publish_release, set_current
from curriculum_graph.releases.assets import has_asset, open_asset, store_asset
from curriculum_graph.releases.building import fingerprint
from curriculum_graph.releases.checking import check
from curriculum_graph.releases.comparing import differing_content, differing_releases
from curriculum_graph.releases.graphs import forget_graphs, get_graph
from curriculum_graph.releases.rendered import list_rendered, rendered_markdown
from curriculum_graph.releases.searching import get_search
from curriculum_graph.releases.selectors import (
    count_releases,
    find_current_id,
    find_current_release,
    get_course,
    get_course_hashes,
    get_frame,
    get_release,
    get_snapshot,
    iter_courses,
    list_courses,
    list_moves,
    list_releases,
    list_warnings,
)
from curriculum_graph.releases.sending import send_asset
from curriculum_graph.releases.signals import release_published
from curriculum_graph.releases.values import Fingerprint, Move, Progress, ReleaseInfo
from curriculum_graph.releases.wording import describe

__all__ = [
    "Ambiguous",
    "Fingerprint",
    "Move",
    "NotFound",
    "ParentMoved",
    "Problem",
    "Progress",
    "Refused",
    "ReleaseInfo",
    "check",
    "count_releases",
    "describe",
    "differing_content",
    "differing_releases",
    "find_current_id",
    "find_current_release",
    "fingerprint",
    "forget_graphs",
    "get_course",
    "get_course_hashes",
    "get_frame",
    "get_graph",
    "get_release",
    "get_search",
    "get_snapshot",
    "has_asset",
    "iter_courses",
    "list_courses",
    "list_moves",
    "list_releases",
    "list_rendered",
    "list_warnings",
    "open_asset",
    "publish_release",
    "release_published",
    "rendered_markdown",
    "send_asset",
    "set_current",
    "store_asset",
]
