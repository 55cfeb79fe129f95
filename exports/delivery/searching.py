"""What integrators look for among the courses of a release, and what they are told of it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curriculum_graph.matching import suggest
from curriculum_graph.releases.api import get_search
from curriculum_graph.searching import CourseSearch, Found
from curriculum_graph.snapshot import texts_of

SUGGESTING = 10
"""Best courses from whose titles a correction is taken."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the values chosen of each facet."""

    query: str
    chosen: Mapping[str, Sequence[str]]

    @property
    def is_anything(self) -> bool:
        """Whether anything in particular is looked for."""
        return bool(self.query.strip() or self.chosen)


@dataclass(frozen=True, slots=True)
class Answer:
    """The codes found, in order, and what else there is to say."""

    asked: Asked
    search: CourseSearch
    found: Found
    codes: list[str]

    def codes_after(self, code: str, limit: int) -> list[str]:
        """Return the codes after one of them; where it is none of them (any more), those that sort after it."""
        if not code:
            start = 0
        elif code in self.codes:
            start = self.codes.index(code) + 1
        else:
            start = 0 if self.asked.query.strip() else bisect_right(self.codes, code)
        return self.codes[start : start + limit]

    @property
    def reading(self) -> str | None:
        return self.found.plan.reading if self.found.plan else None

    @property
    def suggestion(self) -> str | None:
        """The query as it was probably meant; ``None`` where it was found as written."""
        if self.found.plan is None:
            return None
        titles = self.search.courses.titles
        best = [text for place in self.found.places[:SUGGESTING] for text in texts_of(titles[place])]
        return suggest(self.asked.query, best, self.found.plan) or None

    def facets(self) -> dict[str, list[dict[str, Any]]]:
        """Return each facet's values, the most frequent first; what is chosen is among them even if nothing has it."""
        return {name: self._values(name, counts) for name, counts in self.found.counts.items()}

    def _values(self, name: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        courses = self.search.courses
        chosen = self.asked.chosen.get(name, ())
        shown = dict.fromkeys(chosen, 0) | dict(counts)
        return [
            {
                "code": code,
                "title": courses.labels.get(name, {}).get(code, code),
                "parent": courses.parents.get(name, {}).get(code),
                "count": count,
                "chosen": code in chosen,
            }
            for code, count in sorted(shown.items(), key=lambda each: (-each[1], each[0]))
        ]


def search_courses(release_id: str, asked: Asked) -> Answer:
    """Return the courses of a release that answer what is asked."""
    search = get_search(release_id)
    found = search.search(asked.query, asked.chosen)
    return Answer(asked, search, found, [search.courses.codes[place] for place in found.places])
