"""The courses of a release, searched in memory by the plans of :mod:`curriculum_graph.matching`, with facets."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np

from curriculum_graph.faceting import (
    Bool,
    Facet,
    Narrowed,
    make_facet,
    narrow,
    parents_of_competences,
    parents_of_terms,
)
from curriculum_graph.matching import Entry, Ladder, Plan, make_entry, plans, rank
from curriculum_graph.snapshot import BASE_LANGUAGE, Course, Snapshot, Text, texts_of

FACETS = ("competence", "level", "audience", "region", "language", "owner")


class Searchable(msgspec.Struct, frozen=True):
    """What is searched of the courses of one release, sorted by code.

    ``values`` holds for each facet the values of each course; ``parents`` what stands above them; ``labels`` what they
    are called, where that is not the value itself.
    """

    release: str
    codes: list[str]
    titles: list[Text]
    entries: list[Entry]
    values: dict[str, list[list[str]]]
    parents: dict[str, dict[str, str | None]]
    labels: dict[str, dict[str, Text]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: places of courses, in order; how the query was read (``None``: there was none); facets."""

    places: list[int]
    plan: Plan | None
    counts: Mapping[str, Mapping[str, int]]


def make_searchable(release: str, frame: Snapshot, courses: Iterable[Course]) -> Searchable:
    """Return what is searched of a release's courses; ``frame`` holds everything of it that is not a course."""
    labels = _labels(frame)
    courses = sorted(courses, key=lambda course: course.code)
    values = {
        "competence": [[taught.competence for taught in course.teaches] for course in courses],
        "level": [sorted({str(taught.level) for taught in course.teaches}) for course in courses],
        "audience": [list(course.audiences) for course in courses],
        "region": [list(course.regions) for course in courses],
        "language": [_languages(course) for course in courses],
        "owner": [[course.owner] if course.owner else [] for course in courses],
    }
    return Searchable(
        release=release,
        codes=[course.code for course in courses],
        titles=[course.title for course in courses],
        entries=[_entry(course, labels) for course in courses],
        values=values,
        parents={
            "competence": parents_of_competences(frame.frameworks),
            "audience": parents_of_terms(frame.audiences),
            "region": parents_of_terms(frame.regions),
        },
        labels=labels,
    )


class CourseSearch:
    """Courses that are searched again and again. Nothing of it changes."""

    def __init__(self, courses: Searchable) -> None:
        self.courses = courses
        self.facets: dict[str, Facet] = {
            name: make_facet(courses.values[name], courses.parents.get(name)) for name in FACETS
        }
        found: dict[str, list[int]] = {}
        for place, entry in enumerate(courses.entries):
            for word in set(entry.words.split()):
                found.setdefault(word, []).append(place)
        self._words = sorted(found)
        self._places = [np.array(found[word]) for word in self._words]

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(self._words)

    def search(self, query: str, chosen: Mapping[str, Collection[str]], among: Bool | None = None) -> Found:
        """Return the courses in ``among`` (bool[N]; all, without it) that answer a query and have what is chosen.

        The best come first; without a query all do, by code. Equals come as everywhere: the shorter title, the code.
        """
        everyone = np.ones(len(self.courses.codes), np.bool_) if among is None else among
        if not query.strip():
            left = self._narrow(chosen, everyone)
            return Found(np.flatnonzero(left.kept).tolist(), None, left.counts)
        plan, places = self._match(query, everyone)
        left = self._narrow(chosen, self._mask(places))
        return Found([place for place in places if left.kept[place]], plan, left.counts)

    def _match(self, query: str, among: Bool) -> tuple[Plan | None, list[int]]:
        entries = self.courses.entries
        for plan in plans(query, lambda: self._vocabulary):
            scored = [
                (-points, len(entries[place].title), entries[place].code, place)
                for place in np.flatnonzero(self._candidates(plan) & among).tolist()
                if (points := rank(entries[place], plan))
            ]
            if scored:
                return plan, [place for *_order, place in sorted(scored)]
        return None, []

    def _candidates(self, plan: Plan) -> Bool:
        """Return which courses may answer a plan: all that do, and few others."""
        held = np.zeros(len(self.courses.codes), np.int32)
        for ladder in plan.required:
            held += self._with(ladder)
        enough: Bool = held >= plan.needed
        return enough

    def _with(self, ladder: Ladder) -> Bool:
        mask = np.zeros(len(self.courses.codes), np.bool_)
        for column, substring, _points in ladder:
            if column == "words":
                mask |= self._holding(substring)
        return mask

    def _holding(self, substring: str) -> Bool:
        """Return which courses have all words of `` whole begun``, the last one as whole or begun as it is written."""
        *whole, last = substring.split()
        place = bisect_left(self._words, last)
        if substring.endswith(" "):
            end = place + (self._words[place : place + 1] == [last])
        else:
            end = bisect_left(self._words, last + chr(0x10FFFF), place)
        mask = self._mask([each for places in self._places[place:end] for each in places.tolist()])
        return mask & self._holding(f" {' '.join(whole)} ") if whole else mask

    def _mask(self, places: Sequence[int]) -> Bool:
        mask = np.zeros(len(self.courses.codes), np.bool_)
        mask[places] = True
        return mask

    def _narrow(self, chosen: Mapping[str, Collection[str]], among: Bool) -> Narrowed:
        return narrow(self.facets, chosen, among)


def _entry(course: Course, labels: Mapping[str, Mapping[str, Text]]) -> Entry:
    named = {
        "audience": course.audiences,
        "region": course.regions,
        "industry": course.industries,
        "language": course.languages,
        "competence": [taught.competence for taught in course.teaches],
    }
    titles = [text for kind, codes in named.items() for code in codes for text in texts_of(labels[kind].get(code))]
    more = [*texts_of(course.summary), *course.keywords, course.owner or "", *titles]
    return make_entry(course.code, texts_of(course.title), more)


def _languages(course: Course) -> list[str]:
    """Return the languages in which a course can be taken, as far as any of its modules is."""
    base = course.languages[:1] or (BASE_LANGUAGE,)
    variants = (tag for module in course.modules for variant in module.variants for tag in variant.languages)
    return list(dict.fromkeys([*base, *variants]))


def _labels(frame: Snapshot) -> dict[str, dict[str, Text]]:
    competences = {each.code: each.title for framework in frame.frameworks for each in framework.competences}
    domains = {each.code: each.title for framework in frame.frameworks for each in framework.domains}
    return {
        "competence": domains | competences,
        "audience": {term.code: term.title for term in frame.audiences},
        "region": {term.code: term.title for term in frame.regions},
        "industry": {term.code: term.title for term in frame.industries},
        "language": {language.code: language.title for language in frame.languages},
    }
