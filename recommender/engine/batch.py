"""Programs of many learners as arrays: what the planner writes, before anyone reads a document."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import CompiledGraph
from recommender.engine.program import BlockingCode, ReasonCode, SkippedReason, Status, UnmetReason

STATUSES: tuple[Status, ...] = ("complete", "partial", "infeasible")
"""A program's status is an index into these,"""

REASONS: tuple[ReasonCode, ...] = (
    "goal", "prerequisite_of", "fits_audience", "fits_region", "fits_industry", "fits_language", "relevant_to_you",
    "popular_with_similar_learners", "recommended_after", "fits_budget",
)  # fmt: skip
"""a reason's code into these,"""

SOURCES: tuple[SkippedReason, ...] = ("mastered", "completed", "waived")
"""why something was skipped into these,"""

UNMET: tuple[UnmetReason, ...] = (
    "no_course_teaches_it",
    "not_open_to_learner",
    "requirement_unreachable",
    "over_budget",
)
"""why a goal is not reached into these,"""

BLOCKING: tuple[BlockingCode, ...] = (
    "course",
    "competence",
    "audience",
    "region",
    "industry",
    "language",
    "need",
    "megabytes",
    "minutes",
)
"""and what stands in its way into these."""

NONE = -1
"""No course, no competence, no term, no variant."""

THING = np.dtype([("course", "<i4"), ("competence", "<i4"), ("level", "<i4")])
"""A course, or a competence at a level; of what it is not: :data:`NONE`, level 0."""

REASON = np.dtype([("code", "u1"), ("level", "u1"), ("spare", "<u2"), ("competence", "<i4"), ("value", "<i4")])
"""``value`` is a course (``goal``, ``prerequisite_of``, ``recommended_after``), a term of the tree of audiences,
regions or industries, or a language; :data:`NONE` where the code has none."""

BLOCK = np.dtype([("code", "<i4"), ("level", "<i4"), ("course", "<i4"), ("competence", "<i4"), ("value", "<i4")])
"""``value`` is a term, a language, the bit of an accessibility feature, or minutes, as the code says. The megabytes of
a course are looked up."""

ALTERNATIVES = 2
"""How many alternatives a step has at most."""

Structured = npt.NDArray[np.void]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
UInt8 = npt.NDArray[np.uint8]
Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs of ``N`` learners with ``S`` steps in all; ragged lists in compressed rows, as in the compiled graph.

    Attributes
    ----------
    graph : the release that all numbers are indices into.
    status : uint8[N]; ``minutes``: int64[N], the total.
    step_ptr : int64[N + 1]; ``course``: int32[S], in order; ``relevance``: float32[S], NaN without a model.
    alternatives : int32[S, 2], the better first, :data:`NONE` where there is none.
    reason_ptr : int64[S + 1]; ``reasons``: :data:`REASON`.
    variant_ptr : int64[S + 1]; ``variants``: int32, for each module of the step's course, in the graph's order, the
        variant (an index into ``graph.variant_codes``) or :data:`NONE`, the base.
    skipped_ptr : int64[N + 1]; ``skipped``: :data:`THING`; ``skipped_source``: uint8.
    unmet_ptr : int64[N + 1]; ``unmet``: :data:`THING`; ``unmet_reason``: uint8.
    block_ptr : int64[U + 1] for ``U`` unmet goals; ``blocks``: :data:`BLOCK`.
    """

    graph: CompiledGraph = field(repr=False)
    status: UInt8
    minutes: Int64
    step_ptr: Int64
    course: Int32
    relevance: Float32
    alternatives: Int32
    reason_ptr: Int64
    reasons: Structured
    variant_ptr: Int64
    variants: Int32
    skipped_ptr: Int64
    skipped: Structured
    skipped_source: UInt8
    unmet_ptr: Int64
    unmet: Structured
    unmet_reason: UInt8
    block_ptr: Int64
    blocks: Structured

    def __len__(self) -> int:
        return len(self.status)
