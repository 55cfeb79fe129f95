"""Cuts that keep courses from merely holding each other up.

Of a set of courses, choose for each one of its needs. The first of the set to be taken has its chosen need satisfied
from outside the set: so none of them is taken without one of the outside providers of the chosen needs (loop formulas
in answer set programming: F. Lin, Y. Zhao, *ASSAT*, Artificial Intelligence 157 (2004) 115–137; cuts of a flow, for
Steiner trees: T. Koch, A. Martin, Networks 32 (1998) 207–232).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from recommender.engine.exact_core import Core, Mask, bits, mask_of

_SCALE = 1_000_000  # maximum_flow works on whole numbers
_LEAST = 0.02
"""Of a course that is taken less than so much, no cut is looked for; nor one that is violated by less."""
_CUTS = 40


@dataclass(frozen=True, slots=True)
class Cut:
    """None of the members without one from outside."""

    members: Mask
    outside: Mask

    def is_tight(self, taken: Mapping[int, float]) -> bool:
        """Return whether a solution would go further without the cut. Places that are not there are not taken."""
        outside = sum(taken.get(place, 0.0) for place in bits(self.outside))
        return any(taken.get(place, 0.0) > outside - 1e-6 for place in bits(self.members))


def unfounded(core: Core, founded: Mask, hanging: Mask) -> list[Cut]:
    """Return a cut for each smallest set of the hanging courses that hold each other up."""
    places = list(bits(hanging))
    lacking = {
        place: min((n for n in core.needs[place] if not n & founded), key=lambda n: (n & hanging).bit_count())
        for place in places
    }
    return [Cut(ring, _outside(lacking, ring)) for ring in _rings(places, {p: lacking[p] & hanging for p in places})]


def _outside(chosen: Mapping[int, Mask], members: Mask) -> Mask:
    outside = 0
    for place in bits(members):
        outside |= chosen[place] & ~members
    return outside


def _rings(places: list[int], support: dict[int, Mask]) -> list[Mask]:
    """Return the strongly connected sets of places that lean on no other."""
    number = {place: row for row, place in enumerate(places)}
    pairs = [(number[place], number[other]) for place in places for other in bits(support[place])]
    rings = [mask_of(places[row] for row in rows) for rows in components(pairs, len(places))]
    return [ring for ring in rings if not any(support[place] & ~ring for place in bits(ring))]


def components(pairs: list[tuple[int, int]], size: int) -> list[list[int]]:
    """Return the strongly connected components of ``size`` nodes."""
    rows = [pair[0] for pair in pairs]
    columns = [pair[1] for pair in pairs]
    graph: csr_array = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size)).tocsr()
    count, label = connected_components(graph, directed=True, connection="strong")
    members: list[list[int]] = [[] for _ in range(count)]
    for node, component in enumerate(label):
        members[component].append(node)
    return members


def violated(core: Core, taken: Mapping[int, float]) -> list[Cut]:
    """Return cuts that a solution violates in which courses are taken in part: as minimal cuts of a flow.

    Each course's chosen need is the one that is least satisfied when support flows from courses without needs.
    """
    chosen = _least_satisfied(core, taken)
    network = _Flow(chosen, taken)
    cuts: list[Cut] = []
    covered = 0
    for place in sorted(chosen, key=lambda place: (-taken[place], place)):
        if taken[place] < _LEAST or covered >> place & 1 or len(cuts) == _CUTS:
            continue
        members = network.cut_off(place)
        if members is None:
            continue
        outside = _outside(chosen, members)
        most = sum(taken[other] for other in bits(outside))
        short = mask_of(member for member in bits(members) if taken[member] > most + _LEAST)
        if short:
            cuts.append(Cut(short, outside))
            covered |= short
    return cuts


def _least_satisfied(core: Core, taken: Mapping[int, float]) -> dict[int, Mask]:
    """Return of each course that has needs the one that is satisfied least."""
    support = dict.fromkeys(taken, 0.0)
    members = {place: [(need, list(bits(need))) for need in core.needs[place]] for place in taken}
    chosen: dict[int, Mask] = {}
    for _ in range(12):
        before = dict(support)
        for place, needs in members.items():
            least = 1.0
            for need, providers in needs:
                flow = sum(support[other] for other in providers)
                if flow < least or place not in chosen:
                    least, chosen[place] = min(flow, least), need
            support[place] = min(taken[place], least)
        if before == support:
            break
    return chosen


class _Flow:
    """Support as a flow: from courses without needs, through each course no more than it is taken."""

    def __init__(self, chosen: Mapping[int, Mask], taken: Mapping[int, float]) -> None:
        self.places = list(taken)
        self.row = {place: 2 * number for number, place in enumerate(self.places)}  # in; the next row: out
        self.source = 2 * len(self.places)
        tails, heads, room = [], [], []
        for place, part in taken.items():
            tails.append(self.row[place])
            heads.append(self.row[place] + 1)
            room.append(round(part * _SCALE))
            for other in bits(chosen[place]) if place in chosen else [None]:
                tails.append(self.source if other is None else self.row[other] + 1)
                heads.append(self.row[place])
                room.append(_SCALE)
        size = self.source + 1
        self.graph: csr_array = coo_array((np.array(room, np.int32), (tails, heads)), shape=(size, size)).tocsr()
        self.taken = taken

    def cut_off(self, place: int) -> Mask | None:
        """Return a set around a place into which less flows than the place is taken, or ``None``."""
        found = maximum_flow(self.graph, self.source, self.row[place])
        if found.flow_value >= (self.taken[place] - _LEAST) * _SCALE:
            return None
        rest: csr_array = csr_array(self.graph - found.flow)
        rest.data[rest.data < 0] = 0
        rest.eliminate_zeros()
        back: Any = csr_array(rest.T)
        near = breadth_first_order(back, self.row[place], directed=True, return_predecessors=False)
        inside = set(near.tolist())
        return mask_of(other for other in self.places if self.row[other] in inside)
