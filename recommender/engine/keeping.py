"""What a plan owes to the program before it: which courses are preferred, and in which order they come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum_graph.compile import Bool, Float64
from recommender.engine.closure import FactSet, is_possible
from recommender.engine.ordering import in_order
from recommender.engine.planning_graph import PlanningGraph

KEPT = 1e-2
"""What a course of the program before costs the search, as a share of its price,"""

STARTED = 1e-4
"""and what one costs that the learner has started. Minutes against a budget stay whole."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The courses of the program before, in its order, and those that were started, which come first."""

    kept: tuple[int, ...] = ()
    started: tuple[int, ...] = ()

    def shares(self, courses: int) -> Float64:
        """Return float64[C]: the share of its price that each course costs the search."""
        shares = np.ones(courses)
        shares[list(self.kept)] = KEPT
        shares[list(self.started)] = STARTED
        return shares


def keeping_of(prepared: PlanningGraph, keep: Iterable[str], started: Iterable[str]) -> Keeping:
    """Return the indices of courses; codes that the release does not know are left aside."""
    index = prepared.course_index
    kept = tuple(dict.fromkeys(index[code] for code in keep if code in index))
    begun = dict.fromkeys(index[code] for code in started if code in index)
    return Keeping(kept, (*(course for course in kept if course in begun), *(c for c in begun if c not in kept)))


def among(prepared: PlanningGraph, codes: Collection[str]) -> Bool:
    """Return bool[C]: which courses have these codes."""
    mask = np.zeros(prepared.courses, np.bool_)
    mask[[prepared.course_index[code] for code in codes if code in prepared.course_index]] = True
    return mask


def in_kept_order(
    prepared: PlanningGraph, courses: Sequence[int], held: FactSet, relevance: Float64 | None, keeping: Keeping
) -> list[int]:
    """Return the courses so that each comes when its requirements hold: started, then kept ones as before, then new.

    A course that is new comes right before the first that needs it. A kept one moves only where new courses alone do
    not open what stands before it. What is in this order already stays so. Complexity: quadratic in the courses.
    """
    chosen = set(courses)
    order = [course for course in keeping.kept if course in chosen]
    fresh = [course for course in in_order(prepared, courses, held, relevance) if course not in set(order)]
    for _ in keeping.started or (None,):
        begun = [course for course in (*order, *keeping.started) if course in chosen.intersection(keeping.started)]
        again = _arranged(prepared, [*begun, *order, *fresh], fresh, [*fresh, *order], held)
        if again == order:
            break
        order, fresh = again, []
    return order


def _arranged(
    prepared: PlanningGraph, wanted: Iterable[int], fresh: Sequence[int], everyone: Sequence[int], held: FactSet
) -> list[int]:
    """Return the courses in the order wanted, each right after what it still needs: of the fresh ones, else of all."""
    facts = set(held)
    order: list[int] = []
    for course in dict.fromkeys(wanted):
        if course in order:
            continue
        needed = _needed(prepared, course, [c for c in fresh if c not in order], facts)
        if needed is None:
            needed = _needed(prepared, course, [c for c in everyone if c not in order], facts) or []
        for step in (*needed, course):
            order.append(step)
            facts.update(prepared.gives[step])
    return order


def _needed(prepared: PlanningGraph, course: int, others: Sequence[int], facts: set[int]) -> list[int] | None:
    """Return those of the others that open a course, in an order in which they can be taken; ``None``: they do not."""
    giver = _givers(prepared, [other for other in others if other != course], facts)
    needed: set[int] = set()
    waiting = [course]
    while waiting:
        for group in prepared.groups[waiting.pop()]:
            if not facts.isdisjoint(group):
                continue
            givers = [giver[fact] for fact in group if fact in giver]
            if not givers:
                return None
            first = min(givers)[1]
            if first not in needed:
                needed.add(first)
                waiting.append(first)
    return sorted(needed, key=lambda step: giver[step][0])


def _givers(prepared: PlanningGraph, courses: Sequence[int], held: set[int]) -> dict[int, tuple[int, int]]:
    """Return for each fact that the courses can add the first of them that gives it, with its place among them."""
    facts = set(held)
    giver: dict[int, tuple[int, int]] = {}
    waiting, place = list(courses), 0
    while waiting:
        blocked = []
        for course in waiting:
            if is_possible(prepared, course, facts):
                giver.update((fact, (place, course)) for fact in prepared.gives[course] if fact not in giver)
                facts.update(prepared.gives[course])
                place += 1
            else:
                blocked.append(course)
        if len(blocked) == len(waiting):
            break
        waiting = blocked
    return giver
