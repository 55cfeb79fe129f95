"""Random AND/OR curricula with what makes planning hard, and learners for them, each from a seed.

Every course can be reached: it is first given groups that earlier courses satisfy. Then later courses are put into some
groups as well, so that requirements go round (legally: the earlier way in is still there). Levels build chains, courses
ask for levels of other competences, one course teaches several competences, several courses the same.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

Document = dict[str, Any]

LEVELS = 4
COURSES_PER_COMPETENCE = 12
CROSSED = 0.25
NAMED = 0.25
CYCLES = 0.05
"""In this share of the groups a later course is put."""


@dataclass(frozen=True)
class Instance:
    """``width``: how many entries a group has at most."""

    courses: int
    width: int
    seed: int

    @property
    def name(self) -> str:
        return f"{self.courses} courses, OR up to {self.width}, seed {self.seed}"


INSTANCES = tuple(
    Instance(courses, width, seed) for courses in (100, 300, 1000) for width in (1, 2, 3, 4) for seed in (1, 2)
)


def catalogue(instance: Instance) -> Document:
    random = Random(f"{instance.courses} {instance.width} {instance.seed}")
    competences = [f"f:{n:03}" for n in range(max(2, instance.courses // COURSES_PER_COMPETENCE))]
    taught: dict[str, int] = {}
    courses: list[Document] = []
    for number in range(instance.courses):
        tier = 1 + number * LEVELS // instance.courses
        teaches = _teaches(random, competences, taught, tier)
        requires = _requires(random, instance, number, teaches, taught) if number else []
        courses.append(
            {
                "code": f"c{number:05}",
                "title": "…",
                "minutes": random.randrange(15, 600, 5),
                "teaches": [{"competence": name, "level": level} for name, level in teaches.items()],
                "requires": [{"any_of": group} for group in requires],
            }
        )
        for name, level in teaches.items():
            taught[name] = max(level, taught.get(name, 0))
    _go_round(random, courses)
    named = [{"code": name, "title": "…"} for name in competences]
    frameworks = [{"code": "f", "title": "…", "levels": LEVELS, "competences": named}]
    return {"format": "curriculum-catalogue/1", "frameworks": frameworks, "courses": courses}


def _teaches(random: Random, competences: list[str], taught: dict[str, int], tier: int) -> dict[str, int]:
    """Teach none to two competences at the level of the tier, or as far as the chain goes by now."""
    names = random.sample(competences, min(len(competences), random.choice([0, 1, 1, 1, 1, 2])))
    return {name: min(tier, taught.get(name, 0) + 1) for name in names}


def _requires(
    random: Random, instance: Instance, number: int, teaches: dict[str, int], taught: dict[str, int]
) -> list[list[Document]]:
    groups: list[list[Document]] = []
    for name, level in teaches.items():
        if level > 1:  # the chain of levels
            groups.append([{"competence": name, "level": level - 1}])
    top = max(teaches.values(), default=1)
    below = {name: min(level, top - 1) for name, level in taught.items() if min(level, top - 1) > 0}
    if below and random.random() < CROSSED:
        groups.append([_level(random, below)])
    if random.random() < NAMED:
        groups.append(_any_of(random, instance, number, below))
    return groups


def _level(random: Random, levels: dict[str, int]) -> Document:
    name = random.choice(sorted(levels))
    return {"competence": name, "level": random.randint(1, levels[name])}


def _any_of(random: Random, instance: Instance, number: int, below: dict[str, int]) -> list[Document]:
    near = range(max(0, number - instance.courses // LEVELS), number)
    courses = random.sample(near, min(len(near), random.randint(1, instance.width)))
    group: list[Document] = [{"course": f"c{other:05}"} for other in courses]
    if below and len(group) < instance.width and random.random() < 0.3:
        group.append(_level(random, below))
    return group


def _go_round(random: Random, courses: list[Document]) -> None:
    for number, course in enumerate(courses[:-1]):
        for group in course["requires"]:
            if random.random() < CYCLES:
                later = f"c{random.randrange(number + 1, len(courses)):05}"
                group["any_of"].append({"course": later})


def learners(instance: Instance, document: Document, count: int) -> list[Document]:
    """Return learners with one to three goals in the later half of the curriculum, and a few things held."""
    random = Random(f"learners {instance.courses} {instance.width} {instance.seed}")
    late = document["courses"][len(document["courses"]) // 2 :]
    made: list[Document] = []
    for number in range(count):
        some = random.sample(document["courses"], random.choice([0, 0, 2, 4]))
        made.append(
            {
                "learner": f"{instance.courses}-{instance.width}-{instance.seed}-{number}",
                "goals": [_goal(random, late) for _ in range(random.randint(1, 3))],
                "mastered": [{**taught, "level": 1} for course in some for taught in course["teaches"]],
                "completed": [course["code"] for course in some[:1]],
                "minutes_per_week": 120,
            }
        )
    return made


def _goal(random: Random, late: list[Document]) -> Document:
    course = random.choice(late)
    goal: Document = {"course": course["code"]}
    if course["teaches"] and random.random() < 0.6:
        goal = dict(random.choice(course["teaches"]))
    return {**goal, "weight": random.choice([1, 1, 1, 2, 3])}
