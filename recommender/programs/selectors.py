"""Which programs learners have and had, as values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import Count, Q

from recommender.engine.program import Objective, Program
from recommender.programs.models import CurrentProgram, ProgramVersion

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class StoredProgram:
    """A program that a learner was given. ``document`` is its bytes, ``digest`` their SHA-256, ``cause`` why."""

    id: int
    release: str
    model: str
    objective: Objective
    document: bytes
    digest: str
    cause: str
    created_at: datetime

    @property
    def program(self) -> Program:
        return msgspec.json.decode(self.document, type=Program)


@dataclass(frozen=True, slots=True)
class Current:
    """The program that a learner has now and the digest of what it was planned from."""

    stored: StoredProgram
    inputs: str


def find_current(learner_id: int) -> Current | None:
    """Return the program that a learner has now: one look-up in one index."""
    return list_current([learner_id]).get(learner_id)


def list_current(learner_ids: Sequence[int]) -> dict[int, Current]:
    """Return the programs that these learners have now, by row id. One query."""
    rows = CurrentProgram.objects.filter(learner_id__in=learner_ids).select_related("version")
    return {row.learner_id: Current(stored_program(row.version), row.inputs) for row in rows}


def find_previous(learner_id: int, version_id: int) -> StoredProgram | None:
    """Return the program that a learner had before the one with ``version_id``."""
    row = ProgramVersion.objects.filter(learner_id=learner_id, id__lt=version_id).order_by("-id").first()
    return stored_program(row) if row else None


def list_versions(learner_id: int) -> list[StoredProgram]:
    """Return every program that a learner was given, oldest first. One query."""
    return [stored_program(row) for row in ProgramVersion.objects.filter(learner_id=learner_id).order_by("id")]


def iter_current_documents() -> Iterator[bytes]:
    """Yield the documents of the programs that learners have now, by the learner's row id, streaming."""
    rows = CurrentProgram.objects.order_by("learner_id").values_list("version__document", flat=True)
    for document in rows.iterator(CHUNK):
        yield document.encode()


def count_by_status() -> dict[str, int]:
    """Return how many learners have a program now, by its status."""
    statuses = ("complete", "partial", "infeasible")
    counts = {status: Count("learner_id", filter=Q(version__status=status)) for status in statuses}
    return CurrentProgram.objects.aggregate(**counts)


def stored_program(row: ProgramVersion) -> StoredProgram:
    """Return the value of a row."""
    return StoredProgram(
        id=row.id,
        release=row.release,
        model=row.model,
        objective="minutes" if row.objective == "minutes" else "balanced",
        document=row.document.encode(),
        digest=row.digest,
        cause=row.cause,
        created_at=row.created_at,
    )
