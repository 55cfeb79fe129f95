"""``/api/v1/courses``: the current release, for integrators."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Query, Router, Schema

from curriculum_graph.errors import NotFound
from curriculum_graph.releases import api as releases
from curriculum_graph.snapshot import Course, thing_uuid, to_document

router = Router(tags=["Courses"])
PAGE = 50


class Page(Schema):
    """Which part of a list."""

    after: str = ""
    limit: Annotated[int, Query(ge=1, le=500)] = PAGE


class CourseBrief(Schema):
    """A course in a list."""

    uuid: str
    code: str
    title: Any
    minutes: int
    url: str


class CoursePage(Schema):
    """One page of courses, in the order of their codes; ``next`` is the address of the page after it."""

    release: str
    count: int
    next: str | None
    courses: list[CourseBrief]


@router.get("/courses", response=CoursePage, summary="The courses of the current release")
def list_courses(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Any:
    """Return the courses whose code comes after ``after``, ``limit`` of them at most.

    The ``ETag`` is the release: ask again with ``If-None-Match`` and get ``304`` until another one is published.
    """
    release = _current()
    if unchanged := _find_unchanged(request, response, release.id):
        return unchanged
    codes = [code for code in releases.get_course_hashes(release.id) if code > page.after]
    courses = releases.list_courses(release.id, codes[: page.limit])
    here = request.build_absolute_uri(request.path)
    follows = None
    if len(codes) > page.limit:
        follows = f"{here}?{urlencode({'after': codes[page.limit - 1], 'limit': page.limit})}"
    return {
        "release": release.id,
        "count": release.course_count,
        "next": follows,
        "courses": [_brief(course, here) for course in courses],
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
