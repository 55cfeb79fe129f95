"""What the learner's pages show, as values that templates only have to lay out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import ngettext

from recommender.engine.program import Program, Step, Unmet
from recommender.learners.api import StoredLearner
from recommender.programs.histories import ChangeView, change_view, codes_in, waivers_named_in
from recommender.programs.selectors import StoredProgram
from recommender.programs.titles import Title, Titles, titles_for
from recommender.programs.wording import (
    blocking_sentence,
    duration,
    goal_sentence,
    help_sentence,
    reason_sentence,
    skipped_sentence,
    unmet_sentence,
)

FIRST = 5
"""Steps shown at once where there are no weeks: what is next, not everything."""

State = Literal["no_goals", "reached", "ready", "partial", "infeasible"]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: ``after`` are the steps that open it, ``opens`` what it is needed for."""

    position: int
    code: str
    title: Title
    duration: str
    reasons: tuple[str, ...]
    after: tuple[Title, ...]
    opens: tuple[Title, ...]
    alternatives: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the path: a week, or, where the learner gave no minutes a week, the first few steps and the rest.

    ``week`` is the week in which its steps begin, or ``None``.
    """

    week: int | None
    steps: tuple[StepView, ...]
    size: str


@dataclass(frozen=True, slots=True)
class UnmetView:
    goal: str
    reason: str
    blocking: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class SkippedView:
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class PathPage:
    """My path."""

    state: State
    next: StepView | None
    parts: tuple[Part, ...]
    count: int
    duration: str
    week_count: int | None
    unmet: tuple[UnmetView, ...]
    skipped: tuple[SkippedView, ...]
    change: ChangeView | None


def path_page(current: StoredProgram, learner: StoredLearner, language: str) -> PathPage:
    """Return what *My path* shows to a learner. One query, for titles; one more where a waiver changed the path."""
    program = current.program
    waivers = waivers_named_in([current.change], learner.id) if current.change else {}
    titles = titles_for([program], language, codes_in(current.change, waivers) if current.change else ())
    steps = step_views(program, titles)
    return PathPage(
        state=_state(program, has_goals=bool(learner.state.goals)),
        next=steps[0] if steps else None,
        parts=_parts(program.steps, steps),
        count=len(steps),
        duration=duration(program.total_minutes),
        week_count=program.weeks,
        unmet=tuple(unmet_view(unmet, titles) for unmet in program.unmet),
        skipped=tuple(
            SkippedView(
                goal_sentence(skipped.course, skipped.competence, skipped.level, titles), skipped_sentence(skipped)
            )
            for skipped in program.skipped
        ),
        change=change_view(current.change, current.created_at, titles, waivers) if current.change else None,
    )


def unmet_view(unmet: Unmet, titles: Titles) -> UnmetView:
    """Return a goal that is not reached: why, what stands in the way, and what helps."""
    is_taught = unmet.reason != "no_course_teaches_it"
    return UnmetView(
        goal=goal_sentence(unmet.goal.course, unmet.goal.competence, unmet.goal.level, titles),
        reason=unmet_sentence(unmet),
        blocking=tuple(blocking_sentence(blocking, titles) for blocking in unmet.blocking) if is_taught else (),
        help=help_sentence(unmet, titles),
    )


def _state(program: Program, *, has_goals: bool) -> State:
    if not has_goals:
        return "no_goals"
    if program.status == "complete":
        return "ready" if program.steps else "reached"
    return program.status


def step_views(program: Program, titles: Titles) -> tuple[StepView, ...]:
    """Return the steps of a program with what opens each and what each opens."""
    opens: dict[str, list[str]] = {}
    after: defaultdict[str, list[str]] = defaultdict(list)
    for step in program.steps:
        needed_for = [reason.course for reason in step.reasons if reason.code == "prerequisite_of" and reason.course]
        opens[step.course] = list(dict.fromkeys(needed_for))
        for course in opens[step.course]:
            after[course].append(step.course)
    return tuple(
        StepView(
            position=step.position,
            code=step.course,
            title=titles.course(step.course),
            duration=duration(step.minutes),
            # What it opens is said apart, in one line for all courses.
            reasons=tuple(reason_sentence(r, titles) for r in step.reasons if r.code != "prerequisite_of"),
            after=tuple(titles.course(code) for code in after[step.course]),
            opens=tuple(titles.course(code) for code in opens[step.course]),
            alternatives=tuple(titles.course(code) for code in step.alternatives),
        )
        for step in program.steps
    )


def _parts(steps: Sequence[Step], views: Sequence[StepView]) -> tuple[Part, ...]:
    parts: dict[tuple[int | None, bool], list[int]] = {}
    for place, step in enumerate(steps):
        parts.setdefault((step.week, step.week is None and place >= FIRST), []).append(place)
    return tuple(
        Part(
            week=week,
            steps=tuple(views[place] for place in places),
            size=ngettext("%(count)s course, %(duration)s", "%(count)s courses, %(duration)s", len(places))
            % {"count": len(places), "duration": duration(sum(steps[place].minutes for place in places))},
        )
        for (week, _later), places in parts.items()
    )
