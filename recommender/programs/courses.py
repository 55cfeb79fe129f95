"""What a course's page shows to one learner: each module in the variant that fits best."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from curriculum_graph.releases.api import get_course, get_frame, list_rendered
from curriculum_graph.rendering import render_body
from curriculum_graph.snapshot import (
    BASE_LANGUAGE,
    Block,
    CalloutBlock,
    Course,
    MarkdownBlock,
    Module,
    StepsBlock,
    Variant,
    text_in,
)
from recommender.engine.api import choose_modules, profile_of
from recommender.learners.api import StoredLearner
from recommender.programs.pages import StepView, step_views
from recommender.programs.planning import World
from recommender.programs.selectors import find_current
from recommender.programs.titles import Title, title_in, titles_for
from recommender.programs.wording import duration


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One module: ``html`` is its body, in ``language``; ``duration`` is ``""`` where nobody said how long it takes.

    ``language_title`` is what that language is called where it is not the page's, else ``""``.
    """

    title: Title
    duration: str
    html: str
    language: str
    language_title: str


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course; ``step`` is its place in the learner's program, if it has one."""

    code: str
    title: Title
    summary: Title
    duration: str
    step: StepView | None
    is_completed: bool
    modules: tuple[ModuleView, ...]


def course_page(world: World, learner: StoredLearner, code: str, *, language: str, token: str) -> CoursePage:
    """Return the page of a course of the current release.

    Raises
    ------
    NotFound
        The release has no such course.
    """
    course = get_course(world.release, code)
    return CoursePage(
        code=code,
        title=title_in(course.title, language),
        summary=title_in(course.summary, language),
        duration=duration(course.minutes),
        step=_step(learner.id, code, language),
        is_completed=code in learner.state.completed,
        modules=_modules(world, learner, course, language, token),
    )


def _step(learner_id: int, code: str, language: str) -> StepView | None:
    current = find_current(learner_id)
    if current is None:
        return None
    program = current.stored.program
    return next((step for step in step_views(program, titles_for([program], language)) if step.code == code), None)


def _modules(world: World, learner: StoredLearner, course: Course, language: str, token: str) -> tuple[ModuleView, ...]:
    frame = get_frame(world.release)
    assets = {asset.code: asset for asset in frame.assets}
    items = {item.code: item for item in frame.items}
    tongues = {tongue.code: text_in(tongue.title, language) for tongue in frame.languages}
    chosen = list(_chosen(world, learner, course))
    rendered = list_rendered(text for _module, body, _tag in chosen for text in _markdown_in(body.body))
    return tuple(
        ModuleView(
            title=title_in((body.title if isinstance(body, Variant) else None) or module.title, language),
            duration=duration(minutes) if (minutes := body.minutes or module.minutes) else "",
            html=render_body(
                body.body,
                language=tag,
                asset_url=lambda code: reverse("programs:file", args=[token, code]) if code in assets else None,
                item=items.get,
                assets=assets,
                markdown=rendered.__getitem__,
            ),
            language=tag,
            language_title="" if tag == language else tongues.get(tag, tag),
        )
        for module, body, tag in chosen
    )


def _chosen(world: World, learner: StoredLearner, course: Course) -> Iterator[tuple[Module, Module | Variant, str]]:
    """Yield each module with the body for this learner and the language that the body is in."""
    graph = world.graph
    profile = profile_of(graph, learner.state)
    base_language = course.languages[0] if course.languages else BASE_LANGUAGE
    [places] = choose_modules(graph, [graph.course_codes.index(course.code)], profile)
    for module, place in zip(course.modules, places, strict=True):
        variant = next((variant for variant in module.variants if variant.code == place.variant), None)
        if variant is None:
            yield module, module, base_language
        else:
            spoken = [tag for tag in learner.state.languages if tag in variant.languages]
            yield module, variant, next(iter([*spoken, *variant.languages]), base_language)


def _markdown_in(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, MarkdownBlock | CalloutBlock):
            yield block.text
        elif isinstance(block, StepsBlock):
            yield from block.steps
