"""Which courses and variants are open to a learner, and what closes them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import FEATURES, Bool, CompiledGraph, Int32, Targeting, TermTree
from recommender.engine.learner import Learner
from recommender.engine.program import BlockingCode

Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Profile:
    """What targeting is compared with: the learner's terms with their ancestors, languages by rank, needs, limit.

    ``audiences``, ``regions``, ``industries`` are bool masks over the terms of each tree, ``languages`` over the tags;
    ``language_rank`` maps a tag's index to its place in the learner's list; ``needs`` is a bit mask.
    """

    audiences: Bool
    regions: Bool
    industries: Bool
    languages: Bool
    language_rank: dict[int, int]
    needs: int
    max_megabytes: float | None


def profile_of(graph: CompiledGraph, learner: Learner) -> Profile:
    """Return the learner's profile on this graph. Terms and tags that the graph does not know match nothing."""
    tags = {tag: index for index, tag in enumerate(graph.languages)}
    rank: dict[int, int] = {}
    for place, tag in enumerate(learner.languages):
        if tag in tags:
            rank.setdefault(tags[tag], place)
    languages = np.zeros(len(graph.languages), np.bool_)
    languages[list(rank)] = True
    return Profile(
        audiences=_with_ancestors(graph.audiences, learner.audiences),
        regions=_with_ancestors(graph.regions, () if learner.region is None else (learner.region,)),
        industries=_with_ancestors(graph.industries, learner.industries),
        languages=languages,
        language_rank=rank,
        needs=sum(1 << FEATURES.index(need) for need in set(learner.needs)),
        max_megabytes=learner.max_megabytes,
    )


def _with_ancestors(tree: TermTree, codes: tuple[str, ...]) -> Bool:
    mask = np.zeros(len(tree.codes), np.bool_)
    wanted = set(codes)
    if not wanted:
        return mask
    for start in [index for index, code in enumerate(tree.codes) if code in wanted]:
        node = start
        while node >= 0 and not mask[node]:
            mask[node] = True
            node = int(tree.parent[node])
    return mask


def open_to(targeting: Targeting, profile: Profile, rows: Int64 | None = None) -> Bool:
    """Return bool[N]: which of the courses (or variants) are open; of ``rows`` only, where they are given.

    Complexity: linear in the targeting that is looked at.
    """
    which = np.arange(len(targeting.accessibility)) if rows is None else rows
    result = (targeting.accessibility[which] & profile.needs) == profile.needs
    for pointer, values, mask in (
        (targeting.audience_ptr, targeting.audience, profile.audiences),
        (targeting.region_ptr, targeting.region, profile.regions),
        (targeting.industry_ptr, targeting.industry, profile.industries),
        (targeting.language_ptr, targeting.language, profile.languages),
    ):
        result &= _matches(pointer, values, mask, which)
    if profile.max_megabytes is not None:
        result &= ~(targeting.megabytes[which] > profile.max_megabytes)  # NaN, not given, is never more
    return np.asarray(result, np.bool_)


def _matches(pointer: Int32, values: Int32, mask: Bool, rows: Int64) -> Bool:
    """Return which of the rows are empty or have a value that the mask holds."""
    start = pointer[rows].astype(np.int64)
    size = pointer[rows + 1] - start
    result: Bool = size == 0
    ends = np.cumsum(size)
    if len(ends) and ends[-1]:
        place = np.repeat(start - (ends - size), size) + np.arange(ends[-1])
        filled = ~result
        result[filled] = np.logical_or.reduceat(mask[values[place]], (ends - size)[filled])
    return result


def row(pointer: Int32, values: Int32, index: int) -> list[int]:
    """Return one row of a ragged list."""
    listed: list[int] = values[pointer[index] : pointer[index + 1]].tolist()
    return listed


def closed_by(graph: CompiledGraph, course: int, profile: Profile) -> list[tuple[BlockingCode, str]]:
    """Return each filter that closes a course to the learner with a value: a listed term, a missing need, the size."""
    return closed_in(graph, graph.courses_for, course, profile)


def closed_in(
    graph: CompiledGraph, targeting: Targeting, index: int, profile: Profile
) -> list[tuple[BlockingCode, str]]:
    """Return the same of one row of the targeting of courses or of variants."""
    closed: list[tuple[BlockingCode, str]] = []
    filters: tuple[tuple[BlockingCode, Int32, Int32, Bool, tuple[str, ...]], ...] = (
        ("audience", targeting.audience_ptr, targeting.audience, profile.audiences, graph.audiences.codes),
        ("region", targeting.region_ptr, targeting.region, profile.regions, graph.regions.codes),
        ("industry", targeting.industry_ptr, targeting.industry, profile.industries, graph.industries.codes),
        ("language", targeting.language_ptr, targeting.language, profile.languages, graph.languages),
    )
    for code, pointer, values, mask, names in filters:
        listed = row(pointer, values, index)
        if listed and not mask[listed].any():
            closed.append((code, names[min(listed)]))
    missing = profile.needs & ~int(targeting.accessibility[index])
    closed += [("need", feature) for bit, feature in enumerate(FEATURES) if missing >> bit & 1]
    megabytes = float(targeting.megabytes[index])
    if profile.max_megabytes is not None and megabytes > profile.max_megabytes:
        closed.append(("megabytes", f"{megabytes:g}"))
    return closed


def deepest(listed: list[int], mask: Bool, tree: TermTree) -> int | None:
    """Return the deepest listed term that matches (the first of equals), or ``None``."""
    matching = [term for term in listed if mask[term]]
    return max(matching, key=lambda term: (int(tree.depth[term]), -term), default=None)
