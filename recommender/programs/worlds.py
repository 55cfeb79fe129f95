"""The state of the world that programs are built from now, or were built from under an earlier release."""

from datetime import date

from curriculum_graph.releases.api import get_graph, get_release
from recommender.learners.api import get_current_release, get_vocabulary
from recommender.programs.planning import World
from recommender.training.api import find_scorer


def get_world(today: date, release: str | None = None) -> World:
    """Return the world of the current release, or of one named by its id or the beginning of it.

    Raises
    ------
    NoRelease
        No release is named and nothing was ever published.
    NotFound, Ambiguous
        There is not exactly one release of that name.
    """
    found = get_release(release).id if release else get_current_release()
    return World(graph=get_graph(found), vocabulary=get_vocabulary(found), scorer=find_scorer(found), today=today)
