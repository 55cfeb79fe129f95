"""How good a ranking is, and how sure that is.

Every course that the learner had not taken is a candidate (full ranking): sampled candidates would flatter some
models more than others (Krichene and Rendle 2020). With one right answer a choice, NDCG@k is ``1 / log2(2 + rank)``
within the first k.
"""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]
Metric = Literal["hr", "ndcg"]

TOP = 10
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def rank_of(scores: Float64, course: int, taken: npt.NDArray[np.int32]) -> float:
    """Return how many candidates stand before the right one, from 0; of those that tie with it, half do.

    Parameters
    ----------
    scores : float64[C].
    course : the right one.
    taken : indices that are no candidates.

    Examples
    --------
    >>> rank_of(np.array([0.9, 0.5, 0.5, 0.1]), 2, np.array([0], dtype=np.int32))
    0.5
    """
    own = scores[course]
    before = np.count_nonzero(scores > own) - np.count_nonzero(scores[taken] > own)
    ties = np.count_nonzero(scores == own) - np.count_nonzero(scores[taken] == own) - 1
    return float(before + ties / 2)


def gains(ranks: Float64, metric: Metric, top: int = TOP) -> Float64:
    """Return each choice's hit (0 or 1) or discounted gain within the first ``top``, float64[N].

    Examples
    --------
    >>> gains(np.array([0.0, 2.0, 10.0]), "ndcg").tolist()
    [1.0, 0.5, 0.0]
    """
    found = ranks < top
    return found.astype(np.float64) if metric == "hr" else np.where(found, 1 / np.log2(2 + ranks), 0.0)


def interval(values: Float64, seed: int) -> Interval:
    """Return the mean with its bootstrap interval over choices (Efron 1979); for differences, give differences."""
    if not len(values):
        return Interval(0.0, 0.0, 0.0)
    means = _resampled(len(values), seed) @ values
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(values.mean()), float(low), float(high))


@lru_cache(maxsize=1)
def _resampled(count: int, seed: int) -> Float64:
    """Return the weight of each of ``count`` choices in each resample, float64[RESAMPLES, count]; rows sum to 1."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES) / count


def comparison(ranks: dict[str, Float64], baseline: str, seed: int) -> dict[str, dict[str, dict[str, float]]]:
    """Return, for each model, HR@10, NDCG@10 and the gain in NDCG@10 over the baseline, each with its interval.

    The gain is paired: both models are asked the same choices, so that its interval is narrower than either's.
    """
    base = gains(ranks[baseline], "ndcg")
    return {
        name: {
            "hr@10": asdict(interval(gains(own, "hr"), seed)),
            "ndcg@10": asdict(interval(gains(own, "ndcg"), seed)),
            "gain": asdict(interval(gains(own, "ndcg") - base, seed)),
        }
        for name, own in ranks.items()
    }
