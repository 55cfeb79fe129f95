"""From interactions to a served model, in order: hold back, fit, weigh, report, choose, fit on everything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from recommender.engine.evaluating import comparison, rank_of
from recommender.engine.features import CourseTable, FeatureTable
from recommender.engine.interactions import Interactions
from recommender.engine.models.blend import Blend, Choices, Weights, all_terms, calibrated, fit_weights
from recommender.engine.models.content import Content
from recommender.engine.models.hybrid import Hybrid
from recommender.engine.models.neighbours import Neighbours
from recommender.engine.models.popularity import Popularity, Trending
from recommender.engine.models.ranker import Float64, Int32, Ranker
from recommender.engine.models.targeting import Targeting
from recommender.engine.splitting import Held, Split, by_time, leave_last_out

Served = Literal["blend", "popularity"]
Step = Literal["fit_by_time", "judge_by_time", "fit_leave_last_out", "judge_leave_last_out", "fit_all"]
Progress = Callable[[Step], None]

BASELINE = "popularity"
CANDIDATES: Mapping[str, tuple[str, ...]] = {
    "popularity": ("popularity",),
    "hybrid": ("hybrid",),
    "neighbours": ("neighbours",),
    "content": ("content",),
    "blend": ("popularity", "trending", "neighbours", "content", "targeting", "hybrid"),
}
"""What is compared, and of which rankers each consists."""
LEAST_TUNE, LEAST_TEST = 30, 60
"""Held-back choices without which nothing but popularity can be weighed, or told from it."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """All that decides what comes of the same data. ``revision`` grows when the method itself changes."""

    seed: int = 0
    epochs: int = 15
    dimensions: int = 32
    learning_rate: float = 0.05
    held_share: float = 0.1
    held_limit: int = 3000
    sampled: int = 200
    revision: int = 1

    def rankers(self) -> list[Ranker]:
        """Return the rankers of the blend, not fitted."""
        hybrid = Hybrid(self.dimensions, self.epochs, self.learning_rate, self.seed)
        return [Popularity(), Trending(), Neighbours(), Content(), Targeting(), hybrid]


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model fitted on everything, which of the two it is, and the report that says why."""

    blend: Blend
    served: Served
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Rankers fitted on what a split shows, and the choices it hides."""

    split: Split
    rankers: list[Ranker]
    features: Sequence[Sequence[str]]

    def terms(self, held: Held, history: Int32) -> Float64:
        return all_terms(self.rankers, self.features[held.learner], history)


def learn(
    interactions: Interactions,
    learners: FeatureTable,
    courses: CourseTable,
    parameters: Parameters,
    progress: Progress = lambda step: None,
) -> Learnt:
    """Fit, evaluate, choose and fit again on everything.

    Parameters
    ----------
    interactions : of the learners and courses that are the rows of the two tables, at least one.
    progress : told of each step as it begins.

    Notes
    -----
    The blend is served only where its NDCG@10 beats popularity's beyond noise: on the choices held back by time (on
    those left out last, where there are too few of the former) the 95 % bootstrap interval of the paired difference
    lies above zero, and on the other it does not lie below. Otherwise popularity is.
    """
    features = [_names(learners, i) for i in range(len(learners.rows))]
    judged: dict[str, _Judged] = {}
    for name, split in _splits(interactions, parameters).items():
        progress("fit_by_time" if name == "by_time" else "fit_leave_last_out")
        rankers = [ranker.fit(split.train, learners, courses) for ranker in parameters.rankers()]
        judged[name] = _Judged(split, rankers, features)
    weighed = _weigh(list(judged.values()), parameters)
    report: dict[str, Any] = {"splits": {}}
    for name, one in judged.items():
        progress("judge_by_time" if name == "by_time" else "judge_leave_last_out")
        report["splits"][name] = _report(one, weighed, parameters.seed)
    served, report["reason"] = chosen(report["splits"])
    report["served"] = served
    progress("fit_all")
    return Learnt(_fit_served(served, interactions, learners, courses, (parameters, weighed)), served, report)


def _fit_served(
    served: Served,
    interactions: Interactions,
    learners: FeatureTable,
    courses: CourseTable,
    weighing: tuple[Parameters, "_Weighed"],
) -> Blend:
    """Return what is served, fitted on everything."""
    parameters, weighed = weighing
    kept = [ranker for ranker in parameters.rankers() if ranker.name in CANDIDATES[served]]
    mask = _mask(parameters.rankers(), CANDIDATES[served])
    cold, warm = (Weights(w.weights[mask], w.slope, w.offset) for w in weighed[served])
    return Blend([ranker.fit(interactions, learners, courses) for ranker in kept], cold, warm)


_Weighed = dict[str, tuple[Weights, Weights]]
"""For each candidate, the weights of all terms for cold and for warm learners."""


def _names(table: FeatureTable, row: int) -> tuple[str, ...]:
    """Return a row's features in the order of the table (codes of a tree's upper nodes need not come first)."""
    part = table.matrix.indices[table.matrix.indptr[row] : table.matrix.indptr[row + 1]]
    return tuple(table.names[i] for i in part)


def _splits(interactions: Interactions, parameters: Parameters) -> dict[str, Split]:
    """Return the splits that have enough choices to learn from."""
    both = {
        "by_time": by_time(interactions, parameters.held_share, parameters.held_limit, parameters.seed),
        "leave_last_out": leave_last_out(interactions, parameters.held_limit, parameters.seed),
    }
    return {name: split for name, split in both.items() if len(split.tune) >= LEAST_TUNE and len(split.train.at)}


def _mask(rankers: Sequence[Ranker], names: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([ranker.name in names for ranker in rankers for _ in ranker.terms])


def _weigh(judged: Sequence[_Judged], parameters: Parameters) -> _Weighed:
    """Weigh every candidate's terms on the ``tune`` halves of all splits."""
    rankers = parameters.rankers()
    cold = _choices(judged, parameters, "cold")
    if cold is None:
        cold = _choices(judged, parameters, "stripped")
    kinds = (cold, _choices(judged, parameters, "warm"))
    weighed: _Weighed = {}
    for name, parts in CANDIDATES.items():
        mask = _mask(rankers, parts)
        first, second = (_weights(choices, mask, name) for choices in kinds)
        weighed[name] = (first, second)
    return weighed


def _weights(choices: Choices | None, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], name: str) -> Weights:
    """Return one candidate's weights, 0 for the terms that are not its own."""
    plain = np.zeros(len(mask))
    plain[mask] = 1.0
    if choices is None:
        return Weights(plain)
    if name == BASELINE:
        return calibrated(choices, plain)
    found = fit_weights(Choices(choices.terms * mask, choices.log_weight))
    return Weights(np.where(mask, found.weights, 0.0), found.slope, found.offset)


def _choices(
    judged: Sequence[_Judged], parameters: Parameters, kind: Literal["cold", "warm", "stripped"]
) -> Choices | None:
    """Return the tuning choices of learners without or with history (``stripped``: as if without); too few: None."""
    rng = np.random.default_rng(parameters.seed)
    terms, log_weights = [], []
    for one in judged:
        for held in one.split.tune:
            if kind != "stripped" and (len(held.history) > 0) != (kind == "warm"):
                continue
            history = held.history[:0] if kind == "stripped" else held.history
            all_ = one.terms(held, history)
            candidates = np.setdiff1d(np.arange(all_.shape[1]), np.append(history, held.course))
            if not len(candidates):
                continue
            sample = rng.choice(candidates, parameters.sampled, replace=len(candidates) < parameters.sampled)
            terms.append(all_[:, np.append(held.course, sample)].T)
            log_weights.append(np.append(0.0, np.full(len(sample), np.log(len(candidates) / len(sample)))))
    return Choices(np.stack(terms), np.stack(log_weights)) if len(terms) >= LEAST_TUNE else None


def _report(judged: _Judged, weighed: _Weighed, seed: int) -> dict[str, Any]:
    """Return how each candidate ranks the ``test`` half of a split."""
    stacked = [np.stack([weights[i].weights for weights in weighed.values()]) for i in (0, 1)]
    ranks = np.zeros((len(weighed), len(judged.split.test)))
    for n, held in enumerate(judged.split.test):
        scores = stacked[1 if len(held.history) else 0] @ judged.terms(held, held.history)
        ranks[:, n] = [rank_of(own, held.course, held.history) for own in scores]
    return {
        "choices": len(judged.split.test),
        "without_history": sum(1 for held in judged.split.test if not len(held.history)),
        "cut": judged.split.cut,
        "models": comparison(dict(zip(weighed, ranks, strict=True)), BASELINE, seed),
    }


def chosen(splits: Mapping[str, Any]) -> tuple[Served, str]:
    """Return what to serve by the rule of :func:`learn`, and the code of the reason."""
    told = [name for name in ("by_time", "leave_last_out") if name in splits and splits[name]["choices"] >= LEAST_TEST]
    if not told:
        return "popularity", "too_few_choices"
    gain = {name: splits[name]["models"]["blend"]["gain"] for name in told}
    if gain[told[0]]["low"] <= 0:
        return "popularity", "not_better"
    if any(gain[name]["high"] < 0 for name in told[1:]):
        return "popularity", "worse_elsewhere"
    return "blend", "better"


def parameters_document(parameters: Parameters) -> dict[str, Any]:
    """Return the parameters as plain JSON data."""
    return asdict(parameters)
