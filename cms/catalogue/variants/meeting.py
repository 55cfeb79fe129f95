"""Which variant of a module a learner would meet, asked of what authors write now.

The choice is made by the one implementation that programs are made with (:mod:`recommender.engine`), on a graph of this
one module: nothing here compares variants.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cms.catalogue.interchange.values import TARGETS
from cms.catalogue.models import Module, Variant
from cms.taxonomy.api import Lineage, list_lineages
from curriculum_graph.api import CompiledGraph, compile_graph
from curriculum_graph.snapshot import Course, Snapshot, Term
from curriculum_graph.snapshot import Module as ModuleValue
from curriculum_graph.snapshot import Variant as VariantValue
from recommender.engine.api import Learner, RankedVariant, choose_modules, profile_of, rank_variants

TREES = {"region": "regions", "audience": "audiences", "industry": "industries"}


@dataclass(frozen=True, slots=True)
class World:
    """One module with its variants as arrays, and the terms that these and the learners name, by kind and code."""

    graph: CompiledGraph
    terms: dict[str, dict[str, Lineage]]

    def choose(self, learner: Learner) -> str | None:
        """Return the code of the variant that a learner meets; ``None`` is the base."""
        [[used]] = choose_modules(self.graph, [0], profile_of(self.graph, learner))
        return used.variant

    def rank(self, learner: Learner) -> list[RankedVariant]:
        """Return all variants, the open ones best first."""
        return rank_variants(self.graph, 0, profile_of(self.graph, learner))


def list_shown_variants(module: Module, *, drafts: bool) -> list[Variant]:
    """Return the variants that are live; or, with ``drafts``, all as their newest drafts are, in one query."""
    rows = module.variants.order_by("code").select_related("latest_revision")
    if not drafts:
        return [_of(row, module) for row in rows.filter(live=True)]
    return [_of(_newest(row), module) for row in rows]


def make_world(module: Module, variants: Sequence[Variant], learners: Iterable[Learner]) -> World:
    """Return the module as arrays. A term that nobody knows is one of its own, so that it matches nobody else."""
    known = list(learners)
    named = {
        "region": {learner.region for learner in known if learner.region},
        "audience": {code for learner in known for code in learner.audiences},
        "industry": {code for learner in known for code in learner.industries},
    }
    for kind, field in TREES.items():
        named[kind] |= {code for variant in variants for code in getattr(variant, field)}
    terms = {kind: {term.code: term for term in list_lineages(kind, codes)} for kind, codes in named.items()}
    for kind, codes in named.items():
        terms[kind] |= {code: Lineage(code, None, code) for code in codes - terms[kind].keys()}
    value = ModuleValue(code=module.code, title="", variants=tuple(_value(variant) for variant in variants))
    trees: dict[str, Any] = {
        field: tuple(Term(code=term.code, title=term.title, parent=term.parent) for term in terms[kind].values())
        for kind, field in TREES.items()
    }
    courses = (Course(code="-", title="", minutes=1, modules=(value,)),)
    snapshot = Snapshot(format="curriculum-catalogue/1", courses=courses, **trees)
    return World(compile_graph(snapshot, ""), terms)


def _value(variant: Variant) -> VariantValue:
    targets: dict[str, Any] = {name: tuple(getattr(variant, name)) for name in TARGETS}
    return VariantValue(code=variant.code, megabytes=variant.megabytes, **targets)


def _newest(row: Variant) -> Variant:
    """Return a variant's newest draft without asking the database about the things it names."""
    if not row.has_unpublished_changes or row.latest_revision is None:
        return row
    draft: Variant = Variant.from_serializable_data(row.latest_revision.content, check_fks=False)
    draft.live, draft.has_unpublished_changes = row.live, True
    return draft


def _of(variant: Variant, module: Module) -> Variant:
    variant.module = module
    return variant
