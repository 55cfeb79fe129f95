"""What is kept of why a program is another than before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from recommender.engine.differences import difference
from recommender.engine.holdings import is_waived
from recommender.engine.program import Objective, Program
from recommender.learners.api import StoredLearner, list_events_since, list_waivers_of_each
from recommender.programs.actions.storing import Outcome
from recommender.programs.changes import Change, Happened, Kind, causes_of, pack_change
from recommender.programs.inputs import differing, last_event
from recommender.programs.planning import World
from recommender.programs.selectors import Current, StoredProgram, documents_of


@dataclass(frozen=True, slots=True)
class Job:
    """A learner whose program has to be planned, and what with."""

    learner: StoredLearner
    objective: Objective
    inputs: bytes
    before: Current | None


def with_changes(jobs: Sequence[Job], outcomes: Sequence[Outcome], world: World) -> list[Outcome]:
    """Return the outcomes; those of another program than before say why, and how it differs. Two queries at most."""
    another = {outcome.learner.id: outcome.before for outcome in outcomes if outcome.record and outcome.before}
    happened = _happened([job for job in jobs if job.learner.id in another], world)
    befores = list(another.values())
    documents = dict(zip(another, documents_of([before.stored for before in befores]), strict=True))
    return [
        _with_change(outcome, documents[outcome.learner.id], happened[outcome.learner.id], world)
        if outcome.learner.id in another
        else outcome
        for outcome in outcomes
    ]


def _happened(jobs: Sequence[Job], world: World) -> dict[int, Happened]:
    """Return what happened to each learner since their program before."""
    parts = {job.learner.id: differing(job.before.inputs, job.inputs) for job in jobs if job.before}
    marks = {job.learner.id: last_event(job.before.inputs) for job in jobs if job.before}
    events = list_events_since({learner: mark for learner, mark in marks.items() if mark is not None})
    waived = [learner for learner, differ in parts.items() if "waivers" in differ]
    waivers = list_waivers_of_each(waived) if waived else {}
    return {
        job.learner.id: Happened(
            source=_sources(job.before.stored, world, job.objective),
            parts=parts[job.learner.id],
            events=events.get(job.learner.id, ()),
            waivers=waivers.get(job.learner.id, ()),
            since=job.before.stored.created_at,
            today=world.today,
        )
        for job in jobs
        if job.before
    }


def _sources(before: StoredProgram, world: World, objective: Objective) -> tuple[Kind, ...]:
    pairs: tuple[tuple[Kind, bool], ...] = (
        ("release", before.release != world.release),
        ("objective", before.objective != objective),
        ("model", before.model != world.model),
    )
    return tuple(kind for kind, is_another in pairs if is_another)


def _with_change(outcome: Outcome, document: bytes, happened: Happened, world: World) -> Outcome:
    if outcome.before is None or outcome.record is None:
        return outcome
    state = outcome.learner.state
    taken = {*state.completed, *(waived.course for waived in state.waived if is_waived(waived, world.today))}
    found = difference(
        msgspec.json.decode(document, type=Program),
        msgspec.json.decode(outcome.document, type=Program),
        taken=taken,
        goals=world.goals_of(state),
    )
    causes = causes_of(happened)
    return replace(outcome, cause=causes[0].kind, change=pack_change(Change(causes=causes, difference=found)))
