"""How well courses fit a learner by what courses say of themselves, without any model: terms, languages, levels."""

import numpy as np

from curriculum_graph.compile import Bool, Float64, Int32, TermTree
from recommender.engine.eligibility import deepest, row
from recommender.engine.program import Reason, ReasonCode
from recommender.engine.standing import Standing

BASE = 0.5
"""The fit of a course that is open to the learner and neither made for them nor the next level of anything."""

Listing = tuple[ReasonCode, Int32, Int32, Bool, TermTree]


def fit(standing: Standing) -> Float64:
    """Return float64[C] in [0.5, 1]: how closely each course is made for the learner.

    ``0.5 + 0.5 * (a + r + i + l) / 4``. ``a`` compares audiences: the depth of the deepest term that the course lists
    and that is the learner's or an ancestor of it, over the depth of the learner's deepest; 0 where it lists none.
    ``r`` and ``i`` compare regions and industries likewise. ``l`` is 1 for a course that takes a competence to the
    level after the one held, 1/2 for one level further, 1/3 for two, and so on.

    Complexity: linear in the targeting and in what is taught.
    """
    parts = [_depth_share(*listing[1:]) for listing in _listings(standing)]
    share: Float64 = BASE + (1 - BASE) * (np.sum(parts, axis=0) + _nearness(standing)) / (len(parts) + 1)
    return share


def _listings(standing: Standing) -> tuple[Listing, ...]:
    graph, profile = standing.graph, standing.profile
    targeting = graph.courses_for
    return (
        ("fits_audience", targeting.audience_ptr, targeting.audience, profile.audiences, graph.audiences),
        ("fits_region", targeting.region_ptr, targeting.region, profile.regions, graph.regions),
        ("fits_industry", targeting.industry_ptr, targeting.industry, profile.industries, graph.industries),
    )


def _depth_share(pointer: Int32, values: Int32, mask: Bool, tree: TermTree) -> Float64:
    """Return float64[C]: the depth of the deepest match over that of the learner's deepest term."""
    share = np.zeros(len(pointer) - 1)
    depth = np.where(mask, tree.depth, 0)
    filled = np.flatnonzero(np.diff(pointer))
    if len(filled) and depth.any():
        share[filled] = np.maximum.reduceat(depth[values], pointer[filled]) / depth.max()
    return share


def _nearness(standing: Standing) -> Float64:
    """Return float64[C]: how near what each course teaches is to the levels held."""
    graph = standing.graph
    near = np.zeros(len(graph.minutes))
    if not len(graph.teaches):
        return near
    held = np.zeros(len(graph.competence_codes), np.int64)
    for competence, level in standing.holdings.levels.items():
        held[competence] = level
    taught = graph.state_ptr.searchsorted(graph.teaches, side="right") - 1
    gap = graph.teaches - graph.state_ptr[taught] + 1 - held[taught]
    nearness = np.where(gap > 0, 1.0 / np.maximum(gap, 1), 0.0)
    filled = np.flatnonzero(np.diff(graph.teaches_ptr))
    near[filled] = np.maximum.reduceat(nearness, graph.teaches_ptr[filled])
    return near


def fits(standing: Standing, course: int) -> list[Reason]:
    """Return the reasons ``fits_audience``, ``fits_region``, ``fits_industry``, ``fits_language`` that a course has."""
    graph, profile = standing.graph, standing.profile
    reasons = []
    for code, pointer, values, mask, tree in _listings(standing):
        term = deepest(row(pointer, values, course), mask, tree)
        if term is not None:
            reasons.append(Reason(code=code, value=tree.codes[term]))
    rank = profile.language_rank
    spoken = [tag for tag in row(graph.courses_for.language_ptr, graph.courses_for.language, course) if tag in rank]
    if spoken:
        reasons.append(Reason(code="fits_language", value=graph.languages[min(spoken, key=rank.__getitem__)]))
    return reasons
