"""What learners did, as the implicit interactions that rankers learn from.

One interaction is one learner and one course: the strongest sign of interest that the learner's events give, and when
it was given. Events may come repeated and in any order; the result is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from recommender.engine.learner import Event

Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]

COMPLETED_WEIGHT = 1.0
VERB_WEIGHTS: Mapping[str, float] = {"enrolled": 0.2, "launched": 0.3, "progressed": 0.3}
"""Weak signs. ``progressed`` grows from 0.3 to 0.8 with the part of the course that was seen."""
MODULE_WEIGHT = 0.4
"""A module completed or passed, which does not complete its course."""
LIKED, DISLIKED = 4.0, 2.0
"""A rating from ``LIKED`` up is a strong sign; one of ``DISLIKED`` or less takes the interaction away."""


@dataclass(frozen=True, slots=True)
class Interactions:
    """``M`` interactions of ``L`` learners, sorted by learner, then time, then course.

    Attributes
    ----------
    learners : the learners' ids, sorted; every one has at least one interaction.
    course_codes : the ``C`` courses that ``course`` indexes.
    learner, course : int32[M]; no pair occurs twice.
    weight : float64[M] in (0, 1], the strength of the sign; 1 is a completed course.
    at : float64[M], seconds since 1970 (UTC) of the first event that gives this strength.
    """

    learners: tuple[str, ...]
    course_codes: tuple[str, ...]
    learner: Int32
    course: Int32
    weight: Float64
    at: Float64

    @property
    def strong(self) -> npt.NDArray[np.bool_]:
        """Which interactions are completed (or liked) courses: what is to be foretold."""
        return self.weight >= COMPLETED_WEIGHT

    def pointers(self) -> npt.NDArray[np.int64]:
        """Return int64[L + 1]: the interactions of learner ``i`` are ``pointers[i] ... pointers[i + 1] - 1``."""
        return np.searchsorted(self.learner, np.arange(len(self.learners) + 1)).astype(np.int64)

    def where(self, keep: npt.NDArray[np.bool_]) -> "Interactions":
        """Return the interactions at which ``keep`` (bool[M]) is true; learners keep their numbers."""
        return Interactions(
            self.learners, self.course_codes, self.learner[keep], self.course[keep], self.weight[keep], self.at[keep]
        )


def seconds_of(at: str) -> float:
    """Return an RFC 3339 date-time as seconds since 1970; one without an offset is taken as UTC."""
    moment = datetime.fromisoformat(at)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def completes_course(event: Event) -> bool:
    """Say whether an event completes the course it names (the contract's rule)."""
    return event.verb in ("completed", "passed") and event.course is not None and event.module is None


def _strength(event: Event) -> float:
    """Return how strong a sign of interest one event is, 0 for none."""
    if completes_course(event):
        return COMPLETED_WEIGHT
    if event.verb in ("completed", "passed"):
        return MODULE_WEIGHT
    if event.verb == "rated":
        return COMPLETED_WEIGHT if (event.rating or 0.0) >= LIKED else 0.0
    if event.verb == "progressed":
        return VERB_WEIGHTS["progressed"] + 0.5 * (event.progress or 0.0)
    return VERB_WEIGHTS.get(event.verb, 0.0)  # failed, abandoned and answered say nothing of interest


@dataclass(slots=True)
class _Pair:
    """What is known so far of one learner and one course."""

    weight: float = 0.0
    at: float = 0.0
    completed: bool = False
    rating: tuple[float, str, float] | None = field(default=None)  # time, event id, rating: the latest counts

    def add(self, event: Event, at: float) -> None:
        strength = _strength(event)
        self.completed |= completes_course(event)
        if strength > self.weight or (strength == self.weight and at < self.at):
            self.weight, self.at = strength, at
        if event.verb == "rated" and event.rating is not None:
            self.rating = max(self.rating or (at, event.id, event.rating), (at, event.id, event.rating))

    @property
    def disliked(self) -> bool:
        return self.rating is not None and self.rating[2] <= DISLIKED


def interactions_from(events: Iterable[Event], course_codes: Sequence[str]) -> Interactions:
    """Return the interactions that events give, of the courses in ``course_codes`` alone.

    Parameters
    ----------
    events : any events, in any order; an id seen before is passed over, so that repeats change nothing.
    course_codes : the courses to keep, sorted; events of other courses (retired ones, say) are passed over.

    Notes
    -----
    An interaction dates from the first event of its greatest strength, so that a course enrolled in before a cut and
    completed after it lies after the cut. A disliked course (its latest rating says so) is no interaction.
    Complexity O(E log E).
    """
    index = {code: i for i, code in enumerate(course_codes)}
    seen: set[str] = set()
    pairs: dict[tuple[str, int], _Pair] = {}
    for event in events:
        course = index.get(event.course) if event.course is not None else None
        if course is None or event.id in seen:
            continue
        seen.add(event.id)
        pairs.setdefault((event.learner, course), _Pair()).add(event, seconds_of(event.at))
    kept = [(learner, pair.at, c, pair.weight) for (learner, c), pair in pairs.items() if _counts(pair)]
    kept.sort()
    learners = tuple(dict.fromkeys(row[0] for row in kept))
    number = {learner: i for i, learner in enumerate(learners)}
    return Interactions(
        learners=learners,
        course_codes=tuple(course_codes),
        learner=np.array([number[row[0]] for row in kept], dtype=np.int32),
        course=np.array([row[2] for row in kept], dtype=np.int32),
        weight=np.array([row[3] for row in kept], dtype=np.float64),
        at=np.array([row[1] for row in kept], dtype=np.float64),
    )


def _counts(pair: _Pair) -> bool:
    return pair.weight > 0 and not pair.disliked


def taken_courses(learner_completed: Iterable[str], events: Iterable[Event]) -> list[str]:
    """Return the courses that a learner has taken, oldest first: those listed, then those of the events by time."""
    done = sorted((seconds_of(e.at), e.course) for e in events if completes_course(e) and e.course is not None)
    return list(dict.fromkeys([*learner_completed, *(code for _, code in done)]))
