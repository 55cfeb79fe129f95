"""The scorer that needs no model."""

import numpy as np

from recommender.engine.learner import Learner
from recommender.engine.scoring import PopularityScorer, Scorer

LEARNER = Learner(learner="l1")


def test_popularity_relevance_follows_completions() -> None:
    scorer: Scorer = PopularityScorer(("a", "b", "c"), {"c": 9, "a": 3, "unknown": 100})
    relevance = scorer.relevance(LEARNER, ())
    assert relevance.dtype == np.float64
    assert list(np.argsort(-relevance)) == [2, 0, 1]
    assert np.all((relevance >= 0) & (relevance < 1))


def test_popularity_without_any_completion_is_zero_for_every_course() -> None:
    assert PopularityScorer(("a", "b"), {}).relevance(LEARNER, ()).tolist() == [0.0, 0.0]
