"""Rows as the documents of the engine, and back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from recommender.engine import learner as documents
from recommender.engine.interchange import instant
from recommender.engine.waiving import WaivedRequirement, WaiverDocument
from recommender.learners.models import Event, Learner, Waiver

PROFILE_FIELDS = (
    "region", "audiences", "industries", "languages", "needs", "max_megabytes", "minutes_per_week", "minutes_budget",
    "goals", "completed", "mastered",
)  # fmt: skip
"""The fields that a row and a document have in common."""


def profile_of(row: Learner, waivers: Iterable[Waiver]) -> documents.Learner:
    """Return the document that was last given for a learner, of whom these waivers hold."""
    return msgspec.convert(
        {
            "learner": row.pseudonym,
            **{name: getattr(row, name) for name in PROFILE_FIELDS},
            "waived": [_waived(waiver) for waiver in waivers if waiver.in_document],
        },
        documents.Learner,
    )


def _waived(waiver: Waiver) -> dict[str, Any]:
    return {"course": waiver.course, "until": _day(waiver), "reason": waiver.reason}


def _day(waiver: Waiver) -> str | None:
    return waiver.until.isoformat() if waiver.until else None


def waived_of(waivers: Iterable[Waiver]) -> tuple[documents.Waived, ...]:
    """Return the courses that are waived beside the learner's document."""
    return tuple(
        msgspec.convert(_waived(waiver), documents.Waived)
        for waiver in waivers
        if not waiver.in_document and waiver.competence is None and waiver.required_by is None
    )


def requirements_of(waivers: Iterable[Waiver]) -> tuple[WaivedRequirement, ...]:
    """Return the requirements that are waived."""
    return tuple(
        WaivedRequirement(
            course=waiver.course,
            competence=waiver.competence,
            level=waiver.level,
            required_by=waiver.required_by,
            until=_day(waiver),
        )
        for waiver in waivers
        if waiver.competence is not None or waiver.required_by is not None
    )


def row_of(document: documents.Learner, at: datetime) -> Learner:
    """Return an unsaved row for a document; its waivers are rows of their own."""
    values: dict[str, Any] = {name: msgspec.to_builtins(getattr(document, name)) for name in PROFILE_FIELDS}
    return Learner(pseudonym=document.learner, created_at=at, seen_at=at, **values)


def waivers_of(document: documents.Learner, learner_id: int, at: datetime) -> list[Waiver]:
    """Return unsaved rows for the waivers of a document."""
    return [
        Waiver(
            learner_id=learner_id,
            in_document=True,
            course=waived.course,
            until=date.fromisoformat(waived.until) if waived.until else None,
            reason=waived.reason,
            created_at=at,
        )
        for waived in document.waived
    ]


def waiver_of(document: WaiverDocument, learner_id: int) -> Waiver:
    """Return an unsaved row for a waiver of its own; who made it, when and under which key is not in the document."""
    return Waiver(
        learner_id=learner_id,
        course=document.course,
        competence=document.competence,
        level=document.level,
        required_by=document.required_by,
        until=date.fromisoformat(document.until) if document.until else None,
        reason=document.reason,
    )


def waiver_document_of(waiver: Waiver) -> WaiverDocument:
    """Return what was said when something was waived."""
    return WaiverDocument(
        course=waiver.course,
        competence=waiver.competence,
        level=waiver.level,
        required_by=waiver.required_by,
        until=_day(waiver),
        reason=waiver.reason or "",
    )


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


BEGINNING: tuple[documents.Verb, ...] = ("enrolled", "launched", "progressed")
ENDING: tuple[documents.Verb, ...] = ("abandoned",)
COMPLETING: tuple[documents.Verb, ...] = ("completed", "passed")


def completes(event: documents.Event) -> bool:
    """Say whether an event completes its course: ``completed`` or ``passed``, of a course and of no module."""
    return event.verb in COMPLETING and event.course is not None and event.module is None
