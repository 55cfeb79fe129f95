"""Which courses there are: for each competence and level, the topics and the people that they are written for."""

from dataclasses import dataclass
from itertools import chain, zip_longest

from cms.national.authoring.chance import Chance
from cms.national.authoring.profiles import EVERYONE, Profile, profiles
from cms.national.authoring.taxonomies import Province, provinces
from cms.national.authoring.topics import LEVELS, Topic, competences, topics

GROUPS = ("nguoi-dan", "can-bo", "hoc-sinh-sinh-vien", "nguoi-lao-dong")
LOCAL_UNTIL_LEVEL = 6
LOCAL_SHARE = 0.22


@dataclass(frozen=True)
class Plan:
    """A course to be written: a topic, for somebody, perhaps as a province's own edition."""

    topic: Topic
    profile: Profile
    place: Province | None = None

    @property
    def code(self) -> str:
        """The course's code: competence, level and side of the topic, people, province."""
        end = f"-{self.place.code}" if self.place else ""
        return f"{self.topic.competence}-b{self.topic.level}{self.topic.key}-{self.profile.code}{end}"


def plan_courses(count: int, seed: int) -> list[Plan]:
    """Return ``count`` plans, in the order of the catalogue.

    Every competence and level has its courses for everyone before any has a course for somebody, and lower levels come
    first: however few courses are asked for, what they require is taught.
    """
    places = [(competence, level) for level in LEVELS for competence in competences()]
    queues = [_cell(competence, level, seed) for competence, level in places]
    rounds = zip_longest(*queues)
    plans = [plan for plan in chain.from_iterable(rounds) if plan is not None]
    if count > len(plans):
        plans += _further_editions(plans, count - len(plans))
    chosen = plans[:count]
    order = {place: index for index, place in enumerate(places)}
    return sorted(chosen, key=lambda plan: order[plan.topic.competence, plan.topic.level])


def _cell(competence: str, level: int, seed: int) -> list[Plan]:
    here = topics()[competence, level]
    chance = Chance(seed, "plan", competence, level)
    plans = [Plan(topic, profiles()[EVERYONE]) for topic in here]
    for index, profile in enumerate(_audiences(competence, level, chance)):
        place = _local_edition(profile, level, chance)
        plans.append(Plan(here[index % len(here)], profile, place))
    return plans


def _audiences(competence: str, level: int, chance: Chance) -> list[Profile]:
    """Return the people that a level of a competence is written for, the four groups taking turns."""
    suited = [p for p in profiles().values() if p.code != EVERYONE and p.suits(competence, level)]
    by_group = [chance.shuffled([p for p in suited if p.group == group]) for group in GROUPS]
    by_group[0:0] = [by_group[0][: len(by_group[0]) // 2]]  # citizens are most numerous: two turns in five
    by_group[1] = by_group[1][len(by_group[0]) :]
    return [p for p in chain.from_iterable(zip_longest(*by_group)) if p is not None]


def _local_edition(profile: Profile, level: int, chance: Chance) -> Province | None:
    wanted = chance.happens(LOCAL_SHARE) and level <= LOCAL_UNTIL_LEVEL
    where = homes(profile)
    return chance.weighted(where, [place.inhabitants for place in where]) if wanted else None


def homes(profile: Profile) -> list[Province]:
    """Return the provinces where a profile's people live; all, where it names none."""
    named = set(profile.regions)
    return [p for p in provinces() if not named or p.code in named or p.region in named]


def _further_editions(plans: list[Plan], count: int) -> list[Plan]:
    taken = {plan.code for plan in plans}
    more: list[Plan] = []
    for place in provinces():
        for plan in plans:
            edition = Plan(plan.topic, plan.profile, place)
            general = plan.place is None and plan.profile.audiences
            if general and place in homes(plan.profile) and edition.code not in taken:
                more.append(edition)
            if len(more) == count:
                return more
    raise ValueError(f"at most {len(plans) + len(more)} courses can be written, {len(plans) + count} were asked for")
