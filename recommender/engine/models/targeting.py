"""Targeting: for whom a course says it is, and what it builds on."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy import sparse

from recommender.engine.features import TARGET_KINDS, CourseTable, FeatureTable, kind_of
from recommender.engine.interactions import Interactions
from recommender.engine.models.ranker import Array, Float64, Int32, Ranker, State, csr_arrays, csr_of


class Targeting(Ranker):
    """Four plain facts about a course and a learner, each 0 or more; the blend learns what they are worth.

    ``open`` : the course is open to the learner by audience, region, industry and language (0 or 1).
    ``meant`` : in how many of the four it names the learner's own group.
    ``ready`` : every requirement group is satisfied by a course taken (0 or 1; a course without groups is ready).
    ``continues`` : it has requirements, and the courses taken satisfy all of them (0 or 1).

    These are signs for ranking, not the contract's eligibility, which the planner works out exactly.
    """

    name = "targeting"
    terms = ("open", "meant", "ready", "continues")

    def fit(self, interactions: Interactions, learner_features: FeatureTable, course_features: CourseTable) -> Self:
        """Store the courses' targets and requirements; complexity O(features of all courses)."""
        self.course_codes_ = course_features.rows
        tables = [course_features.columns([kind_of(n) == kind for n in course_features.names]) for kind in TARGET_KINDS]
        self.names_ = {kind: table.names for kind, table in zip(TARGET_KINDS, tables, strict=True)}
        self.targets_ = {kind: table.matrix for kind, table in zip(TARGET_KINDS, tables, strict=True)}
        self.group_course_ = course_features.group_course
        self.options_ = course_features.group_options
        self._index()
        return self

    def _index(self) -> None:
        courses = len(self.course_codes_)
        self.column_ = {kind: {name: i for i, name in enumerate(names)} for kind, names in self.names_.items()}
        self.everyone_ = {kind: np.diff(matrix.indptr) == 0 for kind, matrix in self.targets_.items()}
        self.by_course_ = sparse.csr_array(self.options_.T)
        self.groups_ = np.bincount(self.group_course_, minlength=courses)

    def score_terms(self, features: Sequence[str], history: Int32) -> Float64:
        """Return float64[4, C]; complexity O(C + targets of all courses + groups that the history touches)."""
        out = np.zeros((4, len(self.course_codes_)))
        open_, meant, ready, continues = out
        open_ += 1.0
        for kind in TARGET_KINDS:
            own = np.zeros(len(self.names_[kind]), dtype=np.float32)
            own[[self.column_[kind][name] for name in features if name in self.column_[kind]]] = 1.0
            named = (self.targets_[kind] @ own) > 0
            open_ *= self.everyone_[kind] | named
            meant += named
        left = self.groups_ - self._satisfied(history)
        ready += left == 0
        continues += (left == 0) & (self.groups_ > 0)
        return out

    def _satisfied(self, history: Int32) -> Array:
        """Return how many groups of each course the history satisfies, int[C]."""
        indptr, indices = self.by_course_.indptr, self.by_course_.indices
        touched = [indices[indptr[course] : indptr[course + 1]] for course in history]
        groups = np.unique(np.concatenate(touched)) if touched else np.zeros(0, dtype=np.int32)
        return np.bincount(self.group_course_[groups], minlength=len(self.course_codes_))

    def aligned(self, course_features: CourseTable) -> Self:
        """Return the same facts of another release."""
        return type(self)().fit(_NOTHING, _NOBODY, course_features)

    def state(self) -> State:
        arrays = {"group_course": self.group_course_, **csr_arrays("options", self.options_)}
        for kind, matrix in self.targets_.items():
            arrays |= csr_arrays(kind, matrix)
        return State(arrays, self.names_)

    def restore(self, course_codes: tuple[str, ...], state: State) -> Self:
        self.course_codes_ = course_codes
        self.names_ = {kind: tuple(state.names[kind]) for kind in TARGET_KINDS}
        self.targets_ = {kind: csr_of(kind, state.arrays, len(self.names_[kind])) for kind in TARGET_KINDS}
        self.group_course_ = state.arrays["group_course"]
        self.options_ = csr_of("options", state.arrays, len(course_codes))
        self._index()
        return self


_EMPTY = np.zeros(0, dtype=np.int32)
_NOTHING = Interactions((), (), _EMPTY, _EMPTY, np.zeros(0), np.zeros(0))
_NOBODY = FeatureTable((), (), sparse.csr_array((0, 0), dtype=np.float32))
