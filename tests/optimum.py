"""The best program by looking at every set of courses: for small catalogues only."""

import datetime as dt
from collections.abc import Callable
from itertools import chain, combinations

from tests.eligibility import Document
from tests.validity import World

Value = tuple[float, float, float]
Relevance = dict[str, float]


def by_minutes(minutes: int, weighed: float) -> tuple[float, float]:
    """The contract's order: fewest minutes, then the highest minutes-weighted mean relevance."""
    return minutes, -weighed / minutes if minutes else 0.0


def balanced(minutes: int, weighed: float) -> tuple[float, float]:
    """Every minute counts one and a half, less half of its relevance."""
    return 1.5 * minutes - 0.5 * weighed, minutes


def value_of(
    world: World, codes: list[str], relevance: Relevance, order: Callable[[int, float], tuple[float, float]]
) -> Value:
    """What a program is worth; the least is the best."""
    reached = world.reached(world.possible(codes))
    weight = sum(world.goals[goal] for goal in sorted(reached))
    minutes = world.minutes(codes)
    first, second = order(minutes, sum(world.courses[c]["minutes"] * relevance.get(c, 1.0) for c in codes))
    return round(-weight, 6), round(first, 6), round(second, 6)


def best_value(
    catalogue: Document,
    learner: Document,
    today: dt.date,
    relevance: Relevance,
    order: Callable[[int, float], tuple[float, float]],
) -> Value:
    """Return the value of the best program there is."""
    world = World(catalogue, learner, today)
    usable = sorted(world.open - world.start.taken)
    budget = learner.get("minutes_budget", float("inf"))
    best = value_of(world, [], relevance, order)
    for subset in chain.from_iterable(combinations(usable, size) for size in range(1, len(usable) + 1)):
        codes = list(subset)
        if world.minutes(codes) <= budget and set(codes) <= world.possible(codes).taken:
            best = min(best, value_of(world, codes, relevance, order))
    return best
