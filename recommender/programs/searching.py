"""What a learner who looks for a course is shown: courses open to them and no others, and never an empty page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum_graph.matching import Plan, Reading, marked, suggest
from curriculum_graph.releases.api import get_search
from curriculum_graph.searching import CourseSearch, Found
from curriculum_graph.snapshot import Goal, Text, text_in
from recommender.engine.bundles import possible_now
from recommender.engine.eligibility import open_to
from recommender.engine.fitting import fit
from recommender.engine.questions import Missing, missing_for
from recommender.engine.situation import Situation
from recommender.engine.standing import Standing
from recommender.programs.titles import title_in, titles_of
from recommender.programs.wording import duration, goal_sentence

FACETS = ("competence", "level", "language")
"""By what a learner narrows; for whom a course is was looked at already."""

PAGE = 15
INSTEAD = 5
"""Courses shown where nothing was found."""

MOST_CHOSEN = 20
SUGGESTING = 10
NAMED = 2
"""What is still missing for a locked course, by name, at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a learner looks for; ``number`` is the page of what was found, from 1."""

    query: str
    chosen: Mapping[str, Sequence[str]]
    number: int = 1

    def address(self, *, query: str | None = None, without: tuple[str, str] | None = None, number: int = 1) -> str:
        """Return the query string of this with something changed; ``without`` is a facet and one of its values."""
        values = [(name, value) for name in FACETS for value in self.chosen.get(name, ()) if (name, value) != without]
        page = [("page", str(number))] if number > 1 else []
        return "?" + urlencode([("q", self.query if query is None else query), *values, *page])


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course that was found. ``title`` is in pieces, each with whether it was looked for; ``after`` locks it."""

    code: str
    title: Sequence[tuple[str, bool]]
    language: str
    duration: str
    state: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; ``without`` is the address without it."""

    value: str
    label: str
    courses: str
    is_chosen: bool
    without: str


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``instead`` are shown where nothing was found. ``suggestion`` is the query as it was probably meant."""

    asked: Asked
    count: int
    reading: Reading
    suggestion: str
    courses: tuple[CourseView, ...]
    instead: tuple[CourseView, ...]
    facets: tuple[FacetView, ...]
    before: str
    after: str

    @property
    def chosen(self) -> list[Choice]:
        """Return what is chosen of all facets."""
        return [choice for facet in self.facets for choice in facet.choices if choice.is_chosen]

    @property
    def suggested(self) -> str:
        """Return the address of the suggestion."""
        return self.asked.address(query=self.suggestion)

    @property
    def unfiltered(self) -> str:
        """Return the address of the words alone."""
        return "?" + urlencode({"q": self.asked.query})


def search_page(situation: Situation, asked: Asked, language: str) -> SearchPage:
    """Return the page of what a learner looks for. One query at most, for titles of courses that unlock others."""
    standing, search = situation.standing(), get_search(situation.graph.release)
    open_courses = open_to(situation.graph.courses_for, standing.profile)
    found = search.search(asked.query, asked.chosen, open_courses)
    best = _BestFirst(situation, standing)
    places = found.places if asked.query.strip() else best.ordered(found.places)
    number = min(asked.number, -(-len(places) // PAGE) or 1)
    shown = places[(number - 1) * PAGE : number * PAGE]
    instead = [] if places else best.ordered(np.flatnonzero(best.now).tolist())[:INSTEAD]
    views = _CourseViews(standing, search, found.plan, language, [*shown, *instead])
    return SearchPage(
        asked=asked,
        count=len(places),
        reading=found.plan.reading if found.plan else "exact",
        suggestion=_suggestion(asked, search, found),
        courses=tuple(views.of(shown, best.now)),
        instead=tuple(views.of(instead, best.now)),
        facets=tuple(_facet(name, asked, search, found, language) for name in FACETS),
        before=asked.address(number=number - 1) if number > 1 else "",
        after=asked.address(number=number + 1) if number * PAGE < len(places) else "",
    )


class _BestFirst:
    """The order of courses for which nobody asked in words: what may be taken now, then what suits best."""

    def __init__(self, situation: Situation, standing: Standing) -> None:
        self.now = possible_now(standing)
        self._worth = fit(standing) if situation.relevance is None else situation.relevance
        self._taken = standing.holdings.taken

    def ordered(self, places: Sequence[int]) -> list[int]:
        return sorted(places, key=lambda p: (p in self._taken, not self.now[p], -self._worth[p], p))


class _CourseViews:
    def __init__(
        self, standing: Standing, search: CourseSearch, plan: Plan | None, language: str, places: Sequence[int]
    ) -> None:
        self._standing, self._search, self._plan, self._language = standing, search, plan, language
        self._missing = {place: missing_for(standing, place) for place in places}
        named = {goal.course for groups in self._missing.values() for goal in _goals(groups) if goal.course}
        self._titles = titles_of(standing.graph.release, named, language)

    def of(self, places: Sequence[int], now: Collection[bool]) -> Iterator[CourseView]:
        possible = list(now)
        for place in places:
            title = title_in(self._search.courses.titles[place], self._language)
            is_taken = place in self._standing.holdings.taken
            yield CourseView(
                code=self._search.courses.codes[place],
                title=marked(title.text, self._plan) if self._plan else [(title.text, False)],
                language=title.language,
                duration=duration(int(self._standing.graph.minutes[place])),
                state="taken" if is_taken else "next" if possible[place] else "locked",
                after=tuple(self._group(group) for group in self._missing[place][:NAMED]),
            )

    def _group(self, group: Missing) -> str:
        goals = [goal_sentence(g.course, g.competence, g.level, self._titles) for g in group.any_of[:NAMED]]
        return _(" or ").join(goals)


def _goals(groups: Sequence[Missing]) -> list[Goal]:
    return [goal for group in groups[:NAMED] for goal in group.any_of[:NAMED]]


def _suggestion(asked: Asked, search: CourseSearch, found: Found) -> str:
    if found.plan is None:
        return ""
    titles = [text_in(search.courses.titles[place]) for place in found.places[:SUGGESTING]]
    return suggest(asked.query, titles, found.plan)


def _facet(name: str, asked: Asked, search: CourseSearch, found: Found, language: str) -> FacetView:
    courses, chosen = search.courses, asked.chosen.get(name, ())
    labels, parents = courses.labels.get(name, {}), courses.parents.get(name, {})
    tops = [value for value in found.counts[name] if parents.get(value) is None]
    values = dict.fromkeys([*sorted(tops), *chosen])
    return FacetView(
        name=name,
        label={"competence": _("Topic"), "level": _("Level"), "language": _("Language")}[name],
        choices=tuple(
            Choice(
                value=value,
                label=_("Level %(level)s") % {"level": value} if name == "level" else _label(labels, value, language),
                courses=_courses(found.counts[name].get(value, 0)),
                is_chosen=value in chosen,
                without=asked.address(without=(name, value)),
            )
            for value in values
        ),
    )


def _courses(count: int) -> str:
    return ngettext("%(count)s course", "%(count)s courses", count) % {"count": count}


def _label(labels: Mapping[str, Text], value: str, language: str) -> str:
    return text_in(labels.get(value), language) or value
