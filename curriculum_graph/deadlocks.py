"""Deadlocks: the smallest sets of courses that lock each other out, each along a shortest loop.

Terms are those of :mod:`curriculum_graph.requirements`. A smallest closed set is strongly connected: draw from each
course an arrow to every provider of one of its blocked groups; an end component of that drawing is closed already.
So the search splits the stuck courses into strongly connected parts, shrinks each part to its closed core, and repeats.
A part in which every course has one blocked group only is a smallest set; where courses have several, one is chosen for
each, and what could be smaller or different must leave out a provider of a choice (see :func:`_exits`).
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from curriculum_graph.requirements import Logic, build_logic, stuck_courses
from curriculum_graph.snapshot import Course

LIMIT = 100
"""Deadlocks reported at once. There can be exponentially many; mending these shows the rest."""

WORK = 2_000_000
"""Courses looked at, over and over, in search of further deadlocks before the search stops: a few seconds."""

Blocked = dict[int, list[int]]
"""The courses of a closed set, and the groups of each that only courses of the set could satisfy."""


@dataclass(frozen=True, slots=True)
class Deadlock:
    """A smallest set of courses that no learner who starts with nothing could ever enter.

    Attributes
    ----------
    courses : all codes of the set: those of the loop in its order, then the others, sorted.
    loop : a shortest way round: each course needs the next, the last one the first (which is not repeated).
    through : for each course of the loop the level by which it needs the next (``tt02:1.1@3``), or ``""`` if directly.
    group : the place, in the requirements of the loop's first course, of the group that is blocked.
    """

    courses: tuple[str, ...]
    loop: tuple[str, ...]
    through: tuple[str, ...]
    group: int


def find_deadlocks(courses: Sequence[Course], *, limit: int = LIMIT) -> list[Deadlock]:
    """Return the deadlocks among ``courses``, the smallest first.

    Parameters
    ----------
    courses : the whole curriculum; a course that is named but not here blocks nobody.
    limit : how many to return at most.

    Returns
    -------
    list of Deadlock
        Every smallest closed set, as long as there are fewer than ``limit``; else at least one from every separate part
        of the stuck courses, as far as ``limit`` reaches.

    Notes
    -----
    Linear in the requirements where there is no deadlock, and where no stuck course has two blocked groups.
    """
    logic = build_logic(courses)
    stuck = stuck_courses(logic)
    if not stuck:
        return []
    found = [_describe(logic, blocked) for blocked in _smallest(logic, stuck, limit)]
    return sorted(found, key=lambda deadlock: (len(deadlock.courses), deadlock.courses))


def _smallest(logic: Logic, stuck: set[int], limit: int) -> list[Blocked]:
    """Return the smallest closed sets within ``stuck``."""
    logic = _without_weaker_groups(logic, stuck)
    found: dict[frozenset[int], Blocked] = {}
    seen: set[frozenset[int]] = set()
    queue: deque[set[int]] = deque([stuck])
    work = WORK
    while queue and len(found) < limit and work > 0:
        courses = queue.popleft()
        work -= len(courses)
        for part in _parts(logic, courses):
            if (key := frozenset(part)) in seen:
                continue
            seen.add(key)
            chosen = _shrink(logic, part)
            found.setdefault(frozenset(chosen), chosen)
            queue.extend(set(part) - {course} for course in sorted({min(chosen)} | _exits(logic, chosen, part)))
    return list(found.values())[:limit]


def _without_weaker_groups(logic: Logic, stuck: set[int]) -> Logic:
    """Drop groups that another group of the course implies: no smallest set needs them."""
    groups = list(logic.groups)
    for course, blocked in closed_core(logic, stuck).items():
        kept: dict[int, set[int]] = {}
        for group in sorted(blocked, key=lambda group: (len(logic.providers(group)), group)):
            providers = logic.providers(group)
            if not any(stronger <= providers for stronger in kept.values()):
                kept[group] = providers
        groups[course] = sorted(kept)
    return replace(logic, groups=groups)


def _parts(logic: Logic, courses: Iterable[int]) -> Iterator[Blocked]:
    """Yield the strongly connected closed sets that hold every smallest closed set within ``courses``."""
    pending = [set(courses)]
    while pending:
        blocked = closed_core(logic, pending.pop())
        for component in _components(logic, blocked):
            if len(component) == len(blocked):
                yield blocked
            else:
                pending.append(component)


def closed_core(logic: Logic, courses: set[int]) -> Blocked:
    """Return the largest closed set within ``courses``. Linear in what these courses require and teach."""
    closed_state: dict[int, bool] = {}
    blocked: Blocked = {
        course: [group for group in logic.groups[course] if _is_closed(logic, group, courses, closed_state)]
        for course in sorted(courses)
    }
    leaving = [course for course, groups in blocked.items() if not groups]
    while leaving:
        course = leaving.pop()
        del blocked[course]
        for group in _opened_by(logic, course, closed_state):
            groups = blocked.get(logic.owner[group], [])
            if group in groups:
                groups.remove(group)
                if not groups:
                    leaving.append(logic.owner[group])
    return blocked


def _is_closed(logic: Logic, group: int, inside: set[int], closed_state: dict[int, bool]) -> bool:
    if logic.is_open[group] or not inside.issuperset(logic.courses[group]):
        return False
    for state in logic.levels[group]:
        if state not in closed_state:
            closed_state[state] = inside.issuperset(logic.teachers[state])
        if not closed_state[state]:
            return False
    return True


def _opened_by(logic: Logic, course: int, closed_state: dict[int, bool]) -> Iterator[int]:
    yield from logic.named_by[course]
    for state in logic.teaches[course]:
        if closed_state.get(state, False):
            closed_state[state] = False
            yield from logic.asked_by[state]


def _components(logic: Logic, blocked: Blocked) -> list[set[int]]:
    """Return the strongly connected parts of a closed set that have a way round, the first course's first."""
    graph = nx.DiGraph()
    drawn: set[int] = set()
    for course, groups in blocked.items():
        for group in groups:
            graph.add_edges_from((course, provider) for provider in logic.courses[group])
            for state in logic.levels[group]:
                # States are nodes too (numbered below zero): a level that many ask and many teach stays linear.
                graph.add_edge(course, -1 - state)
                if state not in drawn:
                    drawn.add(state)
                    graph.add_edges_from((-1 - state, teacher) for teacher in logic.teachers[state])
    parts = [
        {node for node in component if node >= 0}
        for component in nx.strongly_connected_components(graph)
        if len(component) > 1 or any(graph.has_edge(node, node) for node in component)
    ]
    return sorted(parts, key=min)


def _shrink(logic: Logic, part: Blocked) -> Blocked:
    """Return a smallest closed set within ``part``, with the one group of each course that makes it closed."""
    current = part
    while True:
        chosen = {course: [_choice(logic, groups)] for course, groups in current.items()}
        ends = [end for end in _components(logic, chosen) if _is_end(logic, chosen, end)]
        smallest = min(ends, key=lambda end: (len(end), min(end)))
        chosen = {course: chosen[course] for course in sorted(smallest)}
        for course in sorted(_exits(logic, chosen, closed_core(logic, smallest))):
            if smaller := closed_core(logic, smallest - {course}):
                current = smaller
                break
        else:
            return chosen


def _choice(logic: Logic, groups: list[int]) -> int:
    return min(groups, key=lambda group: (len(logic.providers(group)), group))


def _is_end(logic: Logic, chosen: Blocked, component: set[int]) -> bool:
    return all(component >= logic.providers(group) for course in component for group in chosen[course])


def _exits(logic: Logic, chosen: Blocked, blocked: Blocked) -> set[int]:
    """Return courses of which any other closed set that shares a course with ``chosen`` leaves out at least one.

    ``chosen`` is strongly connected by one group of each course. A closed set that shares some of its courses but not
    all has an arrow from a shared course to one left out; so the shared course is blocked by another of its groups.
    It is enough, then, to look at the providers of chosen groups where ``blocked`` offers the course several.
    """
    return {
        provider
        for course, (group,) in chosen.items()
        if len(blocked[course]) > 1
        for provider in logic.providers(group)
    }


def _describe(logic: Logic, chosen: Blocked) -> Deadlock:
    blocked = closed_core(logic, set(chosen))
    arrows = {
        course: {provider: group for group in reversed(groups) for provider in sorted(logic.providers(group))}
        for course, groups in blocked.items()
    }
    loop = shortest_loop(
        {course: sorted(arrows[course], key=logic.codes.__getitem__) for course in arrows}, logic.codes
    )
    following = [*loop[1:], loop[0]]
    others = sorted(logic.codes[course] for course in set(chosen).difference(loop))
    return Deadlock(
        courses=(*(logic.codes[course] for course in loop), *others),
        loop=tuple(logic.codes[course] for course in loop),
        through=tuple(
            _link(logic, arrows[course][needed], needed) for course, needed in zip(loop, following, strict=True)
        ),
        group=logic.position[arrows[loop[0]][following[0]]],
    )


def _link(logic: Logic, group: int, needed: int) -> str:
    if needed in logic.courses[group]:
        return ""
    state = next(state for state in logic.levels[group] if needed in logic.teachers[state])
    return "{}@{}".format(*logic.states[state])


def shortest_loop(arrows: dict[int, list[int]], codes: Sequence[str]) -> list[int]:
    """Return a shortest way round in a strongly connected graph, from its smallest code on.

    Breadth first from every node, no deeper than the best so far: O(N · M) at worst, O(N) for a single ring.
    """
    order = sorted(arrows, key=codes.__getitem__)
    best = next(([node] for node in order if node in arrows[node]), [])
    is_ring = all(len(targets) == 1 for targets in arrows.values())
    for start in order:
        if best and (is_ring or len(best) <= 2):
            break
        best = _loop_from(arrows, start, len(best)) or best
    turn = best.index(min(best, key=codes.__getitem__))
    return best[turn:] + best[:turn]


def _loop_from(arrows: dict[int, list[int]], start: int, bound: int) -> list[int]:
    """Return a shortest loop through ``start`` of fewer than ``bound`` nodes (0: any number), or nothing."""
    came_from: dict[int, int] = {}
    layer, depth = [start], 1
    while layer and (not bound or depth < bound):
        after: list[int] = []
        for node in layer:
            for target in arrows[node]:
                if target == start:
                    path = [node]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if target not in came_from:
                    came_from[target] = node
                    after.append(target)
        layer, depth = after, depth + 1
    return []
