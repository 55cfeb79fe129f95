"""The last module of many courses: an exercise that goes beyond the lesson."""

from dataclasses import dataclass
from functools import cache

from cms.national.authoring.chance import Chance
from cms.national.authoring.plan import Plan
from cms.national.authoring.profiles import SLOTS
from cms.national.authoring.prose import Bilingual, bilingual, read_blocks
from curriculum_graph.snapshot import Module

SHARED_UNTIL_LEVEL = 2
SHARED_MINUTES = 10
SHARE = {2: 0.35, 4: 0.4, 6: 0.6, 8: 0.8}


@dataclass(frozen=True)
class Project:
    """An exercise of a domain for two neighbouring levels."""

    title: Bilingual
    body: str


@cache
def projects() -> dict[tuple[str, int], Project]:
    """Return the exercises by domain and upper level."""
    found = {}
    for heading, lines in read_blocks("projects.txt"):
        place, vi, en = heading.fields(3)
        domain, levels = place.split()
        body = "\n\n".join(line.text for line in lines).replace("\n\n- ", "\n- ")
        body = body.replace("\n- ", "\n\n- ", 1)
        found[domain, int(levels[-1])] = Project(bilingual(vi, en), body)
    return found


def project_module(plan: Plan, chance: Chance) -> Module | None:
    """Return the last module of a course, if it has one; on low levels it is the same module for a whole domain."""
    topic = plan.topic
    upper = topic.level + topic.level % 2
    if not chance.happens(SHARE[upper]):
        return None
    domain = topic.competence[0]
    project = projects()[domain, upper]
    if topic.level <= SHARED_UNTIL_LEVEL:
        return Module(
            code=f"chung-{domain}-co-ban",
            title=project.title,
            markdown=project.body,
            minutes=SHARED_MINUTES,
            megabytes=0.1,
        )
    return Module(
        code=f"{plan.code}.m4",
        title=bilingual(_filled(project.title["vi"], plan), project.title["en"]),
        markdown=_filled(project.body, plan),
        minutes=10 * topic.level,
        megabytes=0.2,
    )


def _filled(text: str, plan: Plan) -> str:
    for slot in SLOTS:
        text = text.replace("{" + slot + "}", plan.profile.slots[slot])
    return text
