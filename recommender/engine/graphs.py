"""What is made once of a compiled graph, and kept as long as the graph is used."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from curriculum_graph.compile import CompiledGraph

Made = TypeVar("Made")
KEPT = 4
"""Graphs whose things are kept: the current release, the one before, and some that are looked at."""


def kept_per_graph(make: Callable[[CompiledGraph], Made]) -> Callable[[CompiledGraph], Made]:
    """Call ``make`` once for each graph (the object, not its content), for the last few graphs."""
    kept: OrderedDict[int, tuple[CompiledGraph, Made]] = OrderedDict()

    @wraps(make)
    def found(graph: CompiledGraph) -> Made:
        known = kept.get(id(graph))
        if known is not None and known[0] is graph:
            return known[1]
        made = make(graph)
        kept[id(graph)] = (graph, made)
        while len(kept) > KEPT:
            kept.popitem(last=False)
        return made

    return found
