"""Eligibility and variants, read naively from the documents: for the check that is independent of the engine."""

from typing import Any

Document = dict[str, Any]


def chain(terms: list[Document], code: str) -> list[str]:
    """Return a term and its ancestors, the term first."""
    parents = {term["code"]: term.get("parent") for term in terms}
    found: list[str] = []
    current: str | None = code
    while current is not None and current in parents and current not in found:
        found.append(current)
        current = parents[current]
    return found


def with_ancestors(catalogue: Document, kind: str, codes: list[str]) -> set[str]:
    return {ancestor for code in codes for ancestor in chain(catalogue.get(kind, []), code)}


def depth(catalogue: Document, kind: str, code: str) -> int:
    return len(chain(catalogue.get(kind, []), code))


def own_terms(catalogue: Document, learner: Document) -> dict[str, set[str]]:
    return {
        "audiences": with_ancestors(catalogue, "audiences", learner.get("audiences", [])),
        "regions": with_ancestors(catalogue, "regions", [learner["region"]] if "region" in learner else []),
        "industries": with_ancestors(catalogue, "industries", learner.get("industries", [])),
        "languages": set(learner.get("languages", [])),
    }


def is_open(own: dict[str, set[str]], learner: Document, thing: Document) -> bool:
    """Whether a course or a variant is open to a learner of these :func:`own_terms`, as the contract has it."""
    for kind in ("audiences", "regions", "industries", "languages"):
        listed = thing.get(kind, [])
        if listed and not any(code in own[kind] for code in listed):
            return False
    if not set(learner.get("needs", [])) <= set(thing.get("accessibility", [])):
        return False
    if "megabytes" in thing and "max_megabytes" in learner:
        return bool(thing["megabytes"] <= learner["max_megabytes"])
    return True


def specificity(catalogue: Document, learner: Document, variant: Document) -> tuple[Any, ...]:
    """What decides between open variants; the least wins."""
    own = own_terms(catalogue, learner)

    def deepest(kind: str) -> int:
        return max((depth(catalogue, kind, code) for code in variant.get(kind, []) if code in own[kind]), default=0)

    spoken = learner.get("languages", [])
    ranks = [spoken.index(tag) for tag in variant.get("languages", []) if tag in spoken]
    rank = min(ranks, default=len(spoken))
    return -deepest("regions"), -deepest("audiences"), -deepest("industries"), rank, variant["code"]


def expected_modules(catalogue: Document, learner: Document, course: Document) -> list[Document]:
    """The modules of a course with the variant that this learner meets."""
    modules, own = [], own_terms(catalogue, learner)
    for module in course.get("modules", []):
        candidates = [variant for variant in module.get("variants", []) if is_open(own, learner, variant)]
        best = min(candidates, key=lambda variant: specificity(catalogue, learner, variant), default=None)
        modules.append({"module": module["code"], "variant": None if best is None else best["code"]})
    return modules
