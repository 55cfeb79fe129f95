"""Popularity: how often a course is taken, by everyone and by those of the learner's region and audiences."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from recommender.engine.features import GROUP_KINDS, CourseTable, FeatureTable, kind_of
from recommender.engine.interactions import Interactions
from recommender.engine.models.ranker import (
    Float64,
    Int32,
    Ranker,
    State,
    csr_arrays,
    csr_of,
    interaction_matrix,
    moved,
    moved_columns,
    places,
)

DAY = 86_400.0


class Popularity(Ranker):
    """The logarithm of a course's share of all that is taken.

    A group's share is shrunk towards that of the group above it (province, region, everyone) by ``prior``
    interactions, so that a small group says little and a large one speaks for itself: the posterior mean under a
    Dirichlet prior centred on the parent. What region and audience each say beyond everyone's share is added up.

    Parameters
    ----------
    prior : how many interactions the group above counts for.
    half_life_days : the time in which an interaction loses half its weight, counted back from the newest one;
        ``None``: none is lost.
    grouped : whether regions and audiences count.
    """

    name = "popularity"
    terms = ("popularity",)

    def __init__(self, prior: float = 50.0, half_life_days: float | None = None, grouped: bool = True) -> None:
        self.prior = prior
        self.half_life_days = half_life_days
        self.grouped = grouped

    def fit(self, interactions: Interactions, learner_features: FeatureTable, course_features: CourseTable) -> Self:
        """Count; complexity O(interactions × groups of a learner)."""
        weight = interactions.weight
        if self.half_life_days is not None and len(weight):
            age = np.max(interactions.at) - interactions.at
            weight = weight * np.exp2(-age / (self.half_life_days * DAY))
        taken = interaction_matrix(interactions, weight)
        groups = learner_features.columns([self.grouped and kind_of(n) in GROUP_KINDS for n in learner_features.names])
        self.course_codes_ = course_features.rows
        self.total_ = np.asarray(taken.sum(axis=0), dtype=np.float64).ravel()
        self.group_names_ = groups.names
        self.group_total_ = (groups.matrix.T @ taken).tocsr()
        self._index()
        return self

    def _index(self) -> None:
        """Compute what every request needs."""
        self.row_ = {name: i for i, name in enumerate(self.group_names_)}
        self.size_ = np.asarray(self.group_total_.sum(axis=1), dtype=np.float64).ravel()
        self.share_ = (self.total_ + 0.5) / (self.total_.sum() + 0.5 * max(len(self.total_), 1))
        self.log_share_ = np.log(self.share_)

    def _share_in(self, rows: list[int]) -> Float64:
        """Return each course's share in the last of nested groups, float64[C]."""
        share = self.share_.copy()
        indptr = self.group_total_.indptr
        for row in rows:
            part = slice(indptr[row], indptr[row + 1])
            scale = self.size_[row] + self.prior
            share *= self.prior / scale
            share[self.group_total_.indices[part]] += self.group_total_.data[part] / scale
        return share

    def score_terms(self, features: Sequence[str], history: Int32) -> Float64:
        """Return the log shares, float64[1, C]; complexity O(C × groups of the learner)."""
        score = self.log_share_.copy()
        for kind in GROUP_KINDS:
            rows = [self.row_[name] for name in features if kind_of(name) == kind and name in self.row_]
            if rows:
                nested = sorted(rows, key=lambda row: -self.size_[row])  # whoever holds others is at least as large
                score += np.log(self._share_in(nested)) - self.log_share_
        return score[None]

    def aligned(self, course_features: CourseTable) -> Self:
        """Return the counts of the courses of another release; one that nobody met counts none."""
        where = places(self.course_codes_, course_features.rows)
        other = type(self)(**self.parameters())
        other.course_codes_ = course_features.rows
        other.total_ = moved(self.total_, where)
        other.group_names_ = self.group_names_
        other.group_total_ = moved_columns(self.group_total_, where)
        other._index()
        return other

    def state(self) -> State:
        return State({"total": self.total_, **csr_arrays("groups", self.group_total_)}, {"groups": self.group_names_})

    def restore(self, course_codes: tuple[str, ...], state: State) -> Self:
        self.course_codes_ = course_codes
        self.total_ = state.arrays["total"]
        self.group_names_ = tuple(state.names["groups"])
        self.group_total_ = csr_of("groups", state.arrays, len(course_codes))
        self._index()
        return self


class Trending(Popularity):
    """Popularity of late, of everyone: what is taken now says more of the next course than what once was."""

    name = "trending"
    terms = ("trending",)

    def __init__(self, prior: float = 50.0, half_life_days: float | None = 180.0, grouped: bool = False) -> None:
        super().__init__(prior, half_life_days, grouped)
