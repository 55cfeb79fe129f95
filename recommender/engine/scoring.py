"""How well each course fits a learner: what planners and rankers ask of a model.

A *scorer* is a model bound to one release: its relevances are in the order of the release's ``course_codes``. That
there is no scorer at all is legal everywhere: planning then goes by goals and minutes alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from recommender.engine.features import Trees, learner_features
from recommender.engine.interactions import taken_courses
from recommender.engine.learner import Event, Learner
from recommender.engine.models.blend import Blend

Float64 = npt.NDArray[np.float64]


class Scorer(Protocol):
    """A model bound to one release of ``C`` courses.

    Calls are pure and may come from several threads at once.
    """

    @property
    def model(self) -> str:
        """The id of the model version, as programs record it."""
        ...

    def relevance(self, learner: Learner, events: Iterable[Event]) -> Float64:
        """Return how well each course fits the learner, as float64[C] in [0, 1], higher being better.

        ``events`` are what is stored of this learner, in any order; courses already taken are scored like any other.
        """
        ...


class PopularityScorer:
    """The simplest scorer: the same relevance for everyone, by how often each course was completed.

    The relevance of a course completed ``n`` times is ``n / (n + median of the counts that are not zero)``: 0 for one
    never completed, one half for a typical one, and never quite 1.

    Examples
    --------
    >>> from recommender.engine.learner import Learner
    >>> scorer = PopularityScorer(("a", "b", "c"), {"a": 3, "c": 1})
    >>> scorer.relevance(Learner(learner="l"), ()).round(2).tolist()
    [0.6, 0.0, 0.33]
    """

    def __init__(self, course_codes: Sequence[str], completions: Mapping[str, int], model: str = "popularity") -> None:
        counts = np.array([completions.get(code, 0) for code in course_codes], dtype=np.float64)
        taken = counts[counts > 0]
        self._model = model
        self._relevance = counts / (counts + np.median(taken)) if taken.size else counts
        self._relevance.flags.writeable = False

    @property
    def model(self) -> str:
        return self._model

    def relevance(self, learner: Learner, events: Iterable[Event]) -> Float64:
        """Return the relevance of each course, the same for every learner; complexity O(1)."""
        return self._relevance


class ModelScorer:
    """A trained model bound to a release: what is served.

    Parameters
    ----------
    model : the id of the model version.
    blend : bound to the release's courses.
    trees : the release's trees, by which a learner's features are found.
    """

    def __init__(self, model: str, blend: Blend, trees: Trees) -> None:
        self._model = model
        self._blend = blend
        self._trees = trees
        self._index = {code: i for i, code in enumerate(blend.course_codes)}

    @property
    def model(self) -> str:
        return self._model

    @property
    def course_codes(self) -> tuple[str, ...]:
        return self._blend.course_codes

    def relevance(self, learner: Learner, events: Iterable[Event]) -> Float64:
        """Return the relevance of each course: see :mod:`recommender.engine.models.blend` for what it means.

        Courses of the learner's document and of the events count as taken alike. Complexity O(C) with a small constant.
        """
        return self.relevance_for(learner, taken_courses(learner.completed, events))

    def relevance_for(self, learner: Learner, taken: Iterable[str]) -> Float64:
        """Return the relevance of each course for a learner who took these courses, whatever their document lists."""
        history = np.array([self._index[code] for code in taken if code in self._index], dtype=np.int32)
        return self._blend.relevance(learner_features(learner, self._trees), history)
