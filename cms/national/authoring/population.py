"""Learners: who they are, what they want and what they know. Invented, one by one, from stated shares.

A learner lives somewhere (provinces by their inhabitants, communes evenly), leads the life of one of the profiles that
courses are written for, and may besides live far from town, belong to a minority, or have a disability. What they want
comes from the programmes of their audiences and from the courses open to them. The first learners are the edges:
without a language, without time, with everything reached, with goals that nobody can reach for them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from cms.national.authoring.aims import Aims
from cms.national.authoring.chance import Chance
from cms.national.authoring.openness import Openness
from cms.national.authoring.plan import homes
from cms.national.authoring.profiles import Profile, profiles
from cms.national.authoring.prose import read_lines
from cms.national.authoring.taxonomies import Province, communes, provinces
from curriculum_graph.snapshot import Snapshot
from recommender.engine.learner import Learner, Need

FAR_SHARE = {"tdmnpb": 0.3, "btb": 0.12, "dhntb-tn": 0.18, "dbscl": 0.1}
MINORITY_SHARE = {"tdmnpb": 0.4, "dhntb-tn": 0.25, "dbscl": 0.12, "dnb": 0.04, "btb": 0.12}
OLDER = "nguoi-cao-tuoi"
Progress = Callable[[int, int], None]


@dataclass
class Person:
    """A learner in the making."""

    profile: Profile
    place: Province
    level: int
    audiences: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


@cache
def _shares() -> tuple[tuple[Profile, float, int], ...]:
    rows = (line.fields(3) for line in read_lines("population.txt"))
    return tuple((profiles()[code], float(weight), int(level)) for code, weight, level in rows)


def generate_learners(
    catalogue: Snapshot, count: int, seed: int, progress: Progress | None = None
) -> tuple[Learner, ...]:
    """Return ``count`` learners of the national curriculum.

    Raises
    ------
    ValueError
        If the catalogue lacks the national taxonomies, or ``count`` is negative.
    """
    if count < 0:
        raise ValueError(f"the number of learners is at least 0, not {count}")
    _check(catalogue)
    aims = Aims(catalogue, Openness(catalogue))
    learners = []
    for number in range(count):
        learners.append(_learner(number, seed, aims))
        if progress is not None:
            progress(number + 1, count)
    return tuple(learners)


def _check(catalogue: Snapshot) -> None:
    regions = {term.code for term in catalogue.regions}
    audiences = {term.code for term in catalogue.audiences}
    wanted = {place.code for place in provinces()} - regions
    wanted |= {code for profile, _, _ in _shares() for code in profile.audiences} - audiences
    if wanted or not catalogue.frameworks:
        missing = ", ".join(sorted(wanted)[:3]) or "frameworks"
        raise ValueError(f"the catalogue is not the national curriculum: it has no {missing}")


def _learner(number: int, seed: int, aims: Aims) -> Learner:
    chance = Chance(seed, "learner", number)
    person = _person(chance)
    base = Learner(
        learner=f"hv-{int(chance.number() * 2**40):010x}-{number:04d}",
        region=_region(person.place, chance),
        audiences=tuple(dict.fromkeys(person.audiences)),
        industries=person.profile.industries[:1] if chance.happens(0.8) else (),
        languages=tuple(person.languages),
        needs=tuple(person.needs),
        max_megabytes=_megabytes(person, chance),
        minutes_per_week=5 * chance.whole(6, 36) if chance.happens(0.85) else None,
        minutes_budget=20 * chance.whole(9, 150) if chance.happens(0.7) else None,
    )
    return aims.give(base, number, person.level, chance)


def _person(chance: Chance) -> Person:
    place = chance.weighted(provinces(), [place.inhabitants for place in provinces()])
    living_here = [share for share in _shares() if place in homes(share[0])]
    profile, _, level = chance.weighted(living_here, [weight for _, weight, _ in living_here])
    person = Person(profile, place, max(0, level + chance.weighted((-1, 0, 1, 2), (2, 5, 2, 1))))
    person.audiences = [chance.pick(profile.audiences)]
    _add_circumstances(person, chance)
    _add_languages(person, chance)
    _add_needs(person, chance)
    return person


def _add_circumstances(person: Person, chance: Chance) -> None:
    citizen = person.profile.group == "nguoi-dan"
    if citizen and chance.happens(FAR_SHARE.get(person.place.region, 0.02)):
        person.audiences.append("nguoi-vung-kho-khan")
    if citizen and person.profile.code != OLDER and chance.happens(0.08):
        person.audiences.append(OLDER)
    if citizen and chance.happens(0.06):
        person.audiences.append("to-cong-nghe-so")
    if person.profile.group in ("can-bo", "nguoi-lao-dong") and chance.happens(0.35):
        person.audiences.append("cha-me-hoc-sinh")
    if chance.happens(0.025):
        person.audiences.append(chance.pick(("nguoi-khiem-thi", "nguoi-khiem-thinh", "nguoi-khuyet-tat-van-dong")))


def _add_languages(person: Person, chance: Chance) -> None:
    person.languages = ["vi"]
    spoken = person.place.languages
    own = person.profile.code in ("dong-bao-vung-cao", "dong-bao-khmer", "gia-lang-truong-ban", "hoc-sinh-noi-tru")
    if spoken and (own or chance.happens(MINORITY_SHARE.get(person.place.region, 0.0))):
        language = chance.pick(spoken)
        person.languages = [language, "vi"] if chance.happens(0.7) else ["vi", language]
        if person.profile.group == "nguoi-dan":
            person.audiences.append("dong-bao-dtts")
            if chance.happens(0.04):
                person.languages = [language]
    if person.level >= 3 and chance.happens(0.4):
        person.languages.append("en")


def _add_needs(person: Person, chance: Chance) -> None:
    audiences = set(person.audiences)
    if "nguoi-khiem-thi" in audiences:
        person.needs.append("screen_reader")
        person.needs += ["audio"] if chance.happens(0.4) else []
    if "nguoi-khiem-thinh" in audiences:
        person.needs.append(chance.pick(("captions", "transcript", "sign_language")))
    if "nguoi-khuyet-tat-van-dong" in audiences and chance.happens(0.6):
        person.needs.append("keyboard")
    if OLDER in audiences and chance.happens(0.2):
        person.needs.append(chance.pick(("easy_read", "audio", "captions")))


def _region(place: Province, chance: Chance) -> str | None:
    draw = chance.number()
    if draw < 0.015:
        return None
    return place.code if draw < 0.12 else chance.pick(communes()[place.code])[0]


def _megabytes(person: Person, chance: Chance) -> float | None:
    far = "nguoi-vung-kho-khan" in person.audiences or person.profile.code == "phu-nu-vung-kho-khan"
    if chance.happens(0.6 if far else 0.08):
        return float(chance.whole(5, 12) if far else chance.whole(10, 30))
    return None
