"""The AND/OR network of courses, groups and facts as arrays, and the propagation of costs through it.

A course costs its own weight and, for each group, the cheapest fact of the group; a fact costs what its cheapest
provider costs. This is Knuth's generalisation of Dijkstra's algorithm to directed hypergraphs, known in planning as the
heuristics h_add (the costs of the groups are added) and h_max (the dearest counts). Here it is computed by rounds over
whole arrays, which for networks some ten courses deep is faster than a heap in Python.

Sources: D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6 (1977) 1-5;
B. Bonet, H. Geffner, Planning as heuristic search, Artificial Intelligence 129 (2001) 5-33.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from curriculum_graph.compile import Bool, Float64

Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """``N`` courses of a graph with their groups and what they teach. Facts keep the numbers of the whole graph.

    Attributes
    ----------
    courses : int64[N], the course of the graph that each row stands for, ascending.
    entry_fact : the facts of group ``g`` are ``entry_fact[group_start[g]:group_start[g + 1]]``.
    group_start, group_row : where each group starts, and whose it is; groups are ordered by row.
    with_groups, row_start : the rows that have groups, and the first group of each.
    teach_row, teach_fact : who teaches which fact (the highest of each competence), ordered by fact.
    first_level, levels : the first fact that is a level, and how many levels a competence has.
    """

    courses: Int64
    entry_fact: Int64
    group_start: Int64
    group_row: Int64
    with_groups: Int64
    row_start: Int64
    teach_row: Int64
    teach_fact: Int64
    state_start: Int64
    state_fact: Int64
    first_level: int
    levels: int


def assemble(
    courses: Int64,
    entries: tuple[Int64, Int64],
    group_row: Int64,
    teaches: tuple[Int64, Int64],
    first_level: int,
    levels: int,
) -> Network:
    """Return a network. ``entries`` are fact and group of each entry, ``teaches`` row and fact, ordered by fact."""
    entry_fact, entry_group = entries
    teach_row, teach_fact = teaches
    with_groups, row_start = _starts(group_row)
    state_fact, state_start = _starts(teach_fact)
    return Network(
        courses=courses,
        entry_fact=entry_fact,
        group_start=_starts(entry_group)[1],
        group_row=group_row,
        with_groups=with_groups,
        row_start=row_start,
        teach_row=teach_row,
        teach_fact=teach_fact,
        state_start=state_start,
        state_fact=state_fact,
        first_level=first_level,
        levels=levels,
    )


def _starts(ordered: Int64) -> tuple[Int64, Int64]:
    """Return the distinct values of an ordered array and where each starts."""
    start = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[start], start


def restrict(network: Network, usable: Bool, cost: Float64) -> Network:
    """Return the part with the usable rows (bool[N]), less the groups that hold already (a fact of cost 0) and the
    facts that cannot be reached (of infinite cost). Every remaining group must keep a fact.
    """
    size = np.diff(network.group_start, append=len(network.entry_fact))
    entry_group = np.repeat(np.arange(len(size)), size)
    entry_cost = cost[network.entry_fact]
    group_kept = usable[network.group_row]
    if len(size):
        group_kept &= np.minimum.reduceat(entry_cost, network.group_start) > 0
    entry_kept = group_kept[entry_group] & np.isfinite(entry_cost)
    teach_kept = usable[network.teach_row]
    number = np.cumsum(usable) - 1
    return assemble(
        network.courses[usable],
        (network.entry_fact[entry_kept], (np.cumsum(group_kept) - 1)[entry_group[entry_kept]]),
        number[network.group_row[group_kept]],
        (number[network.teach_row[teach_kept]], network.teach_fact[teach_kept]),
        network.first_level,
        network.levels,
    )


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
    combine = np.maximum if dearest else np.add
    facts = start.copy()
    grid = facts[network.first_level : -1].reshape(-1, network.levels)[:, ::-1]
    while True:
        before = facts.copy()
        rows = weight.copy()
        if len(network.group_start):
            groups = np.minimum.reduceat(facts[network.entry_fact], network.group_start)
            rows[network.with_groups] += combine.reduceat(groups, network.row_start)
        facts[network.courses] = np.minimum(facts[network.courses], rows)
        if len(network.state_start):
            taught = np.minimum.reduceat(rows[network.teach_row], network.state_start)
            facts[network.state_fact] = np.minimum(facts[network.state_fact], taught)
            np.minimum.accumulate(grid, axis=1, out=grid)
        if np.array_equal(before, facts):
            return facts, rows
