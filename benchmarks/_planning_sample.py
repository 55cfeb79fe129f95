"""A catalogue of national size and learners for it, made only for measuring planning.

24 competences of 8 levels; for each level 16 courses, for different audiences, some for a region; a level rests on the
level below, often on another competence, sometimes on one of several named courses.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """How large a catalogue is: ``competences`` × ``levels`` × ``per_level`` courses."""

    competences: int = 24
    levels: int = 8
    per_level: int = 16


NATIONAL = Shape()
SMALL = Shape(competences=8, levels=5, per_level=6)


def catalogue(shape: Shape = NATIONAL, seed: int = 1) -> Document:
    random = Random(seed)
    audiences = [{"code": f"g{g}", "title": "…"} for g in range(4)]
    audiences += [{"code": f"g{g}-{n}", "title": "…", "parent": f"g{g}"} for g in range(4) for n in range(4)]
    codes = [term["code"] for term in audiences]
    competences = [{"code": f"f:{n}", "title": "…"} for n in range(shape.competences)]
    return {
        "format": "curriculum-catalogue/1",
        "audiences": audiences,
        "regions": [{"code": f"r{n}", "title": "…"} for n in range(6)],
        "frameworks": [{"code": "f", "title": "…", "levels": shape.levels, "competences": competences}],
        "courses": [
            _course(random, shape, (competence, level, number), codes)
            for competence in range(shape.competences)
            for level in range(1, shape.levels + 1)
            for number in range(shape.per_level)
        ],
    }


def _code(competence: int, level: int, number: int) -> str:
    return f"c{competence:02}-{level}-{number:02}"


def _requirements(random: Random, shape: Shape, competence: int, level: int) -> list[Document]:
    below = {"competence": f"f:{competence}", "level": level - 1}
    groups: list[list[Document]] = [[below]]
    if random.random() < 0.5:
        other = random.randrange(shape.competences)
        groups.append([{"competence": f"f:{other}", "level": random.randint(1, max(1, level - 2))}])
    if random.random() < 0.3:
        others = [
            _code(random.randrange(shape.competences), level - 1, random.randrange(shape.per_level)) for _ in range(3)
        ]
        groups.append([*({"course": code} for code in dict.fromkeys(others)), below])
    return [{"any_of": group} for group in groups]


def _course(random: Random, shape: Shape, place: tuple[int, int, int], audiences: list[str]) -> Document:
    competence, level, number = place
    teaches = [{"competence": f"f:{competence}", "level": level}]
    if random.random() < 0.3:
        second = (competence + random.randint(1, shape.competences - 1)) % shape.competences
        teaches.append({"competence": f"f:{second}", "level": max(1, level - 1)})
    variants = [{"code": f"r{region}", "regions": [f"r{region}"]} for region in range(2)]
    course: Document = {
        "code": _code(*place),
        "title": "…",
        "minutes": random.randrange(60, 600, 15),
        "teaches": teaches,
        "requires": _requirements(random, shape, competence, level) if level > 1 else [],
        "modules": [{"code": f"{_code(*place)}.{n}", "title": "…", "variants": variants} for n in range(3)],
    }
    if number:
        course["audiences"] = random.sample(audiences, random.randint(1, 3))
    if random.random() < 0.1:
        course["regions"] = [f"r{random.randrange(6)}"]
    return course


def learners(count: int, shape: Shape = NATIONAL, seed: int = 2) -> list[Document]:
    """Return learners, every second with a budget that is mostly too small for all goals."""
    random = Random(seed)
    everything = range(shape.competences)
    made: list[Document] = []
    for number in range(count):
        top = shape.levels - 2
        document: Document = {
            "learner": f"l{number}",
            "audiences": [f"g{random.randrange(4)}-{random.randrange(4)}"],
            "region": f"r{random.randrange(6)}",
            "languages": ["vi"],
            "minutes_per_week": 120,
            "goals": [
                {"competence": f"f:{k}", "level": random.randint(2, top), "weight": random.choice([1, 1, 2, 3])}
                for k in random.sample(everything, random.randint(1, 6))
            ],
            "mastered": [
                {"competence": f"f:{k}", "level": random.randint(1, 3)}
                for k in random.sample(everything, random.randint(0, shape.competences // 3))
            ],
        }
        if number % 2:
            document["minutes_budget"] = random.randrange(600, 4200, 300)
        made.append(document)
    return made
