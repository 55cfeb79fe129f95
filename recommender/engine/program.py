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
SkippedReason = Literal["mastered", "completed", "waived"]
UnmetReason = Literal["no_course_teaches_it", "not_open_to_learner", "requirement_unreachable", "over_budget"]
BlockingCode = Literal[
    "course", "competence", "audience", "region", "industry", "language", "need", "megabytes", "minutes"
]


class _Value(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    pass


class Reason(_Value, frozen=True):
    """Why a step is there: a code, and the thing that the code speaks of.

    - ``goal``: ``course``, or ``competence`` and ``level``: the learner's goal that this step is the first to reach.
    - ``prerequisite_of``: ``course``: a later step one of whose groups this step is the first to satisfy; with
      ``competence`` and ``level`` where it does so by what it teaches.
    - ``fits_audience``, ``fits_region``, ``fits_industry``: ``value``: of the terms that the course lists, the deepest
      that is the learner's own or an ancestor of it.
    - ``fits_language``: ``value``: the learner's first language that the course lists.
    - ``recommended_after``: ``course``: an earlier step, or a course taken before.
    - ``relevant_to_you``: the model's relevance is at least one half.
    - ``fits_budget``: the budget leaves goals unmet, and this step is among what fits.
    """

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
    """A goal, or a requirement of a step, that the learner has already: ``course``, or ``competence`` and ``level``."""

    reason: SkippedReason
    course: str | None = None
    competence: str | None = None
    level: int | None = None


class Blocking(_Value, frozen=True):
    """What stands in the way of a goal. What is nearest to being out of the way comes first.

    - ``course``: ``course``: it is required and closed to the learner, or its requirements lean on each other.
    - ``competence``: ``competence`` and ``level``: no course that the learner could take teaches it. ``taught``: the
      highest level that any course teaches, where that is less.
    - After a ``course`` or ``competence`` that is closed come the filters that close it, of a competence those of the
      course that the fewest close.
    - ``audience``, ``region``, ``industry``, ``language``: ``course`` is closed by this filter; ``value``: one of those
      for whom it is. ``need``: ``value``: the feature it lacks. ``megabytes``: ``value``: its size.
    - ``minutes``: ``minutes``: by how much the budget would have to be larger for this goal as well.
    """

    code: BlockingCode
    course: str | None = None
    competence: str | None = None
    level: int | None = None
    value: str | None = None
    minutes: int | None = None
    taught: int | None = None


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
