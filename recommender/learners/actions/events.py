"""Recording what learners did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recommender.engine import learner as documents
from recommender.learners.documents import completes, event_row_of
from recommender.learners.models import Completion, Event, Learner


@dataclass(frozen=True, slots=True)
class EventCounts:
    """How many events were new, how many had come before, and how many learners were heard of for the first time."""

    created: int = 0
    repeated: int = 0
    learners: int = 0

    def __add__(self, other: "EventCounts") -> "EventCounts":
        return EventCounts(self.created + other.created, self.repeated + other.repeated, self.learners + other.learners)


@transaction.atomic
def record_events(batch: Sequence[documents.Event], *, at: datetime) -> EventCounts:
    """Store events that were checked; the first with an id wins, whoever sends another.

    A learner of whom nothing is known yet is created. A course that an event completes is completed from then on.
    The number of queries does not depend on how many events there are.
    """
    first: dict[str, documents.Event] = {}
    for event in batch:
        first.setdefault(event.id, event)
    known = set(Event.objects.filter(event_id__in=list(first)).values_list("event_id", flat=True))
    fresh = [event for event in first.values() if event.id not in known]
    if not fresh:
        return EventCounts(repeated=len(batch))
    ids, created = _learner_ids({event.learner for event in fresh}, at)
    # Another process may have stored one of them since: its event was first.
    Event.objects.bulk_create([event_row_of(event, ids[event.learner]) for event in fresh], ignore_conflicts=True)
    _complete(fresh, ids)
    Learner.objects.filter(id__in=list(ids.values()), seen_at__lt=at).update(seen_at=at)
    return EventCounts(len(fresh), len(batch) - len(fresh), created)


def _learner_ids(pseudonyms: set[str], at: datetime) -> tuple[dict[str, int], int]:
    """Return the row id of each pseudonym, and how many rows had to be made for that."""
    ids = _known_ids(pseudonyms)
    missing = sorted(pseudonyms - set(ids))
    if missing:
        rows = [Learner(pseudonym=pseudonym, created_at=at, seen_at=at) for pseudonym in missing]
        Learner.objects.bulk_create(rows, ignore_conflicts=True)
        ids = _known_ids(pseudonyms)
    return ids, len(missing)


def _known_ids(pseudonyms: set[str]) -> dict[str, int]:
    return dict(Learner.objects.filter(pseudonym__in=sorted(pseudonyms)).values_list("pseudonym", "id"))


def _complete(events: Sequence[documents.Event], ids: dict[str, int]) -> None:
    rows: dict[tuple[int, str], Completion] = {}
    for event in events:
        if completes(event) and event.course is not None:
            learner = ids[event.learner]
            row = Completion(learner_id=learner, course=event.course, at=event_row_of(event, learner).at)
            rows.setdefault((learner, event.course), row)
    if rows:
        Completion.objects.bulk_create(list(rows.values()), ignore_conflicts=True)
