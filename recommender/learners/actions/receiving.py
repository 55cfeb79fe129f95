"""Taking in single documents, as they come over HTTP: each is checked like a line of a file."""

from datetime import datetime
from typing import Any

from curriculum_graph.errors import Problem, Refused
from recommender.engine.interchange import check, instant
from recommender.engine.learner import Event, Learner
from recommender.engine.vocabulary import Vocabulary, event_problems, learner_problems
from recommender.learners.actions.events import EventCounts, record_events
from recommender.learners.actions.profiles import Change, put_learner

MAX_EVENTS = 1_000
"""Events in one request: about a second of work. More come as several requests, or as a file."""


class DocumentRefused(Refused):
    """A document has errors; nothing of it was stored."""

    code = "document_refused"


def receive_learner(document: Any, pseudonym: str, known: Vocabulary, *, at: datetime) -> Change:
    """Store the learner that JSON data describe under ``pseudonym``, which the data may leave out.

    Raises
    ------
    DocumentRefused
        The data are no learner document, or name what the release does not know, or another learner.
    """
    if isinstance(document, dict):
        document = {"learner": pseudonym, **document}
    learner = check(document, Learner, "")
    if isinstance(learner, list):
        raise DocumentRefused(learner)
    problems = learner_problems(learner, known, "") + _names_another(learner.learner, pseudonym, "/learner")
    if problems:
        raise DocumentRefused(problems)
    return put_learner(learner, at=at)


def receive_events(body: Any, pseudonym: str, known: Vocabulary, *, at: datetime) -> EventCounts:
    """Store the event, or the list of events, that JSON data describe, all or none; ``at`` is now.

    All are of one learner, whom an event may leave out.

    Raises
    ------
    DocumentRefused
        One of them is bad, or of another learner, or there are more than :data:`MAX_EVENTS`.
    """
    if isinstance(body, list) and len(body) > MAX_EVENTS:
        raise DocumentRefused([Problem(code="too_many_events", place="", fields={"limit": MAX_EVENTS})])
    events: list[Event] = []
    problems: list[Problem] = []
    documents = [(f"/{index}", one) for index, one in enumerate(body)] if isinstance(body, list) else [("", body)]
    for where, document in documents:
        event = check({"learner": pseudonym, **document} if isinstance(document, dict) else document, Event, where)
        if isinstance(event, list):
            problems += event
            continue
        problems += event_problems(event, instant(event.at) or at, known, at, where)
        problems += _names_another(event.learner, pseudonym, f"{where}/learner")
        events.append(event)
    if problems:
        raise DocumentRefused(problems)
    return record_events(events, at=at)


def _names_another(named: str, pseudonym: str, where: str) -> list[Problem]:
    if named == pseudonym:
        return []
    return [Problem(code="another_learner", place=where, fields={"code": named, "expected": pseudonym})]
