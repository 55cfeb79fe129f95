"""Building the programs of stored learners: only those whose inputs changed, and stored only where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
import structlog
from django.db import DatabaseError

from recommender.engine.compact import is_document, unpack
from recommender.engine.learner import Event
from recommender.engine.program import Objective
from recommender.learners.api import StoredLearner, count_events_of, list_completing_events_of, list_learners
from recommender.programs.actions.storing import Outcome, Source, store
from recommender.programs.models import ProgramVersion
from recommender.programs.planning import DEFAULT_OBJECTIVE, World
from recommender.programs.selectors import Current, StoredProgram, list_current

log = structlog.get_logger(__name__)
INPUTS_LENGTH = 16
"""Bytes of the digest of inputs: two different inputs of a learner never meet in so many."""

Cause = ProgramVersion.Cause


@dataclass(frozen=True, slots=True)
class Failure:
    """A learner (row id) for whom nothing could be planned, and why: a code, and a word for who looks into it."""

    learner: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """Of so many learners: the program differs from before (or is the first), is the same, or needed no planning; and
    those for whom nothing could be planned.
    """

    changed: int = 0
    same: int = 0
    fresh: int = 0
    failures: tuple[Failure, ...] = ()

    def __add__(self, other: "BuildCounts") -> "BuildCounts":
        return BuildCounts(
            self.changed + other.changed,
            self.same + other.same,
            self.fresh + other.fresh,
            self.failures + other.failures,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be stored for some learners, and how it went with the others."""

    outcomes: tuple[Outcome, ...] = ()
    counts: BuildCounts = BuildCounts()

    def __add__(self, other: "Prepared") -> "Prepared":
        return Prepared(self.outcomes + other.outcomes, self.counts + other.counts)

    def store(self, at: datetime) -> BuildCounts:
        """Store it; what somebody else stored meanwhile counts as up to date."""
        changed = len(store(self.outcomes, at))
        same = sum(outcome.record is None for outcome in self.outcomes)
        fresh = len(self.outcomes) - same - changed
        return self.counts + BuildCounts(changed, same, fresh)


@dataclass(frozen=True, slots=True)
class _Job:
    """A learner whose program has to be planned, and what with."""

    learner: StoredLearner
    objective: Objective
    inputs: bytes
    before: Current | None


def build_programs(ids: Sequence[int], world: World, *, objective: Objective | None, at: datetime) -> BuildCounts:
    """Bring the programs of the learners with these row ids up to date; may run twice without harm.

    Without an ``objective`` each learner keeps their own. The number of queries does not depend on how many learners
    there are. A learner for whom nothing can be planned is named and costs the others nothing.
    """
    return prepare(ids, world, objective).store(at)


def build_program(
    learner: StoredLearner, world: World, *, objective: Objective | None = None, at: datetime
) -> StoredProgram:
    """Return the program of one stored learner, brought up to date."""
    current = list_current([learner.id])
    jobs = _jobs([learner], current, world, objective)
    if jobs:
        store(_outcomes(jobs, world), at)
        current = list_current([learner.id])
    return current[learner.id].stored


def prepare(ids: Sequence[int], world: World, objective: Objective | None) -> Prepared:
    """Return what is to be stored for the learners with these row ids; nothing is written.

    Where planning for all of them fails, they are halved until those who cannot be planned for are alone.
    """
    try:
        learners = list_learners(ids)
        jobs = _jobs(learners, list_current(ids), world, objective)
        return Prepared(tuple(_outcomes(jobs, world)), BuildCounts(fresh=len(learners) - len(jobs)))
    except DatabaseError:
        raise
    except Exception as error:
        if len(ids) > 1:
            half = len(ids) // 2
            return prepare(ids[:half], world, objective) + prepare(ids[half:], world, objective)
        log.exception("program_not_planned", learner_id=ids[0])
        failure = Failure(ids[0], getattr(error, "code", type(error).__name__), str(error))
        return Prepared(counts=BuildCounts(failures=(failure,)))


def _jobs(
    learners: Sequence[StoredLearner], current: Mapping[int, Current], world: World, objective: Objective | None
) -> list[_Job]:
    """Return the learners whose inputs are not those of their program."""
    counted = count_events_of([learner.id for learner in learners]) if world.scorer else {}
    jobs = []
    for learner in learners:
        before = current.get(learner.id)
        wanted = objective or (before.stored.objective if before else DEFAULT_OBJECTIVE)
        inputs = _digest_of_inputs(learner, world, wanted, counted.get(learner.id, 0))
        if before is None or before.inputs != inputs:
            jobs.append(_Job(learner, wanted, inputs, before))
    return jobs


def _digest_of_inputs(learner: StoredLearner, world: World, objective: Objective, events: int) -> bytes:
    """Return the digest of all that a program depends on.

    Events are never changed, so that their number stands for them; the day counts where a waiver may end.
    """
    dated = any(waived.until for waived in learner.state.waived)
    inputs = (learner.state, world.release, world.model, objective, events, world.today if dated else None)
    return sha256(msgspec.json.encode(inputs)).digest()[:INPUTS_LENGTH]


def _outcomes(jobs: Sequence[_Job], world: World) -> list[Outcome]:
    """Plan for those of each objective together."""
    if not jobs:
        return []
    events = list_completing_events_of([job.learner.id for job in jobs]) if world.scorer else {}
    by_objective: defaultdict[Objective, list[_Job]] = defaultdict(list)
    for job in jobs:
        by_objective[job.objective].append(job)
    return [outcome for objective, some in by_objective.items() for outcome in _planned(some, world, objective, events)]


def _planned(
    jobs: Sequence[_Job], world: World, objective: Objective, events: Mapping[int, Sequence[Event]]
) -> list[Outcome]:
    planned = world.plan_many(
        [job.learner.state for job in jobs], [events.get(job.learner.id, ()) for job in jobs], objective
    )
    statuses = planned.programs.status.tolist()
    return [
        Outcome(
            learner=job.learner,
            before=job.before,
            inputs=job.inputs,
            source=Source(world.release, world.model, objective),
            status=status,
            record=None if _is_same(job.before, record, world, objective) else record,
            cause=_cause(job, world),
        )
        for job, record, status in zip(jobs, planned.records(), statuses, strict=True)
    ]


def _is_same(before: Current | None, record: bytes, world: World, objective: Objective) -> bool:
    """Return whether the document is the one before: the same source gives one document one record."""
    if before is None:
        return False
    stored = before.stored
    if (stored.release, stored.model, stored.objective) != (world.release, world.model, objective):
        return False
    if is_document(stored.record):  # from before there were records: the documents themselves decide
        return unpack([record], world.graph, [stored.label])[0] == stored.document
    return stored.record == record


def _cause(job: _Job, world: World) -> ProgramVersion.Cause:
    """Return the first difference that explains a new program."""
    if job.before is None:
        return Cause.REQUEST
    before = job.before.stored
    if before.release != world.release:
        return Cause.RELEASE
    if before.objective != job.objective:
        return Cause.OBJECTIVE
    if before.model != world.model:
        return Cause.MODEL
    return Cause.LEARNER
