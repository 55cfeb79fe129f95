"""Courses that could stand in a step's place, all else unchanged, the program valid and the goals the same."""

from collections.abc import Collection, Sequence
from itertools import islice

from curriculum_graph.compile import Bool
from recommender.engine.closure import Closure, FactSet, facts_after, is_possible
from recommender.engine.planning_graph import PlanningGraph

LIMIT = 2
"""How many alternatives a step names at most: the cheapest."""

CHECKS = 6
"""How many candidates that fit in at first sight are examined for a step."""


class Alternatives:
    """The alternatives to the steps of one program.

    Parameters
    ----------
    prepared : the graph.
    steps : the program's courses, in order.
    goals : all goals (facts) not held before.
    held : the facts held before.
    usable : courses that may be steps (open, not taken).
    cost : what is preferred, the lower the better.
    spare : minutes left in the budget, ``None`` without one.
    """

    def __init__(
        self,
        prepared: PlanningGraph,
        steps: Sequence[int],
        goals: Collection[int],
        held: FactSet,
        usable: Bool,
        cost: Sequence[float],
        *,
        spare: int | None,
    ) -> None:
        self.prepared, self.steps, self.goals, self.held = prepared, list(steps), set(goals), held
        self.usable, self.cost, self.spare = usable, cost, spare
        self.reached = facts_after(prepared, steps, self.held) & self.goals

    def all(self) -> list[tuple[int, ...]]:
        """Return for each step at most :data:`LIMIT` courses that could stand in its place, the cheapest first."""
        fitting = [self._fitting(place) for place in range(len(self.steps))]
        involved = dict.fromkeys([*self.steps, *(course for courses in fitting for course in courses)])
        self._closure = Closure(self.prepared, list(involved), self.goals, self.held)
        return [
            tuple(islice((course for course in courses if self._is_valid(place, course)), LIMIT))
            for place, courses in enumerate(fitting)
        ]

    def _fitting(self, place: int) -> list[int]:
        """Return a few courses that give what the step gives and can come where it comes, the cheapest first."""
        needs = self._needs(place)
        if any(need <= {self.steps[place]} for need in needs):
            return []
        before = facts_after(self.prepared, self.steps[:place], self.held)
        fitting = [course for course in self._providers(needs, place) if is_possible(self.prepared, course, before)]
        return sorted(fitting, key=lambda course: (self.cost[course], course))[:CHECKS]

    def _needs(self, place: int) -> list[set[int]]:
        """Return sets of facts of each of which the course at ``place`` has to give one."""
        facts = facts_after(self.prepared, self.steps[:place], self.held)
        needs: list[set[int]] = []
        for course in self.steps[place + 1 :]:
            needs += [set(group) for group in self.prepared.groups[course] if facts.isdisjoint(group)]
            facts.update(self.prepared.gives[course])
        return needs + [{goal} for goal in self.reached - facts]

    def _providers(self, needs: Sequence[set[int]], place: int) -> list[int]:
        """Return usable courses, not in the program, that give what is needed and fit the budget."""
        least = min(needs, key=lambda need: sum(len(self.prepared.teachers.get(fact, ())) for fact in need))
        minutes = self.prepared.minutes
        limit = None if self.spare is None else self.spare + minutes[self.steps[place]]
        return [
            course
            for course in {course for fact in least for course in self.prepared.providers(fact)}
            if self.usable[course]
            and course not in self.steps
            and (limit is None or minutes[course] <= limit)
            and not any(need.isdisjoint(self.prepared.gives[course]) for need in needs)
        ]

    def _is_valid(self, place: int, course: int) -> bool:
        steps = [*self.steps[:place], course, *self.steps[place + 1 :]]
        if self._closure.in_sequence(steps) != self._closure.mask(self.reached):
            return False
        return len(self._closure.essential(steps)) == len(steps)
