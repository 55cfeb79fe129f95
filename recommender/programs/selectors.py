"""Which programs learners have and had, as values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import islice, pairwise
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet

from curriculum_graph.releases.api import get_graph
from recommender.engine.batch import STATUSES
from recommender.engine.compact import Label, unpack
from recommender.engine.program import Objective, Program, Status
from recommender.programs.changes import Change, unpack_change
from recommender.programs.models import ProgramVersion

CHUNK = 1_000
CHANGES = 20
"""Changes on one page."""


@dataclass(frozen=True)
class StoredProgram:
    """A program that a learner (a pseudonym) was given, as it is stored, and ``cause``, why.

    ``encoded`` is the document, where whoever made the value had it at hand.
    """

    learner: str
    release: str
    model: str
    objective: Objective
    status: Status
    record: bytes
    cause: str
    packed_change: bytes | None
    created_at: datetime
    encoded: bytes | None = None

    @cached_property
    def change(self) -> Change | None:
        """Why the program is another than the one before, and how; ``None``: it is the first, or older than changes."""
        return unpack_change(self.packed_change) if self.packed_change else None

    @property
    def label(self) -> Label:
        """What the record leaves out."""
        return Label(self.learner, self.model, self.objective)

    @cached_property
    def document(self) -> bytes:
        """The program's document: always the same bytes."""
        return self.encoded or unpack([self.record], get_graph(self.release), [self.label])[0]

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the document."""
        return sha256(self.document).hexdigest()

    @cached_property
    def program(self) -> Program:
        """The program as a value."""
        return msgspec.json.decode(self.document, type=Program)


@dataclass(frozen=True, slots=True)
class Current:
    """The program that a learner has now: its row id, and the digest of what it was planned from."""

    id: int
    stored: StoredProgram
    inputs: bytes


def find_current(learner_id: int) -> Current | None:
    """Return the program that a learner has now: one look-up in one index."""
    return list_current([learner_id]).get(learner_id)


def list_current(learner_ids: Sequence[int]) -> dict[int, Current]:
    """Return the programs that these learners have now, by row id. One query."""
    programs = _stored(ProgramVersion.objects.filter(learner_id__in=learner_ids, is_current=True))
    return {learner: Current(pk, stored, inputs) for pk, learner, stored, inputs in programs}


def list_versions(learner_id: int) -> list[StoredProgram]:
    """Return every program that a learner was given, oldest first. One query."""
    versions = ProgramVersion.objects.filter(learner_id=learner_id).order_by("id")
    return [stored for _id, _learner, stored, _inputs in _stored(versions)]


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of a learner's program: the row id of the program that came, what it was built from, and what the one
    ``before`` was (``release``, ``model``, ``objective``).
    """

    id: int
    at: datetime
    change: Change
    release: str
    model: str
    objective: str
    before: Mapping[str, str]


def list_changes(learner_id: int, *, before: int | None = None, limit: int = CHANGES) -> tuple[list[Entry], int | None]:
    """Return how a learner's program changed, newest first, at most ``limit`` times, and where to go on. One query.

    ``before`` is what was returned as the second value the time before; ``None``: there is no more. Programs from
    before changes were kept are passed over.
    """
    rows = ProgramVersion.objects.filter(learner_id=learner_id).select_related("source").defer("record", "inputs")
    rows = rows if before is None else rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: limit + 2])
    entries = [
        Entry(
            id=row.pk,
            at=row.created_at,
            change=unpack_change(bytes(row.change)),
            release=row.source.release,
            model=row.source.model,
            objective=row.source.objective,
            before={name: getattr(earlier.source, name) for name in ("release", "model", "objective")},
        )
        for row, earlier in pairwise(found[: limit + 1])
        if row.change is not None
    ]
    return entries, found[limit - 1].pk if len(found) == limit + 2 else None


def iter_current_documents() -> Iterator[bytes]:
    """Yield the documents of the programs that learners have now, by the learner's row id, streaming."""
    programs = _stored(ProgramVersion.objects.filter(is_current=True).order_by("learner_id"), CHUNK)
    while some := list(islice(programs, CHUNK)):
        yield from documents_of([stored for _id, _learner, stored, _inputs in some])


def documents_of(programs: Sequence[StoredProgram]) -> list[bytes]:
    """Return the documents of stored programs, those of each release read together."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, stored in enumerate(programs):
        places[stored.release].append(place)
    found: dict[int, bytes] = {}
    for release, those in places.items():
        records, labels = [programs[p].record for p in those], [programs[p].label for p in those]
        found |= zip(those, unpack(records, get_graph(release), labels), strict=True)
    return [found[place] for place in range(len(programs))]


class _Steps(msgspec.Struct, frozen=True):
    """Of a program's document, which courses it has."""

    class Step(msgspec.Struct, frozen=True):
        course: str

    steps: tuple[Step, ...]


def courses_of(programs: Sequence[StoredProgram]) -> list[tuple[str, ...]]:
    """Return the courses of stored programs, in their order."""
    documents = (msgspec.json.decode(document, type=_Steps) for document in documents_of(programs))
    return [tuple(step.course for step in document.steps) for document in documents]


def count_by_status() -> dict[str, int]:
    """Return how many learners have a program now, by its status."""
    counts = {status: Count("id", filter=Q(status=number)) for number, status in enumerate(STATUSES)}
    return ProgramVersion.objects.filter(is_current=True).aggregate(**counts)


_COLUMNS = (
    "id", "learner_id", "inputs", "learner__pseudonym", "source__release", "source__model", "source__objective",
    "status", "record", "cause", "change", "created_at",
)  # fmt: skip


def _stored(
    versions: QuerySet[ProgramVersion], chunk: int | None = None
) -> Iterator[tuple[int, int, StoredProgram, bytes]]:
    """Yield of each row its id, the learner's row id, the value and the inputs; read at once, or in chunks."""
    rows: Any = versions.values_list(*_COLUMNS)
    for row in rows if chunk is None else rows.iterator(chunk):
        pk, learner_id, inputs, learner, release, model, objective, status, record, cause, change, created_at = row
        stored = StoredProgram(
            learner=learner,
            release=release,
            model=model,
            objective=objective,
            status=STATUSES[status],
            record=bytes(record),
            cause=cause,
            packed_change=None if change is None else bytes(change),
            created_at=created_at,
        )
        yield pk, learner_id, stored, bytes(inputs)
