"""What a course requires, and after which courses it is best taken.

A requirement always lies on a lower level, or on the same level of a competence that comes earlier in the framework:
no course can wait for itself.
"""

from collections.abc import Mapping

from cms.national.authoring.chance import Chance
from cms.national.authoring.frameworks import qualified
from cms.national.authoring.plan import Plan
from cms.national.authoring.prose import bilingual
from cms.national.authoring.topics import bridges
from curriculum_graph.snapshot import Group, Requirement

NAMED_SHARE = 0.12
MIXED_SHARE = 0.18
ByPlace = Mapping[tuple[str, int], list[Plan]]


def requirements(plan: Plan, by_place: ByPlace, seed: int) -> tuple[Group, ...]:
    """Return the groups of requirements of a course: the level below, and what other competences must bring."""
    topic = plan.topic
    groups = [_level_below(plan, by_place, Chance(seed, "requires", plan.code))] if topic.level > 1 else []
    groups += [
        Group(any_of=(_level(bridge.competence, bridge.level),), rationale=bridge.why)
        for bridge in bridges().get((topic.competence, topic.level), ())
    ]
    return tuple(groups)


def _level(competence: str, level: int) -> Requirement:
    return Requirement(competence=qualified(competence), level=level)


def _level_below(plan: Plan, by_place: ByPlace, chance: Chance) -> Group:
    """Require the level below: as a level, as one of several named courses, or as either."""
    competence, level = plan.topic.competence, plan.topic.level - 1
    held = _level(competence, level)
    below = by_place.get((competence, level), [])
    general = [other for other in below if not other.profile.audiences]
    own = [other for other in below if other.profile.code == plan.profile.code]
    named = tuple(Requirement(course=other.code) for other in (*own, *general))
    draw = chance.number()
    if plan.profile.audiences and general and draw < NAMED_SHARE:
        why = bilingual(
            "Bài học nối tiếp trực tiếp khóa trước; học bản nào cũng được.",
            "This course carries straight on from the one before; either edition will do.",
        )
        return Group(any_of=named, rationale=why)
    if own and draw < NAMED_SHARE + MIXED_SHARE:
        why = bilingual(
            "Đã học khóa trước dành cho mình, hoặc đã đạt bậc liền trước.",
            "The earlier course for the same people, or the level before held already.",
        )
        return Group(any_of=(*(Requirement(course=other.code) for other in own), held), rationale=why)
    return Group(any_of=(held,))


def recommended_after(plan: Plan, by_place: ByPlace, seed: int) -> tuple[str, ...]:
    """Return courses for the same people, one level lower in a neighbouring competence of the domain."""
    topic, chance = plan.topic, Chance(seed, "after", plan.code)
    domain = topic.competence.split(".")[0]
    near = [
        other
        for (competence, level), plans in by_place.items()
        if level == topic.level - 1 and competence != topic.competence and competence.split(".")[0] == domain
        for other in plans
        if other.profile.code == plan.profile.code and other.place is None
    ]
    return tuple(other.code for other in chance.some(near, 2)) if near and chance.happens(0.6) else ()
