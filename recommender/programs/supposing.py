"""What the page "What if" shows, as values: the program as it is and as it would be, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommender.engine.change import Change
from recommender.engine.comparing import Comparison, what_if
from recommender.engine.program import Program
from recommender.engine.questions import next_courses
from recommender.engine.situation import Situation
from recommender.programs.pages import UnmetView, unmet_view
from recommender.programs.timelines import Bar, bars_of
from recommender.programs.titles import Title, Titles, titles_for
from recommender.programs.wording import duration, goal_sentence

PACES = (30, 60, 120, 240, 480)
"""Minutes a week that can be tried, besides the learner's own."""

NAMED = 5
"""Courses of a list that are named; the table has them all."""

MOST_PACE = 7 * 24 * 60
"""All the minutes that a week has."""

OFFERED = 8
"""Courses beside the path that are offered to be added, of those that may be taken now; any course's page adds it."""

MOST_ADDED = 20
"""Courses that can be tried at once; the others are left aside."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody wants to try: another pace, courses to leave out, courses to add; as asked, whatever it is."""

    pace: int | None = None
    skip: Sequence[str] = ()
    add: Sequence[str] = ()

    def sensible(self, situation: Situation, steps: Sequence[str]) -> Change:
        """Return it without a pace that nobody can have, steps that are none, and courses that are unknown, taken or on
        the path already.
        """
        own = situation.learner.minutes_per_week
        standing = situation.standing()
        index, taken = standing.prepared.course_index, standing.holdings.taken
        new = [code for code in dict.fromkeys(self.add) if code in index and index[code] not in taken]
        return Change(
            minutes_per_week=self.pace if self.pace is not None and 0 < self.pace <= MOST_PACE else own,
            skip=tuple(code for code in steps if code in self.skip),
            add=tuple(code for code in new if code not in steps)[:MOST_ADDED],
        )


@dataclass(frozen=True, slots=True)
class PaceChoice:
    minutes: int
    label: str
    is_present: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CourseChoice:
    code: str
    title: Title
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of two programs, as it is summed up."""

    courses: str
    duration: str
    weeks: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Listed:
    """Courses, the first few by name; ``more`` is how many others there are."""

    titles: tuple[Title, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """A course in the table: in which week it begins, or at which place it stands, before and after; ``""``: not."""

    title: Title
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """``is_asked``: something was changed; ``sentences`` say what that would do.

    ``refused`` are courses that cannot be added, and why. ``has_hollow``: one of the two programs has a step that the
    other has not.
    """

    paces: tuple[PaceChoice, ...]
    skips: tuple[CourseChoice, ...]
    adds: tuple[CourseChoice, ...]
    is_asked: bool
    is_skipping: bool
    is_adding: bool
    sentences: tuple[str, ...]
    before: Side
    after: Side
    added: Listed
    removed: Listed
    moved: Listed
    refused: tuple[UnmetView, ...]
    lost: tuple[str, ...]
    reached: tuple[str, ...]
    rows: tuple[Row, ...]
    has_weeks: bool
    has_hollow: bool


def what_if_page(situation: Situation, present: Program, tried: Tried, language: str) -> WhatIfPage:
    """Return the program as it is beside the one that is tried. One query, for titles."""
    steps = [step.course for step in present.steps]
    own, change = situation.learner.minutes_per_week, tried.sensible(situation, steps)
    found = what_if(situation, change, present)
    offered = _offered(situation, steps, change.add)
    titles = titles_for([found.before, found.after], language, offered)
    wanted = change.minutes_per_week if isinstance(change.minutes_per_week, int) else None
    bars = bars_of(found.before, found.after, (own, wanted))
    differs = found.difference
    refused = [unmet for unmet in found.after.unmet if unmet.goal.course in change.add]
    lost = [goal for goal in differs.lost if goal.course not in change.add]
    return WhatIfPage(
        paces=_paces(own, wanted),
        skips=_choices(steps, change.skip, titles),
        adds=_choices(offered, change.add, titles),
        is_skipping=bool(change.skip),
        is_adding=bool(change.add),
        is_asked=wanted != own or bool(change.skip) or bool(change.add),
        sentences=tuple(_sentences(found)),
        before=_side(found.before, bars[0]),
        after=_side(found.after, bars[1]),
        added=_listed(differs.added, titles),
        removed=_listed([code for code in differs.removed if code not in change.skip], titles),
        moved=_listed(differs.moved, titles),
        refused=tuple(unmet_view(unmet, titles) for unmet in refused),
        lost=tuple(goal_sentence(goal.course, goal.competence, goal.level, titles) for goal in lost),
        reached=tuple(goal_sentence(goal.course, goal.competence, goal.level, titles) for goal in differs.reached),
        rows=_rows(found, titles),
        has_weeks=found.before.weeks is not None or found.after.weeks is not None,
        has_hollow=bool(differs.added or differs.removed),
    )


def _offered(situation: Situation, steps: Sequence[str], added: Sequence[str]) -> list[str]:
    """Return courses to add: those that are, then some that may be taken now and are not on the path."""
    beside = [each.course for each in next_courses(situation, steps) if each.position is None]
    return [*added, *[code for code in beside if code not in added][:OFFERED]]


def _choices(codes: Sequence[str], chosen: Sequence[str], titles: Titles) -> tuple[CourseChoice, ...]:
    return tuple(CourseChoice(code, titles.course(code), code in chosen) for code in codes)


def _paces(own: int | None, wanted: int | None) -> tuple[PaceChoice, ...]:
    minutes = sorted({*PACES, *(pace for pace in (own, wanted) if pace is not None)})
    return tuple(PaceChoice(each, duration(each), each == own, each == wanted) for each in minutes)


def _listed(codes: Sequence[str], titles: Titles) -> Listed:
    return Listed(tuple(map(titles.course, codes[:NAMED])), max(0, len(codes) - NAMED))


def _side(program: Program, bar: Bar) -> Side:
    count = len(program.steps)
    weeks = program.weeks
    return Side(
        courses=ngettext("%(count)s course", "%(count)s courses", count) % {"count": count},
        duration=duration(program.total_minutes),
        weeks="" if not weeks else ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks},
        bar=bar,
    )


def _sentences(found: Comparison) -> list[str]:
    """Return what the change would do, the most important first."""
    before, after = found.before, found.after
    if before.steps and not after.steps:
        return [_("No course would be left on your path.")]
    said = []
    if before.weeks is not None and after.weeks is not None and before.weeks != after.weeks:
        instead = ngettext("%(count)s week", "%(count)s weeks", before.weeks) % {"count": before.weeks}
        weeks = ngettext("%(count)s week", "%(count)s weeks", after.weeks) % {"count": after.weeks}
        said.append(
            _("You would finish after %(weeks)s instead of %(instead)s.") % {"weeks": weeks, "instead": instead}
        )
    elif before.weeks is None and after.weeks:
        weeks = ngettext("%(count)s week", "%(count)s weeks", after.weeks) % {"count": after.weeks}
        said.append(_("You would finish after %(weeks)s.") % {"weeks": weeks})
    more = after.total_minutes - before.total_minutes
    if more > 0:
        said.append(_("The path would take %(duration)s longer in all.") % {"duration": duration(more)})
    elif more < 0:
        said.append(_("The path would take %(duration)s less in all.") % {"duration": duration(-more)})
    return said or [_("Your path would stay as it is.")]


def _rows(found: Comparison, titles: Titles) -> tuple[Row, ...]:
    places = [
        {step.course: str(step.week or step.position) for step in program.steps}
        for program in (found.before, found.after)
    ]
    codes = list(dict.fromkeys([*places[1], *places[0]]))
    return tuple(Row(titles.course(code), places[0].get(code, ""), places[1].get(code, "")) for code in codes)
