"""Small catalogues and learners made from a seed: OR groups, levels, cycles, closed courses, variants, odd learners."""

from random import Random
from typing import Any

Document = dict[str, Any]

REGIONS: list[Document] = [
    {"code": "north", "title": "North", "parent": None},
    {"code": "lai-chau", "title": "Lai Châu", "parent": "north"},
    {"code": "muong-te", "title": "Mường Tè", "parent": "lai-chau"},
    {"code": "south", "title": "South"},
]
AUDIENCES = [
    {"code": "citizens", "title": "Citizens"},
    {"code": "farmers", "title": "Farmers", "parent": "citizens"},
    {"code": "older", "title": "Older people", "parent": "citizens"},
    {"code": "servants", "title": "Civil servants"},
]
INDUSTRIES = [{"code": "land", "title": "Land"}, {"code": "rice", "title": "Rice", "parent": "land"}]
LANGUAGES = ["vi", "km", "hmn"]
FEATURES = ["captions", "audio"]
COMPETENCES = {"a:1": 4, "a:2": 4, "b:1": 2}


def _codes(random: Random, terms: list[Document], chance: float) -> list[str]:
    if random.random() > chance:
        return []
    return random.sample([term["code"] for term in terms], random.randint(1, 2))


def _targeting(random: Random, chance: float) -> Document:
    thing: Document = {
        "audiences": _codes(random, AUDIENCES, chance),
        "regions": _codes(random, REGIONS, chance),
        "industries": _codes(random, INDUSTRIES, chance / 2),
        "accessibility": random.sample(FEATURES, random.choice([0, 1, 2, 2])),
    }
    if random.random() < chance:
        thing["languages"] = random.sample(LANGUAGES, random.randint(1, 2))
    if random.random() < chance:
        thing["megabytes"] = random.choice([1, 5, 20])
    return {key: value for key, value in thing.items() if value}


def _level(random: Random) -> Document:
    competence = random.choice(list(COMPETENCES))
    return {"competence": competence, "level": random.randint(1, COMPETENCES[competence])}


def _entry(random: Random, courses: list[str]) -> Document:
    return {"course": random.choice(courses)} if random.random() < 0.6 else _level(random)


def _module(random: Random, code: str) -> Document:
    variants = [{"code": f"v{n}", "markdown": "…", **_targeting(random, 0.6)} for n in range(random.randint(0, 4))]
    return {"code": code, "title": code, "markdown": "…", "variants": variants}


def _course(random: Random, code: str, courses: list[str], closed: float) -> Document:
    """Return a course that mostly stands on earlier ones: requirements may go round, but not everywhere."""
    earlier = courses if random.random() < 0.15 else courses[: courses.index(code)]
    groups = [
        {"any_of": [_entry(random, earlier or courses) for _ in range(random.choice([1, 1, 2, 3]))]}
        for _ in range(random.choice([0, 1, 1, 2]) if earlier else random.choice([0, 0, 1]))
    ]
    taught = {random.choice(list(COMPETENCES)) for _ in range(random.choice([0, 1, 1, 2]))}
    return {
        "code": code,
        "title": code,
        "minutes": random.choice([10, 20, 30, 45, 60]),
        "teaches": [{"competence": name, "level": random.randint(1, COMPETENCES[name])} for name in sorted(taught)],
        "requires": groups,
        "recommended_after": random.sample(courses, random.choice([0, 0, 1])),
        "modules": [_module(random, f"{code}.{n}") for n in range(random.choice([0, 1, 2]))],
        **_targeting(random, closed),
    }


def catalogue(seed: int, size: int, closed: float = 0.15) -> Document:
    """Return a catalogue of ``size`` courses, of which many are closed to most with a high ``closed``.

    It may have deadlocks: a planner must live with what it is given.
    """
    random = Random(seed)
    courses = [f"c{n}" for n in range(size)]
    return {
        "format": "curriculum-catalogue/1",
        "languages": [{"code": code, "title": code} for code in LANGUAGES],
        "frameworks": [
            {
                "code": name,
                "title": name,
                "levels": levels,
                "competences": [{"code": c, "title": c} for c in COMPETENCES if c.startswith(name)],
            }
            for name, levels in (("a", 4), ("b", 2))
        ],
        "regions": REGIONS,
        "audiences": AUDIENCES,
        "industries": INDUSTRIES,
        "courses": [_course(random, code, courses, closed) for code in courses],
        "programmes": [
            {"code": "basics", "title": "…", "goals": [_goal(random, courses) for _ in range(random.randint(1, 3))]}
        ],
    }


def _goal(random: Random, courses: list[str]) -> Document:
    goal = _entry(random, courses)
    if random.random() < 0.5:
        goal["weight"] = random.choice([0.5, 2, 3])
    return goal


def learner(seed: int, size: int) -> Document:
    """Return a learner for :func:`catalogue` of the same size; any list may be empty, any number missing or 0."""
    random = Random(seed)
    courses = [f"c{n}" for n in range(size)]
    document: Document = {
        "learner": f"learner-{seed}",
        "goals": [_goal(random, courses) for _ in range(random.randint(0, 5))],
        "audiences": _codes(random, AUDIENCES, 0.8),
        "industries": _codes(random, INDUSTRIES, 0.5),
        "languages": random.sample(LANGUAGES, random.choice([0, 1, 2, 3])),
        "needs": random.sample(FEATURES, random.choice([0, 0, 0, 0, 1])),
        "completed": random.sample([*courses, "gone"], random.choice([0, 0, 1, 2])),
        "mastered": [_level(random) for _ in range(random.choice([0, 0, 1, 2]))],
    }
    if random.random() < 0.2:
        document["goals"].append({"programme": "basics", "weight": random.choice([1, 2])})
    if random.random() < 0.7:
        document["region"] = random.choice(REGIONS)["code"]
    if random.random() < 0.3:
        document["max_megabytes"] = random.choice([0, 1, 5, 10])
    if random.random() < 0.4:
        document["minutes_per_week"] = random.choice([7, 30, 60])
    if random.random() < 0.5:
        document["minutes_budget"] = random.choice([0, 20, 45, 60, 90, 120, 180])
    if random.random() < 0.3:
        waiver: Document = {"course": random.choice([*courses, "gone"]), "reason": "…"}
        if random.random() < 0.7:
            waiver["until"] = random.choice(["2026-01-01", "2026-06-01", "2027-01-01"])
        document["waived"] = [waiver]
    return document
