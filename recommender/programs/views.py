"""The learner's own pages: parse, call one action or selector, and lay out."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from curriculum_graph.errors import CurriculumError, NotFound
from curriculum_graph.matching import MOST_LETTERS
from curriculum_graph.releases.api import get_frame, send_asset
from recommender.learners.api import NoRelease, StoredLearner, list_learners
from recommender.programs.actions import Question, build_program, choose_programmes, note_recommendation
from recommender.programs.courses import course_page
from recommender.programs.exploring import HOURS, next_page, recommended, way_to
from recommender.programs.goals import list_choices
from recommender.programs.histories import history_views
from recommender.programs.links import LinkExpired, LinkInvalid, open_token
from recommender.programs.pages import path_page
from recommender.programs.searching import FACETS, MOST_CHOSEN, Asked, search_page
from recommender.programs.selectors import list_changes
from recommender.programs.situations import situation_of
from recommender.programs.supposing import Tried, what_if_page
from recommender.programs.wording import describe
from recommender.programs.worlds import get_world

DIGITS = 19
"""Of the largest row id."""

View = Callable[..., HttpResponseBase]

_STATUS: tuple[tuple[type[CurriculumError], HTTPStatus], ...] = (
    (LinkExpired, HTTPStatus.GONE),
    (NoRelease, HTTPStatus.SERVICE_UNAVAILABLE),
    (LinkInvalid, HTTPStatus.NOT_FOUND),
    (NotFound, HTTPStatus.NOT_FOUND),
)


def _for_learner(view: View) -> View:
    """Open the token of the address, and answer what goes wrong with a page that says what to do."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **names: str) -> HttpResponseBase:
        try:
            response = view(request, _learner(token), token=token, **names)
        except tuple(error for error, _status in _STATUS) as error:
            response = _problem(request, error)
        # The address is the key to the page: it is not kept by caches, told to other sites or listed by engines.
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _learner(token: str) -> StoredLearner:
    found = list_learners([open_token(token)])
    if not found:
        raise LinkInvalid
    return found[0]


def _problem(request: HttpRequest, error: CurriculumError) -> HttpResponse:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    context = {"code": error.code, "sentence": describe(error)}
    return render(request, "programs/problem.html", context, status=status)


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number from the address; ``None`` where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < DIGITS else None


@require_GET
@_for_learner
def my_path(request: HttpRequest, learner: StoredLearner, *, token: str) -> HttpResponse:
    """*My path*: what is next, why, how long it takes, what it opens."""
    now = timezone.now()
    world = get_world(timezone.localdate(now))
    current = build_program(learner, world, at=now)
    language = get_language() or "vi"
    page = path_page(current, learner, language)
    context: dict[str, object] = {"page": page, "token": token}
    if page.state == "no_goals":
        context["choices"] = list_choices(world.release, learner.profile, language)
        hours = _hours(request)
        found = context["recommended"] = recommended(situation_of(world, learner), hours, language)
        courses = [step.code for step in found.steps]
        note_recommendation(learner, world, Question.BEST, courses, minutes=60 * hours, at=now)
    return render(request, "programs/path.html", context)


def _hours(request: HttpRequest) -> int:
    """Return the hours that were chosen, of those that can be."""
    asked = request.GET.get("hours", "")
    return int(asked) if asked in map(str, HOURS) else HOURS[1]


@require_GET
@_for_learner
def what_next(request: HttpRequest, learner: StoredLearner, *, token: str) -> HttpResponse:
    """What may be taken now, on the path or beside it."""
    now = timezone.now()
    world = get_world(timezone.localdate(now))
    program = build_program(learner, world, at=now).program
    language = get_language() or "vi"
    page = next_page(situation_of(world, learner), program, language, everything="all" in request.GET)
    courses = [course.code for course in page.courses]
    note_recommendation(learner, world, Question.NEXT, courses, minutes=None, at=now)
    return render(request, "programs/next.html", {"page": page, "token": token})


@require_GET
@_for_learner
def find_course(request: HttpRequest, learner: StoredLearner, *, token: str) -> HttpResponse:
    """Look for a course among those that are open to the learner."""
    world = get_world(timezone.localdate())
    asked = Asked(
        query=request.GET.get("q", "")[:MOST_LETTERS],
        chosen={name: request.GET.getlist(name)[:MOST_CHOSEN] for name in FACETS},
        number=_number(request, "page") or 1,
    )
    page = search_page(situation_of(world, learner), asked, get_language() or "vi")
    return render(request, "programs/search.html", {"page": page, "token": token})


@require_GET
@_for_learner
def suppose(request: HttpRequest, learner: StoredLearner, *, token: str) -> HttpResponse:
    """*What if*: the path at another pace, without some courses or with others, beside the path as it is."""
    now = timezone.now()
    world = get_world(timezone.localdate(now))
    current = build_program(learner, world, at=now)
    asked = request.GET
    tried = Tried(_number(request, "minutes_per_week"), asked.getlist("skip"), asked.getlist("add"))
    if not current.program.steps and not tried.add:
        return redirect("programs:path", token=token)
    situation = situation_of(world, learner, current.objective)
    page = what_if_page(situation, current.program, tried, get_language() or "vi")
    return render(request, "programs/what_if.html", {"page": page, "token": token})


@require_GET
@_for_learner
def changes(request: HttpRequest, learner: StoredLearner, *, token: str) -> HttpResponse:
    """Why the path changed: each time what happened, and what is different since."""
    before = _number(request, "before")
    entries, older = list_changes(learner.id, before=before)
    views = history_views(entries, learner.id, get_language() or "vi")
    context = {"changes": views, "older": older, "is_first_page": before is None, "token": token}
    return render(request, "programs/changes.html", context)


@require_http_methods(["GET", "POST"])
@_for_learner
def my_goals(request: HttpRequest, learner: StoredLearner, *, token: str) -> HttpResponse:
    """Take the programmes that the learner chose as their goals; whoever comes back to the address sees their path."""
    if request.method == "POST":
        chosen = request.POST.getlist("programme")
        choose_programmes(learner, chosen, get_world(timezone.localdate()), at=timezone.now())
    return redirect("programs:path", token=token)


@require_GET
@_for_learner
def course(request: HttpRequest, learner: StoredLearner, *, token: str, code: str) -> HttpResponse:
    """One course, each module in the variant that fits the learner best."""
    world, language = get_world(timezone.localdate()), get_language() or "vi"
    page = course_page(world, learner, code, language=language, token=token)
    way = None if page.step or page.is_completed else way_to(situation_of(world, learner), code, language)
    return render(request, "programs/course.html", {"page": page, "way": way, "token": token})


@require_GET
@_for_learner
def course_file(request: HttpRequest, learner: StoredLearner, *, token: str, code: str) -> HttpResponseBase:
    """A file that a course shows or offers."""
    release = get_world(timezone.localdate()).release
    asset = next((asset for asset in get_frame(release).assets if asset.code == code), None)
    if asset is None:
        raise NotFound(kind="asset", code=code)
    return send_asset(asset.sha256, media_type=asset.media_type, name=asset.file_name or code)
