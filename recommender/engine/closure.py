"""What a set of courses makes possible, and which of them serve a goal."""

from collections.abc import Collection, Iterable, Sequence

from recommender.engine.planning_graph import PlanningGraph

FactSet = set[int] | frozenset[int]


def is_possible(prepared: PlanningGraph, course: int, facts: FactSet) -> bool:
    """Return whether each group of the course's requirements holds."""
    return not any(facts.isdisjoint(group) for group in prepared.groups[course])


class Closure:
    """The courses of one program, with only the facts that matter to them and to the goals, as bits of integers.

    Parameters
    ----------
    prepared : the graph.
    courses : the courses that may be spoken of.
    goals : facts that are goals and not held before.
    held : the facts held before the program starts.
    """

    def __init__(self, prepared: PlanningGraph, courses: Sequence[int], goals: Collection[int], held: FactSet) -> None:
        open_groups = {
            course: [group for group in prepared.groups[course] if held.isdisjoint(group)] for course in courses
        }
        facts = dict.fromkeys(goals)
        facts.update((fact, None) for groups in open_groups.values() for group in groups for fact in group)
        self._bit = {fact: 1 << place for place, fact in enumerate(facts)}
        self.goals = self.mask(goals)
        self._needs = {course: [self.mask(group) for group in groups] for course, groups in open_groups.items()}
        self._gives = {course: self.mask(prepared.gives[course]) for course in courses}

    def mask(self, facts: Iterable[int]) -> int:
        """Return the bits of the facts, those that do not matter left out."""
        bits = 0
        for fact in facts:
            bits |= self._bit.get(fact, 0)
        return bits

    def take(self, courses: Iterable[int]) -> tuple[list[int], int]:
        """Return those of the courses that can be taken, in an order in which they can, and the facts (bits) then held.

        Complexity: one pass over the courses where they come in such an order, at most one pass for each of them.
        """
        facts = 0
        taken: list[int] = []
        waiting = list(courses)
        while waiting:
            blocked = []
            for course in waiting:
                if all(need & facts for need in self._needs[course]):
                    facts |= self._gives[course]
                    taken.append(course)
                else:
                    blocked.append(course)
            if len(blocked) == len(waiting):
                break
            waiting = blocked
        return taken, facts

    def without(self, courses: Sequence[int], dropped: int) -> tuple[list[int], int]:
        """Return what is left without a course and without the courses that only it makes possible, and the facts."""
        return self.take([course for course in courses if course != dropped])

    def reached(self, courses: Sequence[int]) -> int:
        """Return the goals (bits) that the courses reach."""
        return self.take(courses)[1] & self.goals

    def is_minimal(self, courses: Sequence[int]) -> bool:
        """Return whether every course serves a goal: without it, and what only it makes possible, one is lost."""
        all_reached = self.reached(courses)
        return all(all_reached & ~self.without(courses, course)[1] for course in courses)

    def in_sequence(self, courses: Sequence[int]) -> int | None:
        """Return the goals (bits) reached in exactly this order, or ``None`` where a course comes too early."""
        facts = 0
        for course in courses:
            if not all(need & facts for need in self._needs[course]):
                return None
            facts |= self._gives[course]
        return facts & self.goals


def prune(
    prepared: PlanningGraph, courses: Sequence[int], goals: Collection[int], held: FactSet, cost: Sequence[float]
) -> list[int]:
    """Return the courses less those that serve none of ``goals`` (facts), in an order in which they can be taken.

    A course serves a goal when without it, and without the courses that only it makes possible, fewer goals are
    reached. The costliest is tried first. One round is enough: a course that was needed when more were there is needed
    after.
    """
    closure = Closure(prepared, courses, goals, held)
    kept, facts = closure.take(dict.fromkeys(courses))
    reached = facts & closure.goals
    for course in sorted(kept, key=lambda course: (-cost[course], -course)):
        if course in kept:
            rest, rest_facts = closure.without(kept, course)
            if not reached & ~rest_facts:
                kept = rest
    return kept


def facts_after(prepared: PlanningGraph, courses: Iterable[int], held: FactSet) -> set[int]:
    """Return the facts held after courses that can all be taken."""
    facts = set(held)
    for course in courses:
        facts.update(prepared.gives[course])
    return facts


def goals_reached(prepared: PlanningGraph, courses: Sequence[int], goals: Collection[int], held: FactSet) -> set[int]:
    """Return those of the goals that the courses reach, in whatever order they can be taken."""
    closure = Closure(prepared, courses, goals, held)
    return facts_after(prepared, closure.take(courses)[0], held).intersection(goals)
