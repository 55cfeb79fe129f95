"""What the recommender knows of a learner, and what learners do: the documents of ``docs/formats``.

A learner is a pseudonymous id given by the delivery platform. Nothing here may ever identify a person.
"""

from typing import Literal

import msgspec

Need = Literal["captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard"]
Verb = Literal["enrolled", "launched", "progressed", "completed", "passed", "failed", "abandoned", "answered", "rated"]


class _Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    pass


class LearnerGoal(_Value, frozen=True):
    """A course (taken), a competence (held at a level), or a programme, which stands for its own goals."""

    course: str | None = None
    competence: str | None = None
    level: int | None = None
    programme: str | None = None
    weight: float | None = None  # absent: 1


class Mastered(_Value, frozen=True):
    competence: str
    level: int


class Waived(_Value, frozen=True):
    """A course that counts as taken, and teaches nothing, until its date (ISO 8601; none: for ever)."""

    course: str
    until: str | None = None
    reason: str | None = None


class Learner(_Value, frozen=True):
    """One line of a learners file."""

    learner: str
    region: str | None = None
    audiences: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    max_megabytes: float | None = None
    minutes_per_week: int | None = None
    minutes_budget: int | None = None
    goals: tuple[LearnerGoal, ...] = ()
    completed: tuple[str, ...] = ()
    mastered: tuple[Mastered, ...] = ()
    waived: tuple[Waived, ...] = ()


class Event(_Value, frozen=True):
    """One line of an events file; ``at`` is an RFC 3339 date-time."""

    id: str
    learner: str
    verb: Verb
    at: str
    course: str | None = None
    module: str | None = None
    item: str | None = None
    correct: bool | None = None
    score: float | None = None
    seconds: float | None = None
    progress: float | None = None
    rating: float | None = None
