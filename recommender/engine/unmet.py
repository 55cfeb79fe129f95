"""Why goals are not reached, and what stands in the way."""

from collections.abc import Callable, Sequence

from curriculum_graph.compile import Bool, Float64
from recommender.engine.eligibility import Profile, closed_by
from recommender.engine.goals import Target
from recommender.engine.planning_graph import NO_FACT, Facts, PlanningGraph
from recommender.engine.program import Blocking, Unmet, UnmetReason

LIMIT = 5
"""How many things that stand in the way are named at most."""


class Obstacles:
    """Says of goals that are not reached why, by the first reason of the contract's order that applies.

    Parameters
    ----------
    prepared, profile : the graph and the learner on it.
    is_open : bool[C], open to the learner (whether taken or not).
    usable : bool[C], open and not taken.
    cost : float64[F + 1], infinite where the learner can reach a fact by no program.
    missing_minutes : for a fact within reach, the minutes that its goal lacks.
    """

    def __init__(
        self,
        prepared: PlanningGraph,
        profile: Profile,
        is_open: Bool,
        usable: Bool,
        cost: Float64,
        missing_minutes: Callable[[int], int],
    ) -> None:
        self.prepared, self.profile, self.is_open, self.usable = prepared, profile, is_open, usable
        self.cost, self.missing_minutes = cost, missing_minutes

    def explain(self, target: Target) -> Unmet:
        """Return the entry for one goal that is not reached."""
        reason, blocking = self._why(target)
        return Unmet(goal=target.goal, reason=reason, blocking=tuple(blocking))

    def _why(self, target: Target) -> tuple[UnmetReason, list[Blocking]]:
        providers = [] if target.fact == NO_FACT else self.prepared.providers(target.fact)
        if not providers:
            level = Blocking(code="competence", competence=target.goal.competence, level=target.goal.level)
            return "no_course_teaches_it", [level]
        if not any(self.is_open[course] for course in providers):
            return "not_open_to_learner", self._filters(providers)
        if self.cost[target.fact] == float("inf"):
            return "requirement_unreachable", self._roots(target.fact)
        return "over_budget", [Blocking(code="minutes", minutes=self.missing_minutes(target.fact))]

    def _filters(self, courses: Sequence[int]) -> list[Blocking]:
        """Return the filters that close the courses, those of the course that fewest close first."""
        graph = self.prepared.graph
        closed = sorted(
            ((closed_by(graph, course, self.profile), course) for course in courses[: 8 * LIMIT]),
            key=lambda pair: (len(pair[0]), pair[1]),
        )
        found = [
            Blocking(code=code, course=graph.course_codes[course], value=value)
            for filters, course in closed
            for code, value in filters
        ]
        return found[:LIMIT]

    def _roots(self, fact: int) -> list[Blocking]:
        """Return what the goal founders on: courses that are closed, levels that nobody teaches this learner.

        Where there is none of either (requirements that lean on each other), the places where it goes round.
        """
        roots: dict[int, None] = {}
        rounds: dict[int, None] = {}
        explored: set[int] = set()
        seen, queue = {fact}, [fact]
        for current in queue:
            providers = [course for course in self.prepared.providers(current) if self.usable[course]]
            if not providers:
                roots[current] = None
            fresh = [course for course in providers if course not in explored]
            explored.update(fresh)
            needed = [entry for course in fresh for group in self._out_of_reach(course) for entry in group]
            rounds.update(dict.fromkeys([current] if not fresh else [entry for entry in needed if entry in seen]))
            queue += [entry for entry in dict.fromkeys(needed) if entry not in seen]
            seen.update(needed)
        return [self._blocking(entry) for entry in (roots or rounds)][:LIMIT]

    def _out_of_reach(self, course: int) -> list[Facts]:
        """Return the groups of a course that the learner can satisfy by no program."""
        groups = self.prepared.groups[course]
        return [group for group in groups if all(self.cost[entry] == float("inf") for entry in group)]

    def _blocking(self, fact: int) -> Blocking:
        graph = self.prepared.graph
        if fact < self.prepared.courses:
            return Blocking(code="course", course=graph.course_codes[fact])
        competence, level = self.prepared.competence_level(fact)
        return Blocking(code="competence", competence=graph.competence_codes[competence], level=level)
