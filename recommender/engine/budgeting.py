"""Which goals to reach when there are not minutes enough for all: the largest weight within the budget.

A knapsack whose items share parts. Three ways are tried: goals are added while they fit, by weight
per additional minute or by weight alone; and goals are dropped from the program for all of them, the least weight per
minute saved first, until it fits. The best are then improved (minutes saved) and extended while anything
fits, and the best of these is kept.
"""

from collections.abc import Callable, Collection, Sequence

from recommender.engine.closure import goals_reached, prune
from recommender.engine.searching import Key, Search

Rank = Callable[[float, int], float]
Weights = dict[int, float]

FINISHED = 2
"""How many of the ways, the best at first sight, are carried on."""


def within_budget(search: Search, weights: Weights, budget: int, everything: list[int]) -> list[int]:
    """Return courses of at most ``budget`` minutes that reach goals of much weight.

    Parameters
    ----------
    weights : the weight of each goal (fact, each within reach).
    budget : minutes.
    everything : courses that reach all of the goals.

    Complexity: for n goals, O(n²) extractions and O(n²) prunings.
    """
    if search.minutes(everything) <= budget:
        return everything
    starts: list[list[int]] = [
        extended(search, [], weights, budget),
        _extended(search, [], weights, budget, lambda weight, _minutes: weight),
        _reduced(search, everything, weights, budget),
    ]
    promising = sorted(_distinct(starts), key=lambda courses: _rank(search, courses, weights))[:FINISHED]
    finished = [_finished(search, courses, weights, budget) for courses in promising]
    return min(finished, key=lambda courses: _rank(search, courses, weights))


def _rank(search: Search, courses: Sequence[int], weights: Weights) -> tuple[float, Key]:
    """Return what programs within the budget are compared by, the better being the less."""
    weight = sum(weights[goal] for goal in sorted(reached(search, courses, weights)))
    return -round(weight, 9), search.key(courses)


def reached(search: Search, courses: Sequence[int], goals: Collection[int]) -> set[int]:
    """Return those of the goals that the courses reach."""
    return goals_reached(search.prepared, courses, goals, search.held)


def extended(search: Search, courses: list[int], weights: Weights, budget: int) -> list[int]:
    """Return the courses and more, goal by goal, the most weight per further minute first, while they fit."""
    return _extended(search, courses, weights, budget, lambda weight, minutes: weight / minutes)


def _distinct(programs: list[list[int]]) -> list[list[int]]:
    return [list(courses) for courses in dict.fromkeys(tuple(courses) for courses in programs)]


def _finished(search: Search, courses: list[int], weights: Weights, budget: int) -> list[int]:
    """Return the program improved and extended, until neither changes it."""
    while True:
        goals = sorted(reached(search, courses, weights))
        improved = search.improve(_pruned(search, courses, goals), goals, budget)
        courses = extended(search, improved, weights, budget)
        if len(reached(search, courses, weights)) <= len(goals):
            return improved


def _pruned(search: Search, courses: Sequence[int], goals: Collection[int]) -> list[int]:
    return prune(search.prepared, courses, goals, search.held, search.cost)


def _extended(search: Search, courses: list[int], weights: Weights, budget: int, rank: Rank) -> list[int]:
    """Return the courses and more, goal by goal, the best in rank first, while they fit."""
    while True:
        have = reached(search, courses, weights)
        best: tuple[float, float, list[int]] | None = None
        for goal, more in search.extensions(courses, [goal for goal in weights if goal not in have]).items():
            candidate = _pruned(search, [*courses, *more], {*have, goal})
            minutes = search.minutes(candidate)
            if minutes > budget:
                continue
            new = reached(search, candidate, weights) - have
            if not new:
                continue
            gain = sum(weights[other] for other in sorted(new))
            value = rank(gain, max(1, minutes - search.minutes(courses)))
            if best is None or (value, -minutes) > best[:2]:
                best = value, -minutes, candidate
        if best is None:
            return courses
        courses = best[2]


def _reduced(search: Search, courses: list[int], weights: Weights, budget: int) -> list[int]:
    """Return the program with goals dropped, the least weight per minute saved first, until it fits."""
    goals = sorted(reached(search, courses, weights))
    while search.minutes(courses) > budget:
        best: tuple[float, int, list[int]] | None = None
        for goal in goals:
            candidate = _pruned(search, courses, [other for other in goals if other != goal])
            saved = search.minutes(courses) - search.minutes(candidate)
            value = weights[goal] / saved if saved else float("inf")
            if best is None or (value, goal) < best[:2]:
                best = value, goal, candidate
        if best is None:
            return []
        goals.remove(best[1])
        courses = best[2]
    return courses
