"""What is known of learners, as values. The number of queries never depends on the number of learners asked for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import Mod, RowNumber

from curriculum_graph.errors import NotFound
from recommender.engine import learner as documents
from recommender.engine.waiving import WaivedRequirement
from recommender.learners.documents import (
    BEGINNING,
    COMPLETING,
    ENDING,
    event_of,
    profile_of,
    requirements_of,
    waived_of,
)
from recommender.learners.models import Completion, Event, Learner, Waiver

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class StoredLearner:
    """A learner as stored: the row's ``id``, the ``profile`` last given, and the ``state`` that planning starts from.

    The state is the profile with the courses completed since among ``completed``, and those waived since among
    ``waived``. ``requirements`` are waived besides: a learner's document has no place for them.
    """

    id: int
    profile: documents.Learner
    state: documents.Learner
    requirements: tuple[WaivedRequirement, ...]
    created_at: datetime
    seen_at: datetime


def find_learner(pseudonym: str) -> StoredLearner | None:
    """Return a learner, or ``None`` where nobody has this pseudonym."""
    return next(iter(_stored(Learner.objects.filter(pseudonym=pseudonym))), None)


def get_learner(pseudonym: str) -> StoredLearner:
    """Return a learner.

    Raises
    ------
    NotFound
        Nobody has this pseudonym.
    """
    found = find_learner(pseudonym)
    if found is None:
        raise NotFound(kind="learner", code=pseudonym)
    return found


def list_learners(ids: Sequence[int]) -> list[StoredLearner]:
    """Return the learners with these row ids, by id; those that are gone are left out. Three queries."""
    return _stored(Learner.objects.filter(id__in=ids).order_by("id"))


def find_learners(pseudonyms: Sequence[str]) -> dict[str, StoredLearner]:
    """Return those of the learners with these pseudonyms that exist. Three queries."""
    return {
        found.profile.learner: found
        for found in _stored(Learner.objects.filter(pseudonym__in=pseudonyms).order_by("id"))
    }


def lock_learners(ids: Sequence[int]) -> set[int]:
    """Keep these learners from being changed or erased until the transaction ends; return those who are there."""
    rows = Learner.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")
    return set(rows.values_list("id", flat=True))


def count_learners() -> int:
    """Return how many learners are stored."""
    return Learner.objects.count()


def iter_learner_ids(size: int = CHUNK) -> Iterator[list[int]]:
    """Yield the row ids of all learners, ascending, ``size`` at a time; learners may come and go meanwhile."""
    last = 0
    while ids := list(Learner.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:size]):
        yield ids
        last = ids[-1]


def list_learner_ids(first: int, last: int) -> list[int]:
    """Return the row ids of the learners from ``first`` to ``last``, ascending. One query."""
    return list(Learner.objects.filter(id__range=(first, last)).order_by("id").values_list("id", flat=True))


def list_id_ranges(size: int) -> list[tuple[int, int, int]]:
    """Return the learners in ranges of ``size``: the first and the last row id, and how many there are. Two queries.

    The row ids are numbered by the database, of which one in ``size`` comes here: a hundred million learners are some
    hundred thousand ranges.
    """
    numbered = Learner.objects.annotate(place=Window(RowNumber(), order_by=F("id").asc()))
    ends = list(
        numbered.annotate(rest=Mod(F("place"), size)).filter(rest=0).order_by("id").values_list("id", flat=True)
    )
    rest = Learner.objects.filter(id__gt=ends[-1] if ends else 0).aggregate(last=Max("id"), count=Count("id"))
    starts = [1, *(end + 1 for end in ends)]
    ranges = [(start, end, size) for start, end in zip(starts, ends, strict=False)]
    return [*ranges, (starts[-1], rest["last"], rest["count"])] if rest["count"] else ranges


def _stored(learners: QuerySet[Learner]) -> list[StoredLearner]:
    rows = list(learners)
    ids = [row.id for row in rows]
    waivers: defaultdict[int, list[Waiver]] = defaultdict(list)
    completed: defaultdict[int, set[str]] = defaultdict(set)
    # Grouped here and not prefetched: a queryset for each learner would cost more than all else that is read.
    for waiver in Waiver.objects.filter(learner_id__in=ids, revoked_at=None):
        waivers[waiver.learner_id].append(waiver)
    for learner, course in Completion.objects.filter(learner_id__in=ids).values_list("learner_id", "course"):
        completed[learner].add(course)
    return [_value(row, waivers[row.id], completed[row.id]) for row in rows]


def _value(row: Learner, waivers: Sequence[Waiver], completed: Set[str]) -> StoredLearner:
    profile = profile_of(row, waivers)
    return StoredLearner(
        id=row.id,
        profile=profile,
        state=_state(profile, completed, waivers),
        requirements=requirements_of(waivers),
        created_at=row.created_at,
        seen_at=row.seen_at,
    )


def _state(profile: documents.Learner, completed: Set[str], waivers: Sequence[Waiver]) -> documents.Learner:
    since = sorted(completed - set(profile.completed))
    waived = waived_of(waivers)
    if not since and not waived:
        return profile
    return msgspec.structs.replace(profile, completed=(*profile.completed, *since), waived=(*profile.waived, *waived))


class Completed(msgspec.Struct, frozen=True):
    """A course that an event completed, and when."""

    course: str
    at: datetime


def list_completions(learner_id: int) -> list[Completed]:
    """Return what a learner completed since the first event, oldest first. One query."""
    rows = Completion.objects.filter(learner_id=learner_id).order_by("at", "course")
    return [Completed(course=row.course, at=row.at) for row in rows]


def list_events(pseudonym: str) -> tuple[documents.Event, ...]:
    """Return what a learner did, oldest first. One query."""
    rows = Event.objects.filter(learner__pseudonym=pseudonym).order_by("at", "event_id")
    return tuple(event_of(row, pseudonym) for row in rows.iterator(CHUNK))


class History(NamedTuple):
    """What planning asks of a learner's events: those by which they took a course, oldest first, and the courses that
    they have begun and not given up since, in the order in which they were begun.

    Whether a course that was begun was also completed, the learner's state says.
    """

    completing: tuple[documents.Event, ...] = ()
    started: tuple[str, ...] = ()


def list_histories_of(ids: Sequence[int]) -> dict[int, History]:
    """Return the history of each of the learners with these row ids who has one. One query.

    Of events that were forgotten, nothing is known.
    """
    completing: defaultdict[int, list[documents.Event]] = defaultdict(list)
    begun: defaultdict[int, dict[str, None]] = defaultdict(dict)
    verbs = (*BEGINNING, *ENDING, *COMPLETING)
    rows = Event.objects.filter(learner_id__in=ids, verb__in=verbs, course__isnull=False).order_by("at", "event_id")
    columns: Any = rows.values_list("learner_id", "learner__pseudonym", "event_id", "verb", "at", "course", "module")
    for learner, pseudonym, event, verb, at, course, module in columns:
        if verb in BEGINNING:
            begun[learner].setdefault(course)
        elif module is not None:
            continue
        elif verb in ENDING:
            begun[learner].pop(course, None)
        else:
            done = documents.Event(id=event, learner=pseudonym, verb=verb, at=at.isoformat(), course=course)
            completing[learner].append(done)
    return {
        learner: History(tuple(completing.get(learner, ())), tuple(begun.get(learner, ())))
        for learner in completing.keys() | begun.keys()
    }


class EventMark(NamedTuple):
    """How many events of a learner are stored, and the row id of the last one (0: none)."""

    stored: int = 0
    last: int = 0


def mark_events_of(ids: Sequence[int]) -> dict[int, EventMark]:
    """Return how far the events of each of these learners go, where there are any. One query."""
    rows = (
        Event.objects.filter(learner_id__in=ids).values_list("learner_id").annotate(count=Count("id"), last=Max("id"))
    )
    return {learner: EventMark(count, last) for learner, count, last in rows}


def list_events_since(marks: Mapping[int, int]) -> dict[int, tuple[documents.Event, ...]]:
    """Return the events stored after a row id that begin, end or give up a course, by learner, oldest first. One query.

    ``marks`` are, by the learner's row id, the row id of the last event that is known.
    """
    found: defaultdict[int, list[documents.Event]] = defaultdict(list)
    if not marks:
        return {}
    verbs = (*BEGINNING, *ENDING, *COMPLETING)
    rows = Event.objects.filter(learner_id__in=list(marks), id__gt=min(marks.values()), verb__in=verbs)
    for row in rows.filter(course__isnull=False).select_related("learner").order_by("at", "event_id"):
        if row.pk > marks[row.learner_id]:
            found[row.learner_id].append(event_of(row, row.learner.pseudonym))
    return {learner: tuple(events) for learner, events in found.items()}


def count_events() -> int:
    """Return how many events are stored."""
    return Event.objects.count()


def iter_events() -> Iterator[documents.Event]:
    """Yield every stored event, oldest first (those of one instant by id), streaming. One query."""
    rows = Event.objects.select_related("learner").order_by("at", "event_id")
    for row in rows.iterator(CHUNK):
        yield event_of(row, row.learner.pseudonym)


def iter_profiles() -> Iterator[documents.Learner]:
    """Yield the state of every learner, by row id, streaming."""
    for ids in iter_learner_ids():
        yield from (found.state for found in list_learners(ids))
