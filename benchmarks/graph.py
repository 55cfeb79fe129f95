"""What checking and compiling a curriculum costs, against networkx on the same requirements.

    python -m benchmarks.graph [--courses 3072] [--seed 1] [--repeat 5]

Makes a curriculum with OR groups and levels, in layers, so that nobody is locked out; the same with a ring of ten.
Prints the best CPU milliseconds of each of ours, and how many times as long networkx takes for the nearest thing that
it has: strongly connected components and simple cycles for deadlocks (which know no AND/OR, so they answer less), and
the transitive closure, which answers from memory as arrays do, on a quarter of the courses (it grows with the square).
Building the networkx graph counts, as building ours does.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import networkx as nx

from curriculum_graph.api import (
    check_snapshot,
    compile_graph,
    depths,
    find_deadlocks,
    load_graph,
    map_courses,
    read_catalogue,
    save_graph,
    write_catalogue,
)
from curriculum_graph.snapshot import (
    FORMAT,
    Competence,
    Course,
    Framework,
    Group,
    LevelOf,
    Module,
    Requirement,
    Snapshot,
    Variant,
)

COMPETENCES = [f"tt02:{domain}.{number}" for domain in range(1, 7) for number in range(1, 5)]


def make(count: int, seed: int) -> Snapshot:
    """Return a curriculum of ``count`` courses in eight levels of 24 competences."""
    chance = random.Random(seed)
    courses: list[Course] = []
    for number in range(count):
        level = 1 + number * 8 // count
        modules = tuple(
            Module(
                code=f"m{number}-{n}", title="t", markdown="x" * 400, variants=(Variant(code="a"), Variant(code="b"))
            )
            for n in range(3)
        )
        courses.append(
            Course(
                code=f"c{number:05}",
                title=f"Course {number}",
                minutes=chance.randrange(20, 180),
                teaches=(LevelOf(competence=chance.choice(COMPETENCES), level=level),),
                requires=tuple(_group(chance, number, level) for _ in range(chance.randrange(3)))
                if number > 300
                else (),
                modules=modules,
            )
        )
    competences = tuple(Competence(code=code, title=code) for code in COMPETENCES)
    return Snapshot(
        format=FORMAT,
        courses=tuple(courses),
        frameworks=(Framework(code="tt02", title="t", levels=8, competences=competences),),
    )


def _group(chance: random.Random, number: int, level: int) -> Group:
    entries = [Requirement(course=f"c{chance.randrange(number):05}") for _ in range(chance.randrange(1, 4))]
    if level > 1 and chance.random() < 0.3:
        entries.append(Requirement(competence=chance.choice(COMPETENCES), level=level - 1))
    return Group(any_of=tuple(entries))


def with_ring(snapshot: Snapshot, size: int) -> list[Course]:
    """Return the courses and a ring of ``size`` more, on which a hundred others wait."""
    ring = [
        Course(
            code=f"r{n}", title="r", minutes=1, requires=(Group(any_of=(Requirement(course=f"r{(n + 1) % size}"),)),)
        )
        for n in range(size)
    ]
    waiting = [
        Course(code=f"w{n}", title="w", minutes=1, requires=(Group(any_of=(Requirement(course="r0"),)),))
        for n in range(100)
    ]
    return [*snapshot.courses, *ring, *waiting]


def drawing(courses: list[Course]) -> nx.DiGraph:
    """Return an arrow from every course named to the course that names it, levels by way of a node of their own."""
    graph = nx.DiGraph()
    for course in courses:
        graph.add_node(course.code)
        for lesson in course.teaches:
            for level in range(1, lesson.level + 1):
                graph.add_edge(course.code, (lesson.competence, level))
        for group in course.requires:
            for entry in group.any_of:
                graph.add_edge(entry.course or (entry.competence, entry.level), course.code)
    return graph


def best(repeat: int, action: Callable[[], object]) -> float:
    """Return the best CPU milliseconds of ``repeat`` runs."""
    found = []
    for _ in range(repeat):
        start = time.process_time()
        action()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def show(name: str, ours: float, peer: str = "", theirs: float | None = None) -> None:
    ratio = "" if theirs is None else f"   {peer} takes {theirs / ours:.1f} times as long"
    print(f"{name:<34} {ours:9.1f} ms{ratio}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--courses", type=int, default=3072)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    snapshot = make(options.courses, options.seed)
    courses, locked = list(snapshot.courses), with_ring(snapshot, 10)

    def components(given: list[Course]) -> list[set[object]]:
        return [part for part in nx.strongly_connected_components(drawing(given)) if len(part) > 1]

    def cycles() -> list[object]:
        return list(islice(nx.simple_cycles(drawing(locked)), 100))

    repeat = options.repeat
    show("deadlocks, none there", best(repeat, lambda: find_deadlocks(courses)), "strongly connected components",
         best(repeat, lambda: components(courses)))  # fmt: skip
    ours = best(repeat, lambda: find_deadlocks(locked))
    show("deadlocks, a ring of ten", ours, "strongly connected components", best(repeat, lambda: components(locked)))
    show("deadlocks, a ring of ten", ours, "simple cycles", best(repeat, cycles))
    show("map and earliest rounds", best(repeat, lambda: depths(map_courses(courses))))
    quarter = make(options.courses // 4, options.seed)
    show("compile a quarter to arrays", best(repeat, lambda: compile_graph(quarter, "r")), "transitive closure",
         best(1, lambda: nx.transitive_closure(drawing(list(quarter.courses)))))  # fmt: skip
    show("all checks of a snapshot", best(repeat, lambda: check_snapshot(snapshot)))
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "catalogue.json"
        write_catalogue(snapshot, file)
        show("read the document", best(repeat, lambda: read_catalogue(file)))
        show("compile to arrays", best(repeat, lambda: compile_graph(snapshot, "r")))
        graph = compile_graph(snapshot, "r")
        show("save the arrays", best(repeat, lambda: save_graph(graph, folder)))
        show("load the arrays", best(repeat, lambda: load_graph(folder)))


if __name__ == "__main__":
    main()
