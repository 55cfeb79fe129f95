"""The hybrid: a factorisation machine over features of learners and courses, served from NumPy arrays."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy import sparse

from recommender.engine.features import CourseTable, FeatureTable, encoded, kind_of
from recommender.engine.interactions import Interactions
from recommender.engine.models.ranker import Float32, Float64, Int32, Ranker, State, interaction_matrix


class Hybrid(Ranker):
    """LightFM with WARP loss: a course is the sum of its features' vectors, a learner likewise.

    ``affinity`` is LightFM's own score of the learner's features, ``q_c · p_u + b_c``, which cold learners have too.
    ``likeness`` is the mean cosine between the course and the courses taken: what the learner did, in place of a
    vector of their own. Learners do have a vector each while training (``learner_identity``), so that courses are
    arranged by who took them; these are thrown away, and nothing of any one person is kept.

    Parameters
    ----------
    dimensions, epochs, learning_rate, seed : see :class:`..hybrid_training.Schedule`.
    learner_identity, course_identity : whether each learner (in training) and each course has a vector of its own.
    """

    name = "hybrid"
    terms = ("affinity", "likeness")

    def __init__(
        self,
        dimensions: int = 32,
        epochs: int = 15,
        learning_rate: float = 0.05,
        seed: int = 0,
        learner_identity: bool = True,
        course_identity: bool = True,
    ) -> None:
        self.dimensions = dimensions
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.seed = seed
        self.learner_identity = learner_identity
        self.course_identity = course_identity

    def _course_columns(self, courses: CourseTable) -> tuple[str, ...]:
        left_out = {"word"} if self.course_identity else {"word", "course"}
        return tuple(name for name in courses.names if kind_of(name) not in left_out)

    def fit(self, interactions: Interactions, learner_features: FeatureTable, course_features: CourseTable) -> Self:
        """Train; complexity as :func:`..hybrid_training.train`."""
        from recommender.engine.models.hybrid_training import Schedule, train

        learners = learner_features.matrix
        if self.learner_identity or not learners.shape[1]:
            identity = sparse.eye_array(learners.shape[0], dtype=np.float32, format="csr")
            learners = sparse.csr_array(sparse.hstack([learners, identity]))
        self.learner_names_ = learner_features.names
        self.course_names_ = self._course_columns(course_features)
        schedule = Schedule(self.dimensions, self.epochs, self.learning_rate, self.seed)
        found = train(
            interaction_matrix(interactions), learners, encoded(course_features, self.course_names_), schedule
        )
        self.learner_vectors_ = found.learner_vectors[: len(self.learner_names_)].copy()
        self.course_feature_vectors_ = found.course_vectors
        self.course_feature_biases_ = found.course_biases
        self._bind(course_features)
        return self

    def _bind(self, courses: CourseTable) -> None:
        matrix = encoded(courses, self.course_names_)
        self.course_codes_ = courses.rows
        self.vectors_: Float32 = (matrix @ self.course_feature_vectors_).astype(np.float32)
        self.biases_: Float32 = (matrix @ self.course_feature_biases_).astype(np.float32)
        self._index()

    def _index(self) -> None:
        length = np.linalg.norm(self.vectors_, axis=1, keepdims=True)
        self.directions_: Float32 = np.divide(self.vectors_, length, out=np.zeros_like(self.vectors_), where=length > 0)
        self.row_ = {name: i for i, name in enumerate(self.learner_names_)}

    def score_terms(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[2, C]; complexity O(C × d)."""
        rows = [self.row_[name] for name in features if name in self.row_]
        out = np.zeros((2, len(self.course_codes_)))
        out[0] = self.vectors_ @ self.learner_vectors_[rows].sum(axis=0) + self.biases_
        if len(history):
            out[1] = self.directions_ @ self.directions_[history].mean(axis=0)
        return out

    def aligned(self, course_features: CourseTable) -> Self:
        """Return the same for another release: a course new to it is the sum of the features that it shares."""
        other = type(self)(**self.parameters())
        other.learner_names_, other.course_names_ = self.learner_names_, self.course_names_
        other.learner_vectors_ = self.learner_vectors_
        other.course_feature_vectors_ = self.course_feature_vectors_
        other.course_feature_biases_ = self.course_feature_biases_
        other._bind(course_features)
        return other

    def state(self) -> State:
        names = ("learner_vectors", "course_feature_vectors", "course_feature_biases", "vectors", "biases")
        arrays = {name: getattr(self, f"{name}_") for name in names}
        return State(arrays, {"learner": self.learner_names_, "course": self.course_names_})

    def restore(self, course_codes: tuple[str, ...], state: State) -> Self:
        self.course_codes_ = course_codes
        for name, array in state.arrays.items():
            setattr(self, f"{name}_", array)
        self.learner_names_, self.course_names_ = tuple(state.names["learner"]), tuple(state.names["course"])
        self._index()
        return self
