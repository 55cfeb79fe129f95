"""Courses: a plan made into a title, a summary, modules, variants and everything a catalogue says of a course."""

from collections.abc import Mapping

from cms.national.authoring import titles, variants
from cms.national.authoring.bodies import practice_blocks, scene, steps_blocks, steps_markdown, understanding
from cms.national.authoring.chance import Chance
from cms.national.authoring.features import accessibility, course_minutes, megabytes, mode, owner, split_minutes
from cms.national.authoring.frameworks import qualified
from cms.national.authoring.items import item_code
from cms.national.authoring.plan import Plan
from cms.national.authoring.projects import project_module
from cms.national.authoring.prose import Bilingual, bilingual, lower_first
from cms.national.authoring.requirements import recommended_after, requirements
from cms.national.authoring.topics import keywords
from curriculum_graph.snapshot import Course, LevelOf, MarkdownBlock, Module, body_fields

LICENCE = "CC-BY-4.0"


def write_course(plan: Plan, by_place: Mapping[tuple[str, int], list[Plan]], seed: int) -> Course:
    """Return the course that a plan asks for."""
    chance = Chance(seed, "course", plan.code)
    topic, people = plan.topic, plan.profile
    minutes = course_minutes(plan, chance)
    taught = mode(plan, chance)
    modules = _modules(plan, minutes, seed)
    return Course(
        code=plan.code,
        title=titles.title(plan, chance),
        summary=titles.summary(plan, minutes, len(modules), taught, chance),
        minutes=minutes,
        megabytes=round(sum(module.megabytes or 0 for module in modules), 1),
        mode=taught,
        owner=owner(plan),
        licence=LICENCE,
        teaches=(LevelOf(competence=qualified(topic.competence), level=topic.level),),
        requires=requirements(plan, by_place, seed),
        recommended_after=recommended_after(plan, by_place, seed),
        audiences=people.audiences,
        regions=(plan.place.code,) if plan.place else people.regions,
        industries=(),
        accessibility=accessibility(plan, chance),
        keywords=_keywords(plan),
        modules=modules,
    )


def _keywords(plan: Plan) -> tuple[str, ...]:
    words = [*keywords()[plan.topic.competence]]
    if plan.profile.audiences:
        words.append(plan.profile.name["vi"])
    if plan.place:
        words += [plan.place.vi, plan.place.product]
    return tuple(words)


def _modules(plan: Plan, minutes: int, seed: int) -> tuple[Module, ...]:
    told = scene(plan, seed)
    chance = Chance(seed, "modules", plan.code)
    project = project_module(plan, chance)
    own = minutes - (project.minutes or 0 if project else 0)
    shares = split_minutes(own, 3)
    variants_of = variants.choose(plan, told, shares, chance)
    question = item_code(plan.topic, chance.whole(1, len(plan.topic.questions))) if plan.topic.questions else None
    bodies = (
        (MarkdownBlock(text=understanding(told)),),
        steps_blocks(told) if chance.happens(0.6) else (MarkdownBlock(text=steps_markdown(told)),),
        practice_blocks(told, question),
    )
    names = _module_names(plan)
    modules = [
        Module(
            code=f"{plan.code}.m{index + 1}",
            title=names[index],
            minutes=shares[index],
            megabytes=megabytes(plan, chance),
            variants=tuple(sorted(variants_of[index], key=lambda variant: variant.code)),
            **body_fields(bodies[index]),
        )
        for index in range(3)
    ]
    return (*modules, project) if project else tuple(modules)


def _module_names(plan: Plan) -> tuple[Bilingual, Bilingual, Bilingual]:
    vi, en = lower_first(plan.topic.title["vi"]), lower_first(plan.topic.title["en"])
    return (
        bilingual(f"Điều cần biết: {vi}", f"What to know: {en}"),
        bilingual(f"Làm từng bước: {vi}", f"Step by step: {en}"),
        bilingual(f"Thực hành {plan.profile.slots['noi']}: {vi}", f"Practice: {en}"),
    )
