"""Storing programs: in one transaction, only over what they were planned to follow, by COPY where there is it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from recommender.engine.batch import STATUSES
from recommender.engine.program import Objective
from recommender.learners.api import StoredLearner, lock_learners
from recommender.programs.changes import Kind
from recommender.programs.models import ProgramSource, ProgramVersion
from recommender.programs.planning import Planned
from recommender.programs.selectors import Current, StoredProgram
from recommender.programs.signals import program_changed

TYPES = {
    "learner_id": "int8",
    "source_id": "int4",
    "status": "int2",
    "record": "bytea",
    "inputs": "bytea",
    "cause": "varchar",
    "change": "bytea",
    "created_at": "timestamptz",
    "is_current": "bool",
}
"""The columns that COPY writes, with their types in PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Source:
    """What programs are built from, apart from the learner."""

    release: str
    model: str
    objective: Objective


@dataclass(frozen=True, slots=True)
class Outcome:
    """What planning for a learner gave: a ``record`` that differs from the one before, or ``None`` for the same.

    The program itself is number ``row`` of those ``planned`` together.
    ``change`` says how a program differs from one before, ``cause`` why it was planned.
    """

    learner: StoredLearner
    before: Current | None
    inputs: bytes
    source: Source
    planned: Planned
    row: int
    record: bytes | None
    cause: Kind = "request"
    change: bytes | None = None

    @property
    def status(self) -> int:
        """The number of the program's status."""
        return int(self.planned.programs.status[self.row])

    @property
    def document(self) -> bytes:
        """The program's document."""
        return self.planned.document(self.row)

    def stored(self, at: datetime) -> StoredProgram | None:
        """Return the program that is stored at this time; ``None`` for the same as before."""
        if self.record is None:
            return None
        return StoredProgram(
            learner=self.learner.profile.learner,
            release=self.source.release,
            model=self.source.model,
            objective=self.source.objective,
            status=STATUSES[self.status],
            record=self.record,
            cause=self.cause,
            packed_change=self.change,
            created_at=at,
            encoded=self.document,
        )


COPIED = 16
"""From so many programs on they are copied to PostgreSQL as a stream; fewer are inserted, which begins sooner."""


@transaction.atomic
def store(outcomes: Sequence[Outcome], at: datetime) -> set[int]:
    """Append the programs that differ to the log, note what the others were planned from; return whose changed.

    Learners who were erased meanwhile, or for whom somebody else stored a program meanwhile, are passed over: what is
    stored is newer, or the same. The number of queries does not depend on how many learners there are.
    """
    valid = _still_valid(outcomes)
    changed = [outcome for outcome in valid if outcome.record is not None]
    followed = [outcome.before.id for outcome in changed if outcome.before]
    if followed:
        ProgramVersion.objects.filter(id__in=followed).update(is_current=False)
    _append(changed, at)
    same = [(outcome.before.id, outcome.inputs) for outcome in valid if outcome.before and not outcome.record]
    ProgramVersion.objects.bulk_update([ProgramVersion(pk=pk, inputs=inputs) for pk, inputs in same], ["inputs"])
    if changed:
        names = tuple(outcome.learner.profile.learner for outcome in changed)
        transaction.on_commit(lambda: _tell(names))
    return {outcome.learner.id for outcome in changed}


def _still_valid(outcomes: Sequence[Outcome]) -> list[Outcome]:
    ids = [outcome.learner.id for outcome in outcomes]
    there = lock_learners(ids)
    rows = ProgramVersion.objects.filter(learner_id__in=there, is_current=True)
    now = {learner: (pk, bytes(inputs)) for learner, pk, inputs in rows.values_list("learner_id", "id", "inputs")}

    def is_valid(outcome: Outcome) -> bool:
        before = (outcome.before.id, outcome.before.inputs) if outcome.before else None
        return outcome.learner.id in there and now.get(outcome.learner.id) == before

    return list(filter(is_valid, outcomes))


def _append(changed: Sequence[Outcome], at: datetime) -> None:
    sources = {source: _source_id(source) for source in {outcome.source for outcome in changed}}
    rows = [
        (o.learner.id, sources[o.source], o.status, o.record, o.inputs, o.cause, o.change, at, True)
        for o in sorted(changed, key=lambda outcome: outcome.learner.id)
    ]
    if connection.vendor == "postgresql" and len(rows) >= COPIED:
        _copy(rows)
    else:
        ProgramVersion.objects.bulk_create(ProgramVersion(**dict(zip(TYPES, row, strict=True))) for row in rows)


def _source_id(source: Source) -> int:
    found, _made = ProgramSource.objects.get_or_create(
        release=source.release, model=source.model, objective=source.objective
    )
    return found.pk


def _copy(rows: Iterable[tuple[Any, ...]]) -> None:
    table = connection.ops.quote_name(ProgramVersion._meta.db_table)
    statement = f"COPY {table} ({', '.join(TYPES)}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(list(TYPES.values()))
        for row in rows:
            copy.write_row(row)


def _tell(names: tuple[str, ...]) -> None:
    program_changed.send_robust(sender=None, learners=names)
