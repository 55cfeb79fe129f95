"""Other questions of a learner over HTTP: what is next, what is recommended, what unlocks, how long, what if.

The learner's program is brought up to date where it plays a part. What is recommended (next, the best hours) is noted
where it is another than before; nothing else of what is asked here is stored.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Query, Router

from curriculum_graph.errors import NotFound, Problem
from recommender.engine.change import Change, change_problems
from recommender.engine.comparing import what_if
from recommender.engine.interchange import check
from recommender.engine.learner import LearnerGoal
from recommender.engine.questions import PACES, next_courses, time_to, unlocking
from recommender.learners.api import DocumentRefused, get_learner
from recommender.programs.actions import Question, build_program, note_recommendation
from recommender.programs.planning import World
from recommender.programs.reference import NEXT, RECOMMENDATIONS, TIME_TO, UNLOCKS, WHAT_IF
from recommender.programs.requests import json_body
from recommender.programs.situations import MOST_MINUTES, recommend_to, situation_of
from recommender.programs.worlds import get_world

MOST_PACES = 20


def get_next(
    request: HttpRequest, learner: str, limit: Annotated[int, Query(ge=1, le=1_000)] = 20
) -> HttpResponseBase | None:
    """Return the courses that the learner may take now, those of the program first, with what each opens.

    `count` is how many there are in all; `position` is a course's place in the program.
    """
    now = timezone.now()
    stored, world = get_learner(learner), get_world(timezone.localdate(now))
    program = build_program(stored, world, at=now).program
    found = next_courses(situation_of(world, stored), [step.course for step in program.steps])
    shown = found[:limit]
    note_recommendation(stored, world, Question.NEXT, [each.course for each in shown], minutes=None, at=now)
    return _answer(request, {**_of(learner, world), "count": len(found), "courses": shown})


def get_recommendations(
    request: HttpRequest, learner: str, minutes: Annotated[int | None, Query(ge=0, le=MOST_MINUTES)] = None
) -> HttpResponseBase | None:
    """Return the courses of the greatest relevance within so many minutes, in an order in which they can be taken.

    Goals play no part. Without `minutes`: the learner's budget, else 20 hours.
    """
    now = timezone.now()
    stored, world = get_learner(learner), get_world(timezone.localdate(now))
    found = recommend_to(situation_of(world, stored), minutes)
    courses = [step.course for step in found.steps]
    note_recommendation(stored, world, Question.BEST, courses, minutes=found.minutes, at=now)
    return _answer(request, found)


def get_unlocks(request: HttpRequest, learner: str, code: str) -> HttpResponseBase | None:
    """Return what unlocks a course for this learner: the shortest program to it, or why there is none."""
    stored, world = get_learner(learner), get_world(timezone.localdate())
    _known(code, world.vocabulary.courses, "course")
    return _answer(request, unlocking(situation_of(world, stored), code))


def get_time_to(
    request: HttpRequest,
    learner: str,
    course: str | None = None,
    competence: str | None = None,
    level: Annotated[int | None, Query(ge=1)] = None,
    programme: str | None = None,
    pace: Annotated[list[int], Query()] = [],  # noqa: B006 - never changed
) -> HttpResponseBase | None:
    """Return how long it is to a goal, which need not be one of the learner's: minutes, and weeks at different paces.

    Name a `course`, a `competence` with its `level`, or a `programme`. `straight` leads to this goal alone; `on_path`
    is the learner's program up to where it reaches it.
    """
    now = timezone.now()
    stored, world = get_learner(learner), get_world(timezone.localdate(now))
    goal = _goal(LearnerGoal(course=course, competence=competence, level=level, programme=programme), world)
    if len(pace) > MOST_PACES or not all(0 < each <= MOST_MINUTES for each in pace):
        raise DocumentRefused([Problem(code="bad_pace", place="/pace", fields={"limit": MOST_MINUTES})])
    steps = [step.course for step in build_program(stored, world, at=now).program.steps]
    answer = time_to(situation_of(world, stored), goal, paces=pace or PACES, steps=steps)
    return _answer(request, {**_of(learner, world), **msgspec.structs.asdict(answer)})


def post_what_if(request: HttpRequest, learner: str) -> HttpResponse:
    """Return the program as it is, as it would be, and the difference. Nothing of it is stored.

    Skip courses, want others before every goal, take or give up goals, have another pace or budget.
    """
    now = timezone.now()
    stored, world = get_learner(learner), get_world(timezone.localdate(now))
    change = check(json_body(request), Change, "")
    problems = change if isinstance(change, list) else change_problems(change, world.vocabulary)
    if isinstance(change, list) or problems:
        raise DocumentRefused(problems)
    current = build_program(stored, world, at=now)
    found = what_if(situation_of(world, stored, current.objective), change, current.program)
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")


def add_questions(router: Router, one: str, auth: Callable[[HttpRequest], Any]) -> None:
    """Add the endpoints below the address of one learner, for callers who may read programs."""
    questions: tuple[tuple[str, str, Callable[..., Any], dict[str, Any]], ...] = (
        ("next", "What a learner may take next", get_next, NEXT),
        ("recommendations", "The best hours for a learner", get_recommendations, RECOMMENDATIONS),
        ("courses/{path:code}/unlocks", "What unlocks a course for a learner", get_unlocks, UNLOCKS),
        ("time-to", "How long it is to a goal", get_time_to, TIME_TO),
    )
    for address, summary, endpoint, extra in questions:
        router.get(f"{one}/{address}", auth=auth, summary=summary, openapi_extra=extra)(endpoint)
    what = "What if a learner's program were different"
    router.post(f"{one}/what-if", auth=auth, summary=what, openapi_extra=WHAT_IF)(post_what_if)


def _of(learner: str, world: World) -> dict[str, str]:
    return {"learner": learner, "release": world.release, "model": world.model}


def _known(code: str, codes: frozenset[str], kind: str) -> None:
    if code not in codes:
        raise NotFound(kind=kind, code=code)


def _goal(goal: LearnerGoal, world: World) -> LearnerGoal:
    has_level = goal.competence is not None and goal.level is not None
    if [goal.course is not None, has_level, goal.programme is not None].count(True) != 1:
        raise DocumentRefused([Problem(code="goal_not_one_thing", place="")])
    _known(goal.course or "", world.vocabulary.courses | {""}, "course")
    _known(goal.programme or "", world.vocabulary.programmes | {""}, "programme")
    _known(goal.competence or "", frozenset({"", *world.vocabulary.levels}), "competence")
    return goal


def _answer(request: HttpRequest, value: Any) -> HttpResponseBase | None:
    """Return an answer with an `ETag` of its own; an unchanged one costs no body."""
    body = msgspec.json.encode(value)
    etag = f'"{sha256(body).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    response = HttpResponse(body, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag=etag, response=response)
