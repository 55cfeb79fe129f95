"""Waivers as records: what can be wrong with one, and which there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec
from django.db.models import Q, QuerySet

from curriculum_graph.compile import CompiledGraph
from curriculum_graph.errors import FieldValue, NotFound, Problem
from recommender.engine.vocabulary import Vocabulary
from recommender.engine.waiving import WaiverDocument, without_requirements
from recommender.learners.documents import waiver_document_of
from recommender.learners.models import Waiver


class WaiverRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A waiver and its history. ``key`` names it; ``None``: it came with the learner's document."""

    id: int
    learner: str
    key: str | None
    waived: WaiverDocument
    author: str
    created_at: datetime
    revoked_at: datetime | None
    revoked_by: str


def last_day(record: WaiverRecord) -> date | None:
    """Return the last day on which a waiver holds; ``None``: it has none."""
    return date.fromisoformat(record.waived.until) if record.waived.until else None


def waiver_holds(record: WaiverRecord, today: date) -> bool:
    """Say whether a waiver still holds: not revoked, and on its last day it does."""
    until = last_day(record)
    return record.revoked_at is None and (until is None or today <= until)


def waiver_problems(document: WaiverDocument, known: Vocabulary, graph: CompiledGraph, today: date) -> list[Problem]:
    """Return what is wrong with a waiver: it names not one thing, or what the release does not know or ask for."""
    is_level = document.competence is not None and document.level is not None
    is_part = (document.competence is None) != (document.level is None)
    if is_part or (document.course is not None) == is_level:
        return [Problem(code="waiver_not_one_thing", place="")]
    problems = list(_unknown(document, known))
    if document.until is not None and date.fromisoformat(document.until) < today:
        problems.append(Problem(code="until_is_past", place="/until", fields={"date": document.until}))
    requirement = document.requirement
    if not problems and requirement is not None and without_requirements(graph, [requirement]) is graph:
        problems.append(Problem(code="nothing_to_waive", place=""))
    return problems


def _unknown(document: WaiverDocument, known: Vocabulary) -> Iterator[Problem]:
    for name, code in (("course", document.course), ("required_by", document.required_by)):
        if code is not None and code not in known.courses:
            yield Problem(code="unknown_course", place=f"/{name}", fields={"code": code})
    if document.competence is None or document.level is None:
        return
    highest = known.levels.get(document.competence)
    fields: dict[str, FieldValue] = {"code": document.competence}
    if highest is None:
        yield Problem(code="unknown_competence", place="/competence", fields=fields)
    elif document.level > highest:
        yield Problem(
            code="unknown_level", place="/level", fields={**fields, "level": document.level, "highest": highest}
        )


def list_waivers_of(learner_id: int) -> list[WaiverRecord]:
    """Return what a learner was ever let off, oldest first. One query."""
    return [_record(row) for row in _rows().filter(learner_id=learner_id)]


def list_waivers_of_each(learner_ids: Sequence[int]) -> dict[int, list[WaiverRecord]]:
    """Return what each of the learners was ever let off, oldest first, where there is anything. One query."""
    found: defaultdict[int, list[WaiverRecord]] = defaultdict(list)
    for row in _rows().filter(learner_id__in=learner_ids):
        found[row.learner_id].append(_record(row))
    return dict(found)


def list_waivers(learner: str = "", *, start: int = 0, limit: int = 50) -> list[WaiverRecord]:
    """Return waivers, newest first; of one learner where a pseudonym is given. One query."""
    return [_record(row) for row in _found(learner).order_by("-id")[start : start + limit]]


def count_waivers(learner: str = "") -> int:
    """Return how many waivers there are or were, in all or of one learner."""
    return _found(learner).count()


def get_waiver(waiver_id: int) -> WaiverRecord:
    """Return a waiver by its row id.

    Raises
    ------
    NotFound
        There is none.
    """
    row = _rows().filter(id=waiver_id).first()
    if row is None:
        raise NotFound(kind="waiver", code=str(waiver_id))
    return _record(row)


def _rows() -> QuerySet[Waiver]:
    return Waiver.objects.select_related("learner").order_by("id")


def _found(learner: str) -> QuerySet[Waiver]:
    return _rows().filter(Q(learner__pseudonym=learner) if learner else Q())


def _record(row: Waiver) -> WaiverRecord:
    return WaiverRecord(
        id=row.id,
        learner=row.learner.pseudonym,
        key=row.key,
        waived=waiver_document_of(row),
        author=row.author,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        revoked_by=row.revoked_by,
    )
