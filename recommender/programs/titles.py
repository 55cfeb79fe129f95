"""What things of a release are called, in a language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from curriculum_graph.releases.api import get_frame, list_courses
from curriculum_graph.snapshot import BASE_LANGUAGE, Course, Term, Text, text_in
from recommender.engine.program import Program


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the language it is in, which may not be the one that was asked for."""

    text: str
    language: str


def title_in(text: Text | None, language: str) -> Title:
    """Return a short text in a language, else as :func:`text_in` falls back."""
    if isinstance(text, dict):
        found = next((tag for tag in (language, BASE_LANGUAGE, *text) if tag in text), BASE_LANGUAGE)
        return Title(text.get(found, ""), found)
    return Title(text or "", BASE_LANGUAGE)


@dataclass(frozen=True, slots=True)
class _Names:
    """The short texts of a release that are not a course's, by kind and code."""

    competences: Mapping[str, Text]
    audiences: Mapping[str, Text]
    regions: Mapping[str, Text]
    industries: Mapping[str, Text]
    languages: Mapping[str, Text]


@lru_cache(maxsize=4)
def _names(release_id: str) -> _Names:
    frame = get_frame(release_id)

    def named(terms: Iterable[Term]) -> dict[str, Text]:
        return {term.code: term.title for term in terms}

    return _Names(
        competences={c.code: c.title for framework in frame.frameworks for c in framework.competences},
        audiences=named(frame.audiences),
        regions=named(frame.regions),
        industries=named(frame.industries),
        languages={language.code: language.title for language in frame.languages},
    )


class Titles:
    """Titles of one release in one language. What the release no longer has is called by its code."""

    def __init__(self, release_id: str, courses: Iterable[Course], language: str) -> None:
        self._names = _names(release_id)
        self._courses = {course.code: course for course in courses}
        self._language = language

    def course(self, code: str | None) -> Title:
        found = self._courses.get(code or "")
        return title_in(found.title, self._language) if found else Title(code or "", BASE_LANGUAGE)

    def summary(self, code: str) -> Title:
        found = self._courses.get(code)
        return title_in(found.summary if found else None, self._language)

    def competence(self, code: str | None) -> str:
        return self._named(self._names.competences, code)

    def audience(self, code: str | None) -> str:
        return self._named(self._names.audiences, code)

    def region(self, code: str | None) -> str:
        return self._named(self._names.regions, code)

    def industry(self, code: str | None) -> str:
        return self._named(self._names.industries, code)

    def language(self, code: str | None) -> str:
        return self._named(self._names.languages, code)

    def _named(self, names: Mapping[str, Text], code: str | None) -> str:
        return text_in(names.get(code or ""), self._language) or (code or "")


def titles_for(programs: Iterable[Program], language: str, more: Iterable[str] = ()) -> Titles:
    """Return the titles of all that programs name, and of more courses, in the release of the first. One query."""
    programs = list(programs)
    codes: dict[str, None] = dict.fromkeys(more)
    for program in programs:
        for step in program.steps:
            codes.update(dict.fromkeys((step.course, *step.alternatives)))
            codes.update(dict.fromkeys(reason.course for reason in step.reasons if reason.course))
        codes.update(dict.fromkeys(skipped.course for skipped in program.skipped if skipped.course))
        for unmet in program.unmet:
            named = [unmet.goal.course, *(blocking.course for blocking in unmet.blocking)]
            codes.update(dict.fromkeys(code for code in named if code))
    release = programs[0].release
    return Titles(release, list_courses(release, codes), language)


def titles_of(release: str, codes: Iterable[str], language: str) -> Titles:
    """Return the titles of these courses, in a release. One query."""
    return Titles(release, list_courses(release, codes), language)
