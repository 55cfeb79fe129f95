"""The interface of every ranker.

The constructor stores, :meth:`Ranker.fit` works, fitted names end in ``_``. A fitted ranker is bound to the courses
it was fitted with; :meth:`Ranker.aligned` binds it to those of another release. Scores know nothing of learners' ids:
a learner is their features and the courses they took, so a model holds nothing of any one person, and a new learner
is no special case.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommender.engine.features import CourseTable, Csr, FeatureTable
from recommender.engine.interactions import Interactions

Int32 = npt.NDArray[np.int32]
Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class State:
    """What is kept of a fitted ranker: arrays, and lists of names that say what their rows or columns are."""

    arrays: Mapping[str, Array]
    names: Mapping[str, Sequence[str]]


class Ranker(ABC):
    """Scores the courses of one release for a learner; only the order (and, for the blend, the differences) counts."""

    name: ClassVar[str]
    terms: ClassVar[tuple[str, ...]]
    """What :meth:`score_terms` returns, row by row; the blend weighs each term by itself."""

    course_codes_: tuple[str, ...]

    @abstractmethod
    def fit(self, interactions: Interactions, learner_features: FeatureTable, course_features: CourseTable) -> Self:
        """Learn from interactions; rows of the tables are the interactions' learners and courses, in their order."""

    @abstractmethod
    def score_terms(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[len(terms), C] for a learner.

        Parameters
        ----------
        features : the learner's features; names that the model never met are passed over.
        history : int32[H], indices of the courses taken, oldest first; may be empty.
        """

    @abstractmethod
    def aligned(self, course_features: CourseTable) -> Self:
        """Return this ranker bound to the courses of another release; what it learnt stays."""

    @abstractmethod
    def state(self) -> State:
        """Return what :meth:`restore` needs."""

    @abstractmethod
    def restore(self, course_codes: tuple[str, ...], state: State) -> Self:
        """Take on a fitted state (arrays may be read-only and memory-mapped) and return self."""

    def parameters(self) -> dict[str, Any]:
        """Return what the constructor stored."""
        return {key: value for key, value in vars(self).items() if not key.endswith("_")}

    def scores(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[C], higher being better: the sum of the terms."""
        total: Float64 = self.score_terms(features, history).sum(axis=0)
        return total


def csr_arrays(name: str, matrix: Csr) -> dict[str, Array]:
    """Return a sparse matrix as the arrays that :func:`csr_of` takes."""
    return {
        f"{name}_data": matrix.data.astype(np.float32),
        f"{name}_indices": matrix.indices.astype(np.int32),
        f"{name}_indptr": matrix.indptr.astype(np.int32),
    }


def csr_of(name: str, arrays: Mapping[str, Array], columns: int) -> Csr:
    """Return the float32 matrix of ``columns`` columns that :func:`csr_arrays` took apart."""
    parts = (arrays[f"{name}_data"], arrays[f"{name}_indices"], arrays[f"{name}_indptr"])
    return sparse.csr_array(parts, shape=(len(parts[2]) - 1, columns), copy=False)


def places(old: Sequence[str], new: Sequence[str]) -> Int32:
    """Return int32[len(new)]: where each of ``new`` stands in ``old``, -1 where it does not."""
    number = {code: i for i, code in enumerate(old)}
    return np.array([number.get(code, -1) for code in new], dtype=np.int32)


def moved(vector: Array, where: Int32, missing: float = 0.0) -> Float64:
    """Return the values of ``vector`` at ``where``, ``missing`` where that is -1."""
    out = np.full(len(where), missing, dtype=np.float64)
    out[where >= 0] = vector[where[where >= 0]]
    return out


def moved_columns(matrix: Csr, where: Int32) -> Csr:
    """Return float32[rows, len(where)]: column ``j`` is column ``where[j]``, empty where that is -1."""
    known = np.flatnonzero(where >= 0).astype(np.int32)
    parts = (np.ones(len(known), dtype=np.float32), (where[known], known))
    selector: Csr = sparse.csr_array(parts, shape=(matrix.shape[1], len(where)))
    return sparse.csr_array(matrix @ selector).astype(np.float32)


def interaction_matrix(interactions: Interactions, weight: Float64 | None = None) -> Csr:
    """Return float32[L, C] of the interactions' weights (or of other weights, float64[M])."""
    values = (interactions.weight if weight is None else weight).astype(np.float32)
    shape = (len(interactions.learners), len(interactions.course_codes))
    return sparse.csr_array((values, (interactions.learner, interactions.course)), shape=shape)
