"""The problems that planning is measured on: curricula with learners, in families."""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from benchmarks import _planning_instances as instances
from curriculum_graph.compile import CompiledGraph, compile_graph
from curriculum_graph.snapshot import Snapshot
from recommender.engine.learner import Learner

UNIVERSITIES = Path(__file__).resolve().parents[2] / "shared" / "data" / "universities" / "catalogue.json.gz"
NATIONAL_COURSES = 3072
TOP = 8
EDGES = 12
"""So many of the generated people, the first, are cases at the edge."""
MOST_GOALS = 8
FEWEST_LEFT, MOST_LEFT = 0.25, 0.9
"""A budget that binds is between these shares of the minutes that all goals take."""

Document = dict[str, Any]


class Absent(Exception):
    """The data of a family is not here."""


@dataclass(frozen=True)
class Curriculum:
    """A curriculum with learners who have no budget yet."""

    name: str
    document: Document
    graph: CompiledGraph
    learners: list[Document]


def national(count: int) -> Iterator[Curriculum]:
    snapshot = national_snapshot()
    document = msgspec.to_builtins(snapshot)
    yield Curriculum("national", document, compile_graph(snapshot, "national"), national_learners(count))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")  # the package ``cms`` reads settings when imported


@cache
def national_snapshot(courses: int = NATIONAL_COURSES) -> Snapshot:
    from cms.national.authoring.curriculum import generate_curriculum

    return generate_curriculum(courses, seed=1)


def national_learners(count: int, people: int = 2000) -> list[Document]:
    """Return people of the national curriculum, each with one to eight goals of their own.

    Goals are levels above what is held, as in life: mostly one to three above, a few of them a course.
    """
    persons = national_people(min(count, people))
    return [national_learner(persons[number % len(persons)], number) for number in range(count)]


@cache
def national_people(count: int) -> tuple[Learner, ...]:
    from cms.national.authoring.population import generate_learners

    return generate_learners(national_snapshot(), count + EDGES, seed=3)[EDGES:]


def national_learner(person: Learner, number: int) -> Document:
    random = Random(number)
    document: Document = msgspec.to_builtins(person)
    document = {key: value for key, value in document.items() if key not in ("goals", "minutes_budget")}
    held = {entry.competence: entry.level for entry in person.mastered}
    usual = max(held.values(), default=0)
    goals = []
    for name in random.sample(_competences(), random.randint(1, MOST_GOALS)):
        wanted = min(TOP, max(held.get(name, 0), usual // 2) + random.choice([1, 2, 2, 3, 3, 4]))
        goals.append({"competence": name, "level": wanted, "weight": random.choice([1, 1, 1, 2, 3])})
    return {**document, "learner": f"n{number}", "goals": goals, "minutes_per_week": 120}


@cache
def _competences() -> tuple[str, ...]:
    taught = {taught.competence for course in national_snapshot().courses for taught in course.teaches}
    return tuple(sorted(taught))


def universities(count: int) -> Iterator[Curriculum]:
    """Yield the universities' graph with learners whose goals have the most courses behind them."""
    if not UNIVERSITIES.exists():
        raise Absent("the universities' catalogue is not beside the repository")
    document = json.loads(gzip.decompress(UNIVERSITIES.read_bytes()))
    graph = compile_graph(msgspec.convert(document, Snapshot), "universities")
    deep = _deepest(document)[:150]
    random = Random(5)
    learners = []
    for number in range(count):
        goals = random.sample(deep, random.randint(1, MOST_GOALS))
        learners.append(
            {
                "learner": f"u{number}",
                "languages": ["en"],
                "goals": [{"course": code, "weight": random.choice([1, 1, 2, 3])} for code in goals],
                "completed": random.sample(sorted(_requirements(document)), random.choice([0, 0, 5, 15])),
                "minutes_per_week": 600,
            }
        )
    yield Curriculum("universities", document, graph, learners)


def _requirements(document: Document) -> dict[str, list[str]]:
    return {
        course["code"]: [entry["course"] for group in course.get("requires", []) for entry in group["any_of"]]
        for course in document["courses"]
    }


def _deepest(document: Document) -> list[str]:
    requires = _requirements(document)

    def behind(code: str) -> int:
        seen, queue = {code}, [code]
        for course in queue:
            fresh = [other for other in requires[course] if other not in seen]
            seen.update(fresh)
            queue += dict.fromkeys(fresh)
        return len(seen)

    return sorted(requires, key=lambda code: (-behind(code), code))


def random_instances(count: int) -> Iterator[Curriculum]:
    """Yield every listed instance with its share of the learners, an even number: every second has a budget."""
    each = 2 * max(1, -(-count // (2 * len(instances.INSTANCES))))
    for instance in instances.INSTANCES:
        document = instances.catalogue(instance)
        graph = compile_graph(msgspec.convert(document, Snapshot), instance.name)
        yield Curriculum(instance.name, document, graph, instances.learners(instance, document, each))


FAMILIES = {"national": national, "universities": universities, "random": random_instances}
