"""``/api/v1/courses``: the current release, for integrators."""

from typing import Annotated, Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Query, Router, Schema

from curriculum_graph.errors import NotFound
from curriculum_graph.releases import api as releases
from curriculum_graph.searching import FACETS
from curriculum_graph.snapshot import Course, thing_uuid, to_document
from exports.delivery.searching import Asked, search_courses

router = Router(tags=["Courses"])
PAGE = 50


class Page(Schema):
    """Which courses, and which part of their list. A facet may be given several times: any of its values will do."""

    q: Annotated[str, Query(max_length=200)] = ""
    competence: list[str] = []
    level: list[str] = []
    audience: list[str] = []
    region: list[str] = []
    language: list[str] = []
    owner: list[str] = []
    facets: bool = False
    after: str = ""
    limit: Annotated[int, Query(ge=1, le=500)] = PAGE

    def asked(self) -> Asked:
        """Return what is looked for."""
        return Asked(self.q, {name: getattr(self, name) for name in FACETS if getattr(self, name)})


class CourseBrief(Schema):
    """A course in a list."""

    uuid: str
    code: str
    title: Any
    minutes: int
    url: str


class FacetValue(Schema):
    """A value of a facet: in how many of the courses found; ``parent`` is the value above it."""

    code: str
    title: Any
    parent: str | None
    count: int
    chosen: bool


class CoursePage(Schema):
    """One page of courses; ``next`` is the address of the page after it.

    Without ``q`` they come in the order of their codes, with it the best first. ``reading`` says whether the query was
    found as written (``exact``), with corrections (``corrected``), or without some words (``partial``).
    """

    release: str
    count: int
    next: str | None
    courses: list[CourseBrief]
    reading: str | None = None
    did_you_mean: str | None = None
    facets: dict[str, list[FacetValue]] | None = None


@router.get("/courses", response=CoursePage, summary="The courses of the current release")
def list_courses(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Any:
    """Return the courses that answer ``q`` (without accents, forgiving a slip) and have what is chosen.

    ``limit`` of them at most, after the course ``after``. The values of facets are counted on the first page
    of what was looked for, and with ``facets``. The ``ETag`` is the release: ask again with ``If-None-Match`` and get
    ``304`` until another one is published.
    """
    release = _current()
    if unchanged := _find_unchanged(request, response, release.id):
        return unchanged
    asked = page.asked()
    found = search_courses(release.id, asked)
    codes = found.codes_after(page.after, page.limit)
    here = request.build_absolute_uri(request.path)
    follows = None
    if codes and codes[-1] != found.codes[-1]:
        again = request.GET.copy()
        again["after"], again["limit"] = codes[-1], str(page.limit)
        follows = f"{here}?{again.urlencode()}"
    return {
        "release": release.id,
        "count": len(found.codes),
        "next": follows,
        "courses": [_brief(course, here) for course in releases.list_courses(release.id, codes)],
        "reading": found.reading,
        "did_you_mean": found.suggestion,
        "facets": found.facets() if page.facets or (asked.is_anything and not page.after) else None,
    }


@router.get("/courses/{path:code}", response=dict[str, Any], summary="One course")
def get_course(request: HttpRequest, response: HttpResponse, code: str) -> Any:
    """Return a course as the catalogue document writes it, with its ``uuid``. A code may hold slashes."""
    release = _current()
    digest = releases.get_course_hashes(release.id).get(code)
    if digest is None:
        raise NotFound(kind="course", code=code)
    if unchanged := _find_unchanged(request, response, digest):
        return unchanged
    course = releases.get_course(release.id, code)
    return {"uuid": str(thing_uuid("course", code)), **to_document(course)}


def _current() -> releases.ReleaseInfo:
    release = releases.find_current_release()
    if release is None:
        raise NotFound(kind="release", code="current")
    return release


def _find_unchanged(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponseBase | None:
    """Give the response its tag; return the answer to a caller who has this version already."""
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = "private, no-cache"
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return None if answer is response else answer


def _brief(course: Course, here: str) -> dict[str, Any]:
    return {
        "uuid": str(thing_uuid("course", course.code)),
        "code": course.code,
        "title": course.title,
        "minutes": course.minutes,
        "url": f"{here}/{quote(course.code)}",
    }
