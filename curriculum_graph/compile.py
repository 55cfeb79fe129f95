"""The curriculum as arrays: what planners and rankers compute on.

Every ragged list is stored in compressed rows: ``x_ptr`` (int32, one longer than the rows) and ``x`` (the values of
row ``i`` are ``x[x_ptr[i]:x_ptr[i + 1]]``).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

FEATURES = ("captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard")
"""Accessibility features; feature ``i`` is bit ``1 << i`` of an accessibility mask."""


@dataclass(frozen=True, slots=True)
class TermTree:
    """A tree of regions, audiences or industries. ``T`` terms, sorted by code.

    ``parent`` is int32[T] (-1 for a root); ``depth`` is int32[T], a root being 1.
    """

    codes: tuple[str, ...]
    parent: Int32
    depth: Int32


@dataclass(frozen=True, slots=True)
class Targeting:
    """For whom the ``N`` courses (or variants) are: rows of term indices; an empty row means everyone.

    ``accessibility`` is int32[N] of bit masks over :data:`FEATURES`; ``megabytes`` is float64[N], NaN where not given.
    """

    audience_ptr: Int32
    audience: Int32
    region_ptr: Int32
    region: Int32
    industry_ptr: Int32
    industry: Int32
    language_ptr: Int32
    language: Int32
    accessibility: Int32
    megabytes: Float64


@dataclass(frozen=True, slots=True)
class CompiledGraph:
    """All of a release that planning needs. ``C`` courses, ``K`` competences, ``S`` states, ``G`` groups.

    A *state* is a competence at a level: state ``state_ptr[k] + level - 1`` for competence ``k``; to hold a state is to
    hold every lower one of the same competence.

    Attributes
    ----------
    release : the release's id.
    course_codes : the courses, sorted by code point; a course's index is its place here.
    minutes : int32[C].
    competence_codes : the competences of all frameworks, sorted.
    state_ptr : int32[K + 1].
    teaches_ptr, teaches : int32[C + 1], states taught by each course (the highest of each competence).
    group_ptr : int32[C + 1], the groups of each course are ``group_ptr[c] ... group_ptr[c + 1] - 1``.
    entry_ptr : int32[G + 1], entries of each group.
    entry_course, entry_state : int32[E]; exactly one of the two is not -1.
    after_ptr, after : courses after which each course is recommended (a soft order).
    languages : BCP 47 tags that anything lists, sorted.
    audiences, regions, industries : the trees.
    courses_for : targeting of the courses.
    module_ptr, module_codes : modules of each course, in order (``module_ptr`` int32[C + 1]; one entry per use).
    variant_ptr, variant_codes : variants of each entry of ``module_codes``, sorted by code.
    variants_for : targeting of the variants.
    programme_codes : programmes, sorted.
    goal_ptr, goal_course, goal_state, goal_weight : goals of each programme; one of course and state is -1.
    """

    release: str
    course_codes: tuple[str, ...]
    minutes: Int32
    competence_codes: tuple[str, ...]
    state_ptr: Int32
    teaches_ptr: Int32
    teaches: Int32
    group_ptr: Int32
    entry_ptr: Int32
    entry_course: Int32
    entry_state: Int32
    after_ptr: Int32
    after: Int32
    languages: tuple[str, ...]
    audiences: TermTree
    regions: TermTree
    industries: TermTree
    courses_for: Targeting
    module_ptr: Int32
    module_codes: tuple[str, ...]
    variant_ptr: Int32
    variant_codes: tuple[str, ...]
    variants_for: Targeting
    programme_codes: tuple[str, ...]
    goal_ptr: Int32
    goal_course: Int32
    goal_state: Int32
    goal_weight: Float64
