"""Which variant of each module a learner meets."""

from collections.abc import Sequence

import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph, TermTree
from recommender.engine.eligibility import Profile, deepest, open_to, row
from recommender.engine.program import StepModule

Specificity = tuple[int, int, int, int, str]


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
