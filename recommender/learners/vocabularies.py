"""Which codes documents may use: those of a release."""

from functools import lru_cache

from curriculum_graph.errors import CurriculumError
from curriculum_graph.releases.api import find_current_id, get_frame, get_graph
from recommender.engine.vocabulary import Vocabulary, vocabulary


class NoRelease(CurriculumError):
    """Nothing was published yet, so no code of a document can be known."""

    code = "no_release"


def get_current_release() -> str:
    """Return the id of the release that learners meet.

    Raises
    ------
    NoRelease
        Nothing was ever published.
    """
    release = find_current_id()
    if release is None:
        raise NoRelease
    return release


@lru_cache(maxsize=4)
def get_vocabulary(release_id: str) -> Vocabulary:
    """Return the codes of a release; kept in the process, because a release never changes."""
    frame = get_frame(release_id)
    return vocabulary(
        get_graph(release_id),
        languages=(language.code for language in frame.languages),
        items=(item.code for item in frame.items),
    )
