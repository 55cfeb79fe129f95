"""An individual learning program: the document of ``docs/formats/programs.schema.json``."""

from typing import Literal

import msgspec

from curriculum_graph.snapshot import Goal

Objective = Literal["balanced", "minutes"]
Status = Literal["complete", "partial", "infeasible"]
ReasonCode = Literal[
    "goal", "prerequisite_of", "fits_audience", "fits_region", "fits_industry", "fits_language", "relevant_to_you",
    "popular_with_similar_learners", "recommended_after", "fits_budget",
]  # fmt: skip
UnmetReason = Literal["no_course_teaches_it", "not_open_to_learner", "requirement_unreachable", "over_budget"]
BlockingCode = Literal[
    "course", "competence", "audience", "region", "industry", "language", "need", "megabytes", "minutes"
]


class _Value(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    pass


class Reason(_Value, frozen=True):
    """Why a step is there: a code, and the thing that the code speaks of."""

    code: ReasonCode
    course: str | None = None
    competence: str | None = None
    level: int | None = None
    value: str | None = None


class StepModule(_Value, frozen=True):
    """A module and the variant chosen for this learner; ``None`` is the base."""

    module: str
    variant: str | None  # null says "the base", so it is always written: no default to omit


class Step(_Value, frozen=True):
    position: int
    course: str
    minutes: int
    reasons: tuple[Reason, ...]
    week: int | None = None
    relevance: float | None = None
    modules: tuple[StepModule, ...] = ()
    alternatives: tuple[str, ...] = ()


class Skipped(_Value, frozen=True):
    reason: Literal["mastered", "completed", "waived"]
    course: str | None = None
    competence: str | None = None
    level: int | None = None


class Blocking(_Value, frozen=True):
    code: BlockingCode
    course: str | None = None
    competence: str | None = None
    level: int | None = None
    value: str | None = None
    minutes: int | None = None


class Unmet(_Value, frozen=True):
    """A distinct goal that is not reached (without its weight), the first reason that applies, and what blocks it."""

    goal: Goal
    reason: UnmetReason
    blocking: tuple[Blocking, ...] = ()


class Program(_Value, frozen=True):
    """One individual learning program.

    ``release`` is the id of the release and ``model`` the id of the model version (or ``"none"``) that it was built
    from: the same release, model, learner and date give the same bytes. All minutes are the courses'.
    """

    learner: str
    release: str
    model: str
    objective: Objective
    status: Status
    steps: tuple[Step, ...]
    unmet: tuple[Unmet, ...]
    total_minutes: int
    skipped: tuple[Skipped, ...] = ()
    weeks: int | None = None
