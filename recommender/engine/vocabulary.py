"""The codes that a release knows, and which codes of a learner's or an event's document it does not know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from curriculum_graph.compile import CompiledGraph
from curriculum_graph.errors import FieldValue, Problem
from curriculum_graph.snapshot import BASE_LANGUAGE
from recommender.engine.learner import Event, Learner, LearnerGoal
from recommender.engine.lines import placed


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes of one release; ``levels`` maps each competence to the number of its framework's levels."""

    courses: frozenset[str]
    modules: frozenset[str]
    items: frozenset[str]
    levels: Mapping[str, int]
    programmes: frozenset[str]
    regions: frozenset[str]
    audiences: frozenset[str]
    languages: frozenset[str]


def vocabulary(graph: CompiledGraph, languages: Iterable[str] = (), items: Iterable[str] = ()) -> Vocabulary:
    """Return the codes of a compiled release.

    Parameters
    ----------
    graph : the release.
    languages : the tags that the release declares; those that its courses list, and Vietnamese, are known as well.
    items : the codes of its test items, of which a compiled graph knows nothing.

    Notes
    -----
    Complexity O(courses + modules + competences).
    """
    sizes = (graph.state_ptr[1:] - graph.state_ptr[:-1]).tolist()
    return Vocabulary(
        courses=frozenset(graph.course_codes),
        modules=frozenset(graph.module_codes),
        items=frozenset(items),
        levels=dict(zip(graph.competence_codes, sizes, strict=True)),
        programmes=frozenset(graph.programme_codes),
        regions=frozenset(graph.regions.codes),
        audiences=frozenset(graph.audiences.codes),
        languages=frozenset({BASE_LANGUAGE, *graph.languages, *languages}),
    )


def learner_problems(learner: Learner, known: Vocabulary, place: str) -> list[Problem]:
    """Return the codes of a learner that refuse the file: goals, region, audiences, programmes and languages.

    Industries, and courses and competences from the learner's past, may be unknown: nothing is lost by keeping them.
    """
    unknown = [
        *_unknown("region", [learner.region], known.regions, "/region"),
        *_unknown("audience", learner.audiences, known.audiences, "/audiences/%s"),
        *_unknown("language", learner.languages, known.languages, "/languages/%s"),
    ]
    for index, goal in enumerate(learner.goals):
        unknown += _goal_problems(goal, known, f"/goals/{index}")
    return [placed(problem, place) for problem in unknown]


def event_problems(event: Event, at: datetime, known: Vocabulary, now: datetime, place: str) -> list[Problem]:
    """Return what refuses an event: an unknown course, module or item, or a date later than ``now``."""
    found = [
        *_unknown("course", [event.course], known.courses, "/course"),
        *_unknown("module", [event.module], known.modules, "/module"),
        *_unknown("item", [event.item], known.items, "/item"),
    ]
    if at > now:
        found.append(Problem(code="date_in_future", place="/at", fields={"at": event.at}))
    return [placed(problem, place) for problem in found]


def is_known_goal(goal: LearnerGoal, known: Vocabulary) -> bool:
    """Return whether the release knows what a goal names."""
    return not any(_goal_problems(goal, known, ""))


def _unknown(kind: str, codes: Iterable[str | None], known: frozenset[str], pointer: str) -> Iterator[Problem]:
    for index, code in enumerate(codes):
        if code is not None and code not in known:
            yield Problem(code=f"unknown_{kind}", place=pointer.replace("%s", str(index)), fields={"code": code})


def _goal_problems(goal: LearnerGoal, known: Vocabulary, pointer: str) -> Iterator[Problem]:
    if goal.course is not None:
        yield from _unknown("course", [goal.course], known.courses, pointer)
    elif goal.programme is not None:
        yield from _unknown("programme", [goal.programme], known.programmes, pointer)
    elif goal.competence is not None and goal.level is not None:
        highest = known.levels.get(goal.competence)
        fields: dict[str, FieldValue] = {"code": goal.competence}
        if highest is None:
            yield Problem(code="unknown_competence", place=pointer, fields=fields)
        elif goal.level > highest:
            beyond: dict[str, FieldValue] = {**fields, "level": goal.level, "highest": highest}
            yield Problem(code="unknown_level", place=pointer, fields=beyond)
