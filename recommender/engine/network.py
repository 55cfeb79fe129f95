"""The AND/OR network of courses, groups and facts as arrays, and the propagation of costs through it.

A course costs its own weight and, for each group, the cheapest fact of the group; a fact costs what its cheapest
provider costs. This is Knuth's generalisation of Dijkstra's algorithm to directed hypergraphs, known in planning as the
heuristics h_add (the costs of the groups are added) and h_max (the dearest counts). Here it is computed by rounds over
whole arrays, which for networks some ten courses deep is faster than a heap in Python.

Sources: D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6 (1977) 1-5;
B. Bonet, H. Geffner, Planning as heuristic search, Artificial Intelligence 129 (2001) 5-33.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import Bool, Float64

Int64 = npt.NDArray[np.int64]

CEILING = 1e15
"""No finite cost rises above this. Where courses need two others each, h_add doubles from one to the next, and after a
thousand it would be infinite, which has to mean out of reach."""


@dataclass(frozen=True, slots=True)
class Network:
    """``N`` courses of a graph with their groups and what they teach. Facts keep the numbers of the whole graph.

    Attributes
    ----------
    courses : int64[N], the course of the graph that each row stands for, ascending.
    first : int64[G], the first fact of each group; groups are ordered by row. Most groups have no other.
    many : int64[M], the groups that have several facts, ascending.
    more, more_start : the facts of ``many[i]`` are ``more[more_start[i]:more_start[i + 1]]``.
    group_row : int64[G], whose each group is.
    with_groups, row_start : the rows that have groups, and the first group of each.
    teach_row, teach_fact : who teaches which fact (the highest of each competence), ordered by fact.
    state_fact, state_start : the facts that are taught, and where the teachers of each start.
    first_level, levels : the first fact that is a level, and how many levels a competence has.
    """

    courses: Int64
    first: Int64
    many: Int64
    more: Int64
    more_start: Int64
    group_row: Int64
    with_groups: Int64
    row_start: Int64
    teach_row: Int64
    teach_fact: Int64
    state_fact: Int64
    state_start: Int64
    first_level: int
    levels: int


def assemble(
    courses: Int64,
    groups: tuple[Int64, Int64],
    more: tuple[Int64, Int64],
    teaches: tuple[Int64, Int64],
    first_level: int,
    levels: int,
) -> Network:
    """Return a network.

    ``groups`` are the first fact and the row of each group; ``more`` the group and the fact of all entries of groups
    that have several; ``teaches`` the row and the fact of what is taught. All are ordered as :class:`Network` says.
    """
    with_groups, row_start = _starts(groups[1])
    many, more_start = _starts(more[0])
    state_fact, state_start = _starts(teaches[1])
    return Network(
        courses=courses,
        first=groups[0],
        many=many,
        more=more[1],
        more_start=more_start,
        group_row=groups[1],
        with_groups=with_groups,
        row_start=row_start,
        teach_row=teaches[0],
        teach_fact=teaches[1],
        state_fact=state_fact,
        state_start=state_start,
        first_level=first_level,
        levels=levels,
    )


def _starts(ordered: Int64) -> tuple[Int64, Int64]:
    """Return the distinct values of an ordered array and where each starts."""
    start = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[start], start


def restrict(network: Network, usable: Bool, held: Bool) -> Network:
    """Return the part with the usable rows (bool[N]), less the groups of which a fact is held (bool[F + 1])."""
    kept = usable[network.group_row] & ~held[network.first]
    if len(network.many):
        kept[network.many] &= ~np.logical_or.reduceat(held[network.more], network.more_start)
    more_group = np.repeat(network.many, np.diff(network.more_start, append=len(network.more)))
    more_kept = kept[more_group]
    teach_kept = usable[network.teach_row]
    number = np.cumsum(usable) - 1
    return assemble(
        network.courses[usable],
        (network.first[kept], number[network.group_row[kept]]),
        ((np.cumsum(kept) - 1)[more_group[more_kept]], network.more[more_kept]),
        (number[network.teach_row[teach_kept]], network.teach_fact[teach_kept]),
        network.first_level,
        network.levels,
    )


def leading_to(network: Network, facts: Iterable[int], size: int) -> Bool:
    """Return bool[N]: the rows that can have a part in reaching the facts, of ``size`` facts in all.

    What a propagation finds for these facts, and for all that they need, is the same without the other rows.
    Complexity: the depth of the network times its size.
    """
    wanted = np.zeros(size, np.bool_)
    wanted[list(facts)] = True
    grid = wanted[network.first_level : -1].reshape(-1, network.levels)
    more_group = np.repeat(network.many, np.diff(network.more_start, append=len(network.more)))
    rows = np.zeros(len(network.courses), np.bool_)
    while True:
        np.logical_or.accumulate(grid, axis=1, out=grid)  # who teaches a level teaches those below it
        found = wanted[network.courses]
        found[network.teach_row[wanted[network.teach_fact]]] = True
        if np.array_equal(found, rows):
            return rows
        rows = found
        groups = rows[network.group_row]
        wanted[network.first[groups]] = True
        wanted[network.more[groups[more_group]]] = True


def propagate(network: Network, weight: Float64, start: Float64, *, dearest: bool = False) -> tuple[Float64, Float64]:
    """Return the cost of each fact and of each row.

    Parameters
    ----------
    weight : float64[N], more than 0; infinite where a course cannot be a step.
    start : float64[F + 1], an upper bound of the cost of each fact: 0 where held, infinite where nothing is known.
    dearest : count of a course's groups only the dearest (h_max), not all (h_add).

    Returns
    -------
    facts : float64[F + 1], infinite where a fact cannot be reached.
    rows : float64[N], the cost of taking each course.

    Complexity: the depth of the network times its size.
    """
    facts = start.copy()
    grid = facts[network.first_level : -1].reshape(-1, network.levels)[:, ::-1]
    np.minimum.accumulate(grid, axis=1, out=grid)
    while True:
        rows = _row_costs(network, weight, facts, dearest=dearest)
        before = facts[network.courses]
        facts[network.courses] = own = np.minimum(before, rows)
        changed = not np.array_equal(before, own)
        if len(network.state_start):
            before = facts[network.state_fact]
            taught = np.minimum(before, np.minimum.reduceat(rows[network.teach_row], network.state_start))
            if not np.array_equal(before, taught):
                changed = True
                facts[network.state_fact] = taught
                np.minimum.accumulate(grid, axis=1, out=grid)
        if not changed:
            return facts, rows


def _row_costs(network: Network, weight: Float64, facts: Float64, *, dearest: bool) -> Float64:
    """Return float64[N]: what each row costs when the facts cost so much."""
    rows = weight.copy()
    if len(network.first):
        groups = facts[network.first]
        if len(network.many):
            groups[network.many] = np.minimum.reduceat(facts[network.more], network.more_start)
        combine = np.maximum if dearest else np.add
        rows[network.with_groups] += combine.reduceat(groups, network.row_start)
        high = rows > CEILING
        if high.any():
            rows[high & np.isfinite(rows)] = CEILING
    return rows
