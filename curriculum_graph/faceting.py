"""Facets: properties of things by which what was found is narrowed, each value with how many things have it.

Values of one facet are alternatives, facets hold together. What is counted for a facet disregards what was chosen in
it: choosing a second value of it shows that many more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from curriculum_graph.snapshot import Framework, Term

Bool = npt.NDArray[np.bool_]
Parents = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Facet:
    """One property of ``N`` things. ``rows`` is bool[V, N]: which of the things have each of the ``V`` values."""

    values: tuple[str, ...]
    rows: Bool


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is left: ``kept`` is bool[N], ``counts`` how many of them have each value, none left out."""

    kept: Bool
    counts: Mapping[str, Mapping[str, int]]


def make_facet(having: Sequence[Collection[str]], parents: Parents | None = None) -> Facet:
    """Return the facet of things from the values that each has; with ``parents`` it has those above them too."""
    parents = parents or {}
    things: dict[str, list[int]] = {}
    for thing, values in enumerate(having):
        for value in values:
            if value in things:
                things[value].append(thing)
            else:
                things[value] = [thing]
    numbers: dict[str, int] = {}
    for value in things:
        for each in _upwards(value, parents):
            numbers.setdefault(each, len(numbers))
    rows = np.zeros((len(numbers), len(having)), np.bool_)
    for value, places in things.items():
        for each in _upwards(value, parents):
            rows[numbers[each], places] = True
    return Facet(tuple(numbers), rows)


def narrow(facets: Mapping[str, Facet], chosen: Mapping[str, Collection[str]], among: Bool) -> Narrowed:
    """Return which of the things in ``among`` have what is chosen, and the counts of all facets.

    Linear in things and values.
    """
    masks = {name: _having(facets[name], values) for name, values in chosen.items() if values and name in facets}
    counts = {}
    for name, facet in facets.items():
        under = among.copy()
        for other, mask in masks.items():
            if other != name:
                under &= mask
        found = (facet.rows & under).sum(axis=1)
        counts[name] = {facet.values[number]: int(found[number]) for number in np.flatnonzero(found)}
    kept = among.copy()
    for mask in masks.values():
        kept &= mask
    return Narrowed(kept, counts)


def parents_of_terms(terms: Sequence[Term]) -> dict[str, str | None]:
    """Return what stands above each term of a tree."""
    return {term.code: term.parent for term in terms}


def parents_of_competences(frameworks: Sequence[Framework]) -> dict[str, str | None]:
    """Return the domain above each competence. Domains stand at the top."""
    above = {each.code: each.domain for framework in frameworks for each in framework.competences}
    return {domain.code: None for framework in frameworks for domain in framework.domains} | above


def _upwards(value: str, parents: Parents) -> list[str]:
    way: list[str] = []
    above: str | None = value
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return way


def _having(facet: Facet, values: Collection[str]) -> Bool:
    numbers = [number for number, value in enumerate(facet.values) if value in values]
    having: Bool = facet.rows[numbers].any(axis=0)
    return having
