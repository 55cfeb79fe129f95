"""Content: courses like those taken, by what they are about."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy import sparse

from recommender.engine.features import CourseTable, Csr, FeatureTable, encoded, kind_of
from recommender.engine.interactions import Interactions
from recommender.engine.models.ranker import Array, Float32, Float64, Int32, Ranker, State, csr_arrays, csr_of

BLOCKS = {
    "topics": ("teaches", "competence", "audience", "region", "industry", "language", "owner", "keyword"),
    "words": ("word",),
}


class Content(Ranker):
    """Cosine between a course and the mean of the courses taken, in two spaces: topics, and words of the title.

    Features weigh by ``log(C / courses that have it)`` (Spärck Jones 1972). Needs no interactions; new courses count.
    """

    name = "content"
    terms = tuple(BLOCKS)

    def fit(self, interactions: Interactions, learner_features: FeatureTable, course_features: CourseTable) -> Self:
        """Weigh the features; complexity O(features of all courses)."""
        self._bind(course_features)
        return self

    def _bind(self, courses: CourseTable) -> None:
        self.course_codes_ = courses.rows
        self.blocks_ = tuple(_normalised(courses, kinds) for kinds in BLOCKS.values())

    def score_terms(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[2, C], each in [0, 1]; complexity O(features of all courses)."""
        out = np.zeros((len(BLOCKS), len(self.course_codes_)))
        if len(history):
            for row, block in zip(out, self.blocks_, strict=True):
                row[:] = block @ _mean_of(block, history)
        return out

    def aligned(self, course_features: CourseTable) -> Self:
        """Return the same for another release: nothing was learnt but its own features' weights."""
        other = type(self)()
        other._bind(course_features)
        return other

    def state(self) -> State:
        arrays: dict[str, Array] = {}
        for name, block in zip(BLOCKS, self.blocks_, strict=True):
            arrays |= {**csr_arrays(name, block), f"{name}_width": np.array([block.shape[1]], dtype=np.int32)}
        return State(arrays, {})

    def restore(self, course_codes: tuple[str, ...], state: State) -> Self:
        self.course_codes_ = course_codes
        self.blocks_ = tuple(csr_of(name, state.arrays, int(state.arrays[f"{name}_width"][0])) for name in BLOCKS)
        return self


def _mean_of(block: Csr, rows: Int32) -> Float32:
    """Return the mean of some rows; making a matrix of them would take longer than all that it is used for."""
    parts = [slice(block.indptr[row], block.indptr[row + 1]) for row in rows]
    columns = np.concatenate([block.indices[part] for part in parts])
    values = np.concatenate([block.data[part] for part in parts])
    total = np.bincount(columns, weights=values, minlength=block.shape[1])
    return np.asarray(total / len(rows), np.float32)


def _normalised(courses: CourseTable, kinds: tuple[str, ...]) -> Csr:
    """Return float32[C, features of these kinds]: weighted, each row of length 1 (or empty)."""
    names = [name for name in courses.names if kind_of(name) in kinds]
    matrix = encoded(courses, names)
    having = np.maximum(np.asarray(matrix.sum(axis=0)).ravel(), 1.0)
    weighted = sparse.csr_array(matrix @ sparse.diags_array(np.log(max(len(courses.rows), 1) / having)))
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ weighted).astype(np.float32)
