"""Building the programs of stored learners: only those whose inputs changed, and stored only where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
from django.db import transaction

from recommender.engine.learner import Event
from recommender.engine.program import Objective
from recommender.learners.api import StoredLearner, count_events_of, list_completing_events_of, list_learners
from recommender.programs.models import CurrentProgram, ProgramVersion
from recommender.programs.planning import DEFAULT_OBJECTIVE, World, encode
from recommender.programs.selectors import Current, StoredProgram, list_current, stored_program
from recommender.programs.signals import program_changed

Cause = ProgramVersion.Cause


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """Of so many learners: the program differs from before (or is the first), is the same, or needed no planning."""

    changed: int = 0
    same: int = 0
    fresh: int = 0

    def __add__(self, other: "BuildCounts") -> "BuildCounts":
        return BuildCounts(self.changed + other.changed, self.same + other.same, self.fresh + other.fresh)


@dataclass(frozen=True, slots=True)
class _Job:
    """A learner whose program has to be planned, and what with."""

    learner: StoredLearner
    objective: Objective
    inputs: str
    before: Current | None


def build_programs(ids: Sequence[int], world: World, *, objective: Objective | None, at: datetime) -> BuildCounts:
    """Bring the programs of the learners with these row ids up to date; may run twice without harm.

    Without an ``objective`` each learner keeps their own. The number of queries does not depend on how many learners
    there are.
    """
    learners = list_learners(ids)
    jobs = _jobs(learners, list_current(ids), world, objective)
    changed = _build(jobs, world, at)
    return BuildCounts(len(changed), len(jobs) - len(changed), len(learners) - len(jobs))


def build_program(
    learner: StoredLearner, world: World, *, objective: Objective | None = None, at: datetime
) -> StoredProgram:
    """Return the program of one stored learner, brought up to date."""
    current = list_current([learner.id])
    changed = _build(_jobs([learner], current, world, objective), world, at)
    if learner.id in changed:
        return stored_program(changed[learner.id])
    return current[learner.id].stored


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


def _build(jobs: Sequence[_Job], world: World, at: datetime) -> dict[int, ProgramVersion]:
    """Plan, store what differs from before, and return it by learner."""
    if not jobs:
        return {}
    events = list_completing_events_of([job.learner.id for job in jobs]) if world.scorer else {}
    versions = [(job, _plan(job, world, events.get(job.learner.id, ()), at)) for job in jobs]
    changed = {
        job.learner.id: version
        for job, version in versions
        if job.before is None or job.before.stored.digest != version.digest
    }
    _store(jobs, changed)
    return changed


def _digest_of_inputs(learner: StoredLearner, world: World, objective: Objective, events: int) -> str:
    """Return the digest of all that a program depends on.

    Events are never changed, so that their number stands for them; the day counts where a waiver may end.
    """
    dated = any(waived.until for waived in learner.state.waived)
    inputs = (learner.state, world.release, world.model, objective, events, world.today if dated else None)
    return sha256(msgspec.json.encode(inputs)).hexdigest()


def _plan(job: _Job, world: World, events: Sequence[Event], at: datetime) -> ProgramVersion:
    program = world.plan_stored(job.learner.state, events, job.objective)
    document = encode(program)
    return ProgramVersion(
        learner_id=job.learner.id,
        release=program.release,
        model=program.model,
        objective=program.objective,
        status=program.status,
        document=document.decode(),
        digest=sha256(document).hexdigest(),
        cause=_cause(job, world),
        created_at=at,
    )


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


@transaction.atomic
def _store(jobs: Sequence[_Job], changed: Mapping[int, ProgramVersion]) -> None:
    """Append the programs that differ, and move the pointers."""
    ProgramVersion.objects.bulk_create(changed.values())
    pointers = [
        CurrentProgram(learner_id=job.learner.id, version_id=_version(job, changed), inputs=job.inputs) for job in jobs
    ]
    CurrentProgram.objects.bulk_create(
        pointers, update_conflicts=True, unique_fields=["learner"], update_fields=["version", "inputs"]
    )
    if changed:
        names = tuple(job.learner.profile.learner for job in jobs if job.learner.id in changed)
        transaction.on_commit(lambda: _tell(names))


def _version(job: _Job, changed: Mapping[int, ProgramVersion]) -> int:
    if job.before is None or job.learner.id in changed:
        return changed[job.learner.id].pk
    return job.before.stored.id


def _tell(names: tuple[str, ...]) -> None:
    program_changed.send_robust(sender=None, learners=names)
