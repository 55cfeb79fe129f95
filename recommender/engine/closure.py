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
        self._groups = {
            course: [group for group in prepared.groups[course] if held.isdisjoint(group)] for course in courses
        }
        facts = dict.fromkeys(goals)
        for groups in self._groups.values():
            for group in groups:
                facts.update(dict.fromkeys(group))
        self._bit = {fact: 1 << place for place, fact in enumerate(facts)}
        self._goal_facts = list(goals)
        self.goals = self.mask(goals)
        self._gifts = {course: [fact for fact in prepared.gives[course] if fact in facts] for course in courses}
        self._needs = {course: [self.mask(group) for group in groups] for course, groups in self._groups.items()}
        self._gives = {course: self.mask(gifts) for course, gifts in self._gifts.items()}

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

    def essential(self, courses: Sequence[int]) -> set[int]:
        """Return the courses that serve a goal, of courses best given in an order in which they can be taken.

        A course serves a goal when without it, and without the courses that only it makes possible, one is lost. All
        courses are looked at together: of each fact, as bits, which courses it cannot do without. A fact cannot do
        without what none of its providers can; a course not without itself and what all facts of one of its groups
        cannot. The greatest solution is found by going round until nothing changes, mostly twice.
        """
        never = 1 << len(courses)  # a fact that keeps this bit cannot be had at all
        everyone = 2 * never - 1
        lean = dict.fromkeys(self._bit, everyone)
        changed = True
        while changed:
            changed = False
            for place, course in enumerate(courses):
                own = 1 << place
                for group in self._groups[course]:
                    shared = everyone
                    for fact in group:
                        shared &= lean[fact]
                    own |= shared
                for fact in self._gifts[course]:
                    if lean[fact] & ~own:
                        lean[fact] &= own
                        changed = True
        needed = 0
        for goal in self._goal_facts:
            if not lean[goal] & never:
                needed |= lean[goal]
        return {course for place, course in enumerate(courses) if needed >> place & 1}

    def reached(self, courses: Sequence[int]) -> int:
        """Return the goals (bits) that the courses reach."""
        return self.take(courses)[1] & self.goals

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
    reached. Of those that serve none, the costliest goes first.
    """
    closure = Closure(prepared, courses, goals, held)
    return _pruned(closure, closure.take(dict.fromkeys(courses))[0], cost)


def prune_if_complete(
    prepared: PlanningGraph, courses: Sequence[int], goals: Collection[int], held: FactSet, cost: Sequence[float]
) -> list[int] | None:
    """Return the same, or ``None`` where the courses do not reach all of the goals."""
    closure = Closure(prepared, courses, goals, held)
    kept, facts = closure.take(dict.fromkeys(courses))
    return None if closure.goals & ~facts else _pruned(closure, kept, cost)


def _pruned(closure: Closure, kept: list[int], cost: Sequence[float]) -> list[int]:
    while idle := set(kept) - closure.essential(kept):
        kept = closure.without(kept, max(idle, key=lambda course: (cost[course], course)))[0]
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
