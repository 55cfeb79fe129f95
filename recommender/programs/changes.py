"""Why a program is another than before, and what is different in it: kept with each program that followed another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

from recommender.engine.differences import Difference
from recommender.engine.learner import Event
from recommender.learners.api import WaiverRecord, last_day
from recommender.programs.inputs import Part

Kind = Literal[
    "request", "release", "model", "objective", "event", "waiver", "goals", "time", "profile", "known", "learner"
]
"""Why a program was planned: ``request`` is the first; ``learner`` what is known of the learner, nobody knows what."""

Ending = Literal["waived", "revoked", "ended"]

COMPLETING = ("completed", "passed")
EVENTS = 5
"""How many events are named at most, the last of them."""

_OF_PART: Mapping[Part, Kind] = {"goals": "goals", "time": "time", "profile": "profile", "known": "known"}


class Cause(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that was different.

    - ``event``: ``event`` (its id), ``verb``, ``course`` and ``at`` (RFC 3339).
    - ``waiver``: ``waiver`` (the record) and ``ending``: it was made, taken back, or its last day was over.
    - the others have no fields: which release, model and objective it was, the programs themselves say.
    """

    kind: Kind
    event: str | None = None
    verb: str | None = None
    course: str | None = None
    at: str | None = None
    waiver: int | None = None
    ending: Ending | None = None


class Change(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The causes, the likeliest to be asked for first, and the difference."""

    causes: tuple[Cause, ...]
    difference: Difference


def pack_change(change: Change) -> bytes:
    """Return a change as it is stored: some two hundred bytes."""
    return msgspec.msgpack.encode(change)


def unpack_change(packed: bytes) -> Change:
    """Return a change that was stored."""
    return msgspec.msgpack.decode(packed, type=Change)


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened between two programs of a learner: parts of the inputs that differ, events, records of waivers."""

    source: tuple[Kind, ...]
    parts: Collection[Part]
    events: Sequence[Event]
    waivers: Sequence[WaiverRecord]
    since: datetime
    today: date


def causes_of(happened: Happened) -> tuple[Cause, ...]:
    """Return why a program was planned again."""
    found = [
        *(Cause(kind=kind) for kind in happened.source),
        *(_event(event) for event in happened.events[-EVENTS:]),
        *(_waivers(happened) if "waivers" in happened.parts else ()),
        *(Cause(kind=_OF_PART[part]) for part in happened.parts if part in _OF_PART),
    ]
    if any(event.verb in COMPLETING for event in happened.events):  # then it is known by that
        found = [cause for cause in found if cause.kind != "known"]
    return tuple(found) or (Cause(kind="learner"),)


def _event(event: Event) -> Cause:
    return Cause(kind="event", event=event.id, verb=event.verb, course=event.course, at=event.at)


def _waivers(happened: Happened) -> list[Cause]:
    named = [
        Cause(kind="waiver", waiver=record.id, ending=ending)
        for record in happened.waivers
        if (ending := _ending(record, happened.since, happened.today)) is not None
    ]
    return named or [Cause(kind="waiver")]


def _ending(record: WaiverRecord, since: datetime, today: date) -> Ending | None:
    """Return what became of a waiver since; ``None``: nothing, or it came and went."""
    until = last_day(record)
    if record.created_at > since:
        return None if record.revoked_at else "waived"
    if record.revoked_at is not None:
        return "revoked" if record.revoked_at > since else None
    return "ended" if until is not None and since.date() <= until < today else None
