"""The blend: every ranker's terms, weighed by what learners chose next. This is what is served.

Weights are those of a conditional logit (McFadden 1974): the chance that a course comes next is the softmax of the
weighted terms over all courses not taken. Learners who took something and those who took nothing yet have weights of
their own.

The relevance of a course is ``expit(a * lift + b)``, where ``lift`` is the log of how many times likelier it comes
next than a course drawn at random, and ``a`` and ``b`` are fitted on held-back choices (Platt 1999). It reads: set
side by side with a random course, the chance that this is the one taken next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logsumexp

from recommender.engine.features import CourseTable
from recommender.engine.models.ranker import Float64, Int32, Ranker


@dataclass(frozen=True, slots=True)
class Choices:
    """``N`` held-back choices against ``K`` courses that were not taken.

    ``terms`` is float64[N, 1 + K, T], the course that was taken first; ``log_weight`` is float64[N, 1 + K], the log
    of how many courses each stands for (those not taken are a sample of all).
    """

    terms: npt.NDArray[np.float64]
    log_weight: Float64


@dataclass(frozen=True, slots=True)
class Weights:
    """What one kind of learner's blend consists of: float64[T], and the two numbers of the calibration."""

    weights: Float64
    slope: float = 1.0
    offset: float = 0.0


class Blend:
    """Rankers and how they are weighed, bound to the courses of one release.

    Parameters
    ----------
    rankers : fitted rankers, all bound to the same courses.
    cold, warm : weights of all rankers' terms, in order, for learners without and with history.
    """

    def __init__(self, rankers: Sequence[Ranker], cold: Weights, warm: Weights) -> None:
        self.rankers = tuple(rankers)
        self.cold = cold
        self.warm = warm

    @property
    def course_codes(self) -> tuple[str, ...]:
        return self.rankers[0].course_codes_

    @property
    def terms(self) -> tuple[str, ...]:
        """The names of all terms."""
        return tuple(term for ranker in self.rankers for term in ranker.terms)

    def scores(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[C], higher being better; complexity that of the rankers."""
        weights = (self.warm if len(history) else self.cold).weights
        score: Float64 = weights @ all_terms(self.rankers, features, history)
        return score

    def relevance(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[C] in [0, 1] in the order of the scores."""
        score = self.scores(features, history)
        part = self.warm if len(history) else self.cold
        lift = score - logsumexp(score) + np.log(max(len(score), 1))
        relevance: Float64 = expit(part.slope * lift + part.offset)
        return relevance

    def aligned(self, course_features: CourseTable) -> Self:
        """Return the blend bound to the courses of another release."""
        return type(self)([ranker.aligned(course_features) for ranker in self.rankers], self.cold, self.warm)

    def summary(self) -> dict[str, Any]:
        """Return the weights and the rankers' parameters as plain JSON data."""
        kinds = {"cold": self.cold, "warm": self.warm}
        return {
            "rankers": [{"name": ranker.name, "parameters": ranker.parameters()} for ranker in self.rankers],
            "terms": list(self.terms),
            **{
                kind: {"weights": part.weights.tolist(), "slope": part.slope, "offset": part.offset}
                for kind, part in kinds.items()
            },
        }


def all_terms(rankers: Sequence[Ranker], features: Sequence[str], history: Int32) -> Float64:
    """Return float64[T, C]: every ranker's terms, in order."""
    return np.concatenate([ranker.score_terms(features, history) for ranker in rankers])


def fit_weights(choices: Choices, penalty: float = 1e-3) -> Weights:
    """Return the weights that make the choices likeliest, calibrated.

    Weights are shrunk towards 0 by ``penalty`` times their square, on terms scaled to unit spread, and are never
    below 0: each term says "likelier" by design, and a negative weight would only fit noise.
    """
    spread = choices.terms.std(axis=(0, 1))
    scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 1e-12)
    terms = choices.terms * scale

    def loss(weights: Float64) -> tuple[float, Float64]:
        score = terms @ weights + choices.log_weight
        total = logsumexp(score, axis=1, keepdims=True)
        expected = np.einsum("nk,nkt->t", np.exp(score - total), terms) / len(terms)
        value = float((total[:, 0] - score[:, 0]).mean() + penalty * weights @ weights)
        return value, expected - terms[:, 0].mean(axis=0) + 2 * penalty * weights

    bounds = [(0.0, None)] * terms.shape[2]
    weights = np.asarray(minimize(loss, np.full(terms.shape[2], 0.1), jac=True, method="L-BFGS-B", bounds=bounds).x)
    return calibrated(choices, weights * scale)


def calibrated(choices: Choices, weights: Float64) -> Weights:
    """Return the weights with the slope and offset under which a choice and a random course are told apart best.

    Each choice is one example, and all its courses not taken together are one example against it.
    """
    score = choices.terms @ weights
    total = logsumexp(score + choices.log_weight, axis=1, keepdims=True)
    count = logsumexp(choices.log_weight, axis=1, keepdims=True)
    lift = score - total + count
    against = np.exp(choices.log_weight[:, 1:])
    share = against / against.sum(axis=1, keepdims=True)

    def loss(ab: Float64) -> float:
        z = ab[0] * lift + ab[1]
        wrong = (log_expit(-z[:, 1:]) * share).sum(axis=1)
        return float(-(log_expit(z[:, 0]) + wrong).mean())

    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(1e-3, 10.0), (-20.0, 20.0)]).x
    return Weights(weights, float(found[0]), float(found[1]))
