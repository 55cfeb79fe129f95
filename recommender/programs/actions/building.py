"""Building the programs of stored learners: only those whose inputs changed, and stored only where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import DatabaseError

from recommender.engine.compact import is_document, unpack
from recommender.engine.program import Objective
from recommender.learners.api import (
    EventMark,
    History,
    StoredLearner,
    list_histories_of,
    list_learners,
    mark_events_of,
)
from recommender.programs.actions.changing import Job, with_changes
from recommender.programs.actions.storing import Outcome, Source, store
from recommender.programs.inputs import inputs_of
from recommender.programs.planning import DEFAULT_OBJECTIVE, Occasion, World
from recommender.programs.selectors import Current, StoredProgram, courses_of, list_current

log = structlog.get_logger(__name__)


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
    if not jobs:
        return current[learner.id].stored
    [outcome] = _outcomes(jobs, world)
    stored = outcome.stored(at) if store([outcome], at) else None  # None: it is the same, or somebody was faster
    return stored or list_current([learner.id])[learner.id].stored


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
) -> list[Job]:
    """Return the learners whose inputs are not those of their program."""
    marks = mark_events_of([learner.id for learner in learners])
    jobs = []
    for learner in learners:
        before = current.get(learner.id)
        wanted = objective or (before.stored.objective if before else DEFAULT_OBJECTIVE)
        inputs = inputs_of(learner, world, wanted, marks.get(learner.id, EventMark()))
        if before is None or before.inputs != inputs:
            jobs.append(Job(learner, wanted, inputs, before))
    return jobs


def _outcomes(jobs: Sequence[Job], world: World) -> list[Outcome]:
    """Plan together for those of each objective with nothing to look back on, and for the others; say what changed."""
    if not jobs:
        return []
    groups: defaultdict[tuple[Objective, bool], list[tuple[Job, Occasion]]] = defaultdict(list)
    for job, occasion in zip(jobs, _occasions(jobs, world), strict=True):
        groups[job.objective, occasion.is_first].append((job, occasion))
    outcomes = [
        outcome
        for (objective, is_first), pairs in groups.items()
        for outcome in _planned(pairs, world, objective, is_first=is_first)
    ]
    return with_changes(jobs, outcomes, world)


def _occasions(jobs: Sequence[Job], world: World) -> list[Occasion]:
    """Return what planning for each looks at. Who asks for another objective is planned for afresh."""
    histories = list_histories_of([job.learner.id for job in jobs])
    kept = [job.before for job in jobs if job.before and job.before.stored.objective == job.objective]
    courses = courses_of([before.stored for before in kept])
    previous = dict(zip((before.id for before in kept), courses, strict=True))
    return [
        Occasion(
            learner=job.learner.state,
            events=histories.get(job.learner.id, History()).completing,
            previous=previous.get(job.before.id, ()) if job.before else (),
            started=histories.get(job.learner.id, History()).started,
            requirements=job.learner.requirements,
        )
        for job in jobs
    ]


def _planned(
    pairs: Sequence[tuple[Job, Occasion]], world: World, objective: Objective, *, is_first: bool
) -> list[Outcome]:
    occasions = [occasion for _job, occasion in pairs]
    planned = (
        world.plan_many([one.learner for one in occasions], [one.events for one in occasions], objective)
        if is_first
        else world.replan_many(occasions, objective)
    )
    return [
        Outcome(
            learner=job.learner,
            before=job.before,
            inputs=job.inputs,
            source=Source(world.release, world.model, objective),
            planned=planned,
            row=row,
            record=None if _is_same(job.before, record, world, objective) else record,
        )
        for row, ((job, _occasion), record) in enumerate(zip(pairs, planned.records(), strict=True))
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
