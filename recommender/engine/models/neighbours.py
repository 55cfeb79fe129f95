"""Neighbours: courses that the same learners took."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy import sparse

from recommender.engine.features import CourseTable, Csr, FeatureTable
from recommender.engine.interactions import Interactions
from recommender.engine.models.ranker import (
    Float64,
    Int32,
    Ranker,
    State,
    csr_arrays,
    csr_of,
    interaction_matrix,
    moved_columns,
    places,
)

FLOOR = 0.03


class Neighbours(Ranker):
    """Item-based collaborative filtering (Sarwar et al. 2001; Deshpande and Karypis 2004).

    The link from course ``a`` to ``b`` is the number of learners who took both, over ``(n_a + shrinkage)**from_power
    * (n_b + shrinkage)**to_power``; shrinkage keeps a chance meeting of two rare courses from looking like a rule.
    The score is ``log(1 + mean link from the history / FLOOR)``; without history it is 0.

    Parameters
    ----------
    width : how many links are kept of each course.
    shrinkage, from_power, to_power : as above.
    """

    name = "neighbours"
    terms = ("neighbours",)

    def __init__(
        self, width: int = 200, shrinkage: float = 20.0, from_power: float = 0.5, to_power: float = 0.3
    ) -> None:
        self.width = width
        self.shrinkage = shrinkage
        self.from_power = from_power
        self.to_power = to_power

    def fit(self, interactions: Interactions, learner_features: FeatureTable, course_features: CourseTable) -> Self:
        """Count who took both; complexity O(sum over learners of courses taken squared)."""
        taken = interaction_matrix(interactions)
        together = sparse.csr_array(taken.T @ taken)
        together.setdiag(0)
        together.eliminate_zeros()
        count = np.asarray(taken.sum(axis=0), dtype=np.float64).ravel() + self.shrinkage
        before, after = (sparse.diags_array(count**-power) for power in (self.from_power, self.to_power))
        self.course_codes_ = course_features.rows
        self.links_ = strongest(sparse.csr_array(before @ together @ after), self.width)
        return self

    def score_terms(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[1, C]; complexity O(C + history × width)."""
        score = np.zeros(len(self.course_codes_))
        indptr, indices, data = self.links_.indptr, self.links_.indices, self.links_.data
        for course in history:
            part = slice(indptr[course], indptr[course + 1])
            score[indices[part]] += data[part]
        return np.log1p(score / (FLOOR * max(len(history), 1)))[None]

    def aligned(self, course_features: CourseTable) -> Self:
        """Return the links among the courses of another release; a new course has none."""
        where = places(self.course_codes_, course_features.rows)
        other = type(self)(**self.parameters())
        other.course_codes_ = course_features.rows
        columns = moved_columns(self.links_, where)
        other.links_ = sparse.csr_array(moved_columns(sparse.csr_array(columns.T), where).T)
        return other

    def state(self) -> State:
        return State(csr_arrays("links", self.links_), {})

    def restore(self, course_codes: tuple[str, ...], state: State) -> Self:
        self.course_codes_ = course_codes
        self.links_ = csr_of("links", state.arrays, len(course_codes))
        return self


def strongest(matrix: Csr, width: int) -> Csr:
    """Return the ``width`` largest values of each row, ties by column."""
    matrix.sort_indices()
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, row))
    rank = np.arange(len(order)) - matrix.indptr[row]
    kept = np.sort(order[rank < width])
    parts = (matrix.data[kept].astype(np.float32), (row[kept], matrix.indices[kept]))
    return sparse.csr_array(parts, shape=matrix.shape)
