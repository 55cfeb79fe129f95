"""Which variant of each module a learner meets."""

from curriculum_graph.compile import Bool, CompiledGraph, TermTree
from recommender.engine.eligibility import Profile, deepest, open_to, row
from recommender.engine.program import StepModule

Specificity = tuple[int, int, int, int, str]


def open_variants(graph: CompiledGraph, profile: Profile) -> Bool:
    """Return bool[V]: which variants are open to the learner."""
    return open_to(graph.variants_for, profile)


def choose_modules(graph: CompiledGraph, course: int, profile: Profile, is_open: Bool) -> tuple[StepModule, ...]:
    """Return the modules of a course, each with the most specific variant that is open, or the base.

    Complexity: linear in the variants of the course and their targeting.
    """
    chosen = []
    for module in range(int(graph.module_ptr[course]), int(graph.module_ptr[course + 1])):
        variants = range(int(graph.variant_ptr[module]), int(graph.variant_ptr[module + 1]))
        candidates = [_specificity(graph, variant, profile) for variant in variants if is_open[variant]]
        variant = min(candidates)[-1] if candidates else None
        chosen.append(StepModule(module=graph.module_codes[module], variant=variant))
    return tuple(chosen)


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
