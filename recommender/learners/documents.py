"""Rows as the documents of the engine, and back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from recommender.engine import learner as documents
from recommender.engine.interchange import instant
from recommender.learners.models import Event, Learner, Waiver

PROFILE_FIELDS = (
    "region", "audiences", "industries", "languages", "needs", "max_megabytes", "minutes_per_week", "minutes_budget",
    "goals", "completed", "mastered",
)  # fmt: skip
"""The fields that a row and a document have in common."""


def profile_of(row: Learner, waivers: Iterable[Waiver]) -> documents.Learner:
    """Return the document that was last given for a learner."""
    return msgspec.convert(
        {
            "learner": row.pseudonym,
            **{name: getattr(row, name) for name in PROFILE_FIELDS},
            "waived": [_waived(waiver) for waiver in waivers],
        },
        documents.Learner,
    )


def _waived(waiver: Waiver) -> dict[str, Any]:
    until = waiver.until.isoformat() if waiver.until else None
    return {"course": waiver.course, "until": until, "reason": waiver.reason}


def row_of(document: documents.Learner, at: datetime) -> Learner:
    """Return an unsaved row for a document; its waivers are rows of their own."""
    values: dict[str, Any] = {name: msgspec.to_builtins(getattr(document, name)) for name in PROFILE_FIELDS}
    return Learner(pseudonym=document.learner, created_at=at, seen_at=at, **values)


def waivers_of(document: documents.Learner, learner_id: int) -> list[Waiver]:
    """Return unsaved rows for the waivers of a document."""
    return [
        Waiver(
            learner_id=learner_id,
            course=waived.course,
            until=date.fromisoformat(waived.until) if waived.until else None,
            reason=waived.reason,
        )
        for waived in document.waived
    ]


EVENT_FIELDS = ("verb", "course", "module", "item", "correct", "score", "seconds", "progress", "rating")


def event_of(row: Event, pseudonym: str) -> documents.Event:
    """Return the document of a stored event; its time is in UTC."""
    values: dict[str, Any] = {name: getattr(row, name) for name in EVENT_FIELDS}
    return documents.Event(id=row.event_id, learner=pseudonym, at=row.at.isoformat(), **values)


def event_row_of(document: documents.Event, learner_id: int) -> Event:
    """Return an unsaved row for an event whose time was found to be one.

    Raises
    ------
    ValueError
        ``at`` is no point in time: the document was not checked.
    """
    at = instant(document.at)
    if at is None:
        raise ValueError(document.at)
    values: dict[str, Any] = {name: getattr(document, name) for name in EVENT_FIELDS}
    return Event(event_id=document.id, learner_id=learner_id, at=at, **values)


COMPLETING: tuple[documents.Verb, ...] = ("completed", "passed")


def completes(event: documents.Event) -> bool:
    """Say whether an event completes its course: ``completed`` or ``passed``, of a course and of no module."""
    return event.verb in COMPLETING and event.course is not None and event.module is None
