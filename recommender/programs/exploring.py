"""What a learner is shown beyond the path, as values: what may be taken next, and what suits without goals."""

from dataclasses import dataclass

from recommender.engine.program import Program
from recommender.engine.questions import CourseState, next_courses, unlocking
from recommender.engine.situation import Situation
from recommender.programs.situations import recommend_to
from recommender.programs.titles import Title, titles_for, titles_of
from recommender.programs.wording import blocking_sentence, duration, reason_sentence

SHOWN = 12
"""Next courses shown at once,"""

OPENED = 3
"""and courses that each opens, by name."""

HOURS = (5, 10, 20, 40)
"""Hours for which courses can be recommended on the page."""


@dataclass(frozen=True, slots=True)
class NextView:
    """A course that may be taken now; ``opens_more`` is how many it opens besides those named."""

    code: str
    title: Title
    duration: str
    is_step: bool
    opens: tuple[Title, ...]
    opens_more: int


@dataclass(frozen=True, slots=True)
class NextPage:
    """``more`` is how many courses there are besides those shown."""

    courses: tuple[NextView, ...]
    more: int


def next_page(situation: Situation, program: Program, language: str, *, everything: bool) -> NextPage:
    """Return what a learner may take now, those of the program first. One query, for titles."""
    found = next_courses(situation, [step.course for step in program.steps])
    shown = found if everything else found[:SHOWN]
    codes = dict.fromkeys(code for each in shown for code in (each.course, *each.opens[:OPENED]))
    titles = titles_of(situation.graph.release, codes, language)
    return NextPage(
        courses=tuple(
            NextView(
                code=each.course,
                title=titles.course(each.course),
                duration=duration(each.minutes),
                is_step=each.position is not None,
                opens=tuple(titles.course(code) for code in each.opens[:OPENED]),
                opens_more=max(0, len(each.opens) - OPENED),
            )
            for each in shown
        ),
        more=len(found) - len(shown),
    )


@dataclass(frozen=True, slots=True)
class WayView:
    """What unlocks a course beside the path. ``steps`` lead there, itself the last; ``blocking`` says why none do."""

    state: CourseState
    steps: tuple[NextView, ...]
    duration: str
    blocking: tuple[str, ...]


def way_to(situation: Situation, code: str, language: str) -> WayView:
    """Return what unlocks a course for a learner. One query, for titles."""
    found = unlocking(situation, code)
    titles = titles_for([found.program], language)
    unmet = found.program.unmet[:1]
    return WayView(
        state=found.state,
        steps=tuple(
            NextView(step.course, titles.course(step.course), duration(step.minutes), False, (), 0)
            for step in found.program.steps
        ),
        duration=duration(found.program.total_minutes),
        blocking=tuple(blocking_sentence(blocking, titles) for each in unmet for blocking in each.blocking),
    )


@dataclass(frozen=True, slots=True)
class RecommendedView:
    code: str
    title: Title
    duration: str
    reasons: tuple[str, ...]
    opens: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class Recommended:
    """``hours`` are the choices, ``chosen`` the present one; ``has_model`` says what "suits" goes by."""

    steps: tuple[RecommendedView, ...]
    duration: str
    hours: tuple[int, ...]
    chosen: int
    has_model: bool


def recommended(situation: Situation, hours: int, language: str) -> Recommended:
    """Return the courses that suit a learner best within so many hours. One query, for titles."""
    found = recommend_to(situation, 60 * hours)
    named = [code for step in found.steps for code in (step.course, *(reason.course for reason in step.reasons))]
    titles = titles_of(found.release, dict.fromkeys(code for code in named if code), language)
    return Recommended(
        steps=tuple(
            RecommendedView(
                code=step.course,
                title=titles.course(step.course),
                duration=duration(step.minutes),
                reasons=tuple(reason_sentence(r, titles) for r in step.reasons if r.code != "prerequisite_of"),
                opens=tuple(
                    dict.fromkeys(titles.course(r.course) for r in step.reasons if r.code == "prerequisite_of")
                ),
            )
            for step in found.steps
        ),
        duration=duration(found.total_minutes),
        hours=HOURS,
        chosen=hours,
        has_model=found.basis == "model",
    )
