"""Which variant of each module a learner meets, and why not another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph, TermTree
from recommender.engine.eligibility import Profile, closed_in, deepest, open_to, row
from recommender.engine.program import BlockingCode, StepModule

Specificity = tuple[int, int, int, int, str]
Criterion = Literal["region", "audience", "industry", "language", "code"]
CRITERIA: tuple[Criterion, ...] = ("region", "audience", "industry", "language", "code")
"""What open variants are compared by, in this order: the parts of a specificity."""


@dataclass(frozen=True, slots=True)
class RankedVariant:
    """A variant as one learner meets it.

    ``closed_by`` says what closes it, with a value; nothing where it is open. ``specificity``: the less, the more
    specific (depths are negative). ``lost_by`` is the first criterion by which another comes before it, ``None`` for
    what is chosen and for what is closed.
    """

    code: str
    closed_by: tuple[tuple[BlockingCode, str], ...]
    specificity: Specificity
    lost_by: Criterion | None


def rank_variants(graph: CompiledGraph, module: int, profile: Profile) -> list[RankedVariant]:
    """Return all variants of a module (an index into ``module_codes``): the open ones best first, then the closed ones.

    The first one, where it is open, is the one that :func:`choose_modules` chooses; where none is, that is the base.
    """
    opened: list[Specificity] = []
    closed: list[RankedVariant] = []
    for variant in range(int(graph.variant_ptr[module]), int(graph.variant_ptr[module + 1])):
        reasons = tuple(closed_in(graph, graph.variants_for, variant, profile))
        specificity = _specificity(graph, variant, profile)
        if reasons:
            closed.append(RankedVariant(specificity[-1], reasons, specificity, None))
        else:
            opened.append(specificity)
    ranked = [
        RankedVariant(one[-1], (), one, None if place == 0 else _decisive(min(opened), one))
        for place, one in enumerate(sorted(opened))
    ]
    return ranked + closed


def _decisive(best: Specificity, other: Specificity) -> Criterion:
    return next(name for name, one, two in zip(CRITERIA, best, other, strict=True) if one != two)


def choose_modules(graph: CompiledGraph, courses: Sequence[int], profile: Profile) -> list[tuple[StepModule, ...]]:
    """Return for each course its modules, each with the most specific variant that is open, or the base.

    Complexity: linear in the variants of the courses and their targeting.
    """
    modules = [range(int(graph.module_ptr[course]), int(graph.module_ptr[course + 1])) for course in courses]
    variants = [
        variant
        for uses in modules
        for module in uses
        for variant in range(int(graph.variant_ptr[module]), int(graph.variant_ptr[module + 1]))
    ]
    is_open = open_to(graph.variants_for, profile, np.array(variants, np.int64)).tolist()
    opened = {variant for variant, is_one in zip(variants, is_open, strict=True) if is_one}
    return [tuple(_chosen(graph, module, profile, opened) for module in uses) for uses in modules]


def _chosen(graph: CompiledGraph, module: int, profile: Profile, opened: set[int]) -> StepModule:
    variants = range(int(graph.variant_ptr[module]), int(graph.variant_ptr[module + 1]))
    candidates = [_specificity(graph, variant, profile) for variant in variants if variant in opened]
    return StepModule(module=graph.module_codes[module], variant=min(candidates)[-1] if candidates else None)


def _specificity(graph: CompiledGraph, variant: int, profile: Profile) -> Specificity:
    """Return what variants are compared by, the most specific being the least."""
    targeting = graph.variants_for
    region = row(targeting.region_ptr, targeting.region, variant)
    audience = row(targeting.audience_ptr, targeting.audience, variant)
    industry = row(targeting.industry_ptr, targeting.industry, variant)
    languages = row(targeting.language_ptr, targeting.language, variant)
    ranks = [profile.language_rank[tag] for tag in languages if tag in profile.language_rank]
    last = len(profile.language_rank) + max(profile.language_rank.values(), default=0)
    return (
        -_depth(region, profile.regions, graph.regions),
        -_depth(audience, profile.audiences, graph.audiences),
        -_depth(industry, profile.industries, graph.industries),
        min(ranks, default=last),
        graph.variant_codes[variant],
    )


def _depth(listed: list[int], mask: Bool, tree: TermTree) -> int:
    term = deepest(listed, mask, tree)
    return 0 if term is None else int(tree.depth[term])
