"""What a program was planned from, in 32 bytes; and what of it is different from the time before.

The bytes are: a digest of everything (16); of each of :data:`PARTS` two bytes of a digest, which only help to say what
is different; and the row id of the last event that was known (6). Learners are many, and all of it is kept for each.
"""

from hashlib import sha256
from typing import Any, Literal, get_args

import msgspec

from recommender.engine.holdings import is_waived
from recommender.engine.learner import Learner
from recommender.engine.program import Objective
from recommender.engine.waiving import waived_on
from recommender.learners.api import EventMark, StoredLearner
from recommender.programs.planning import World

Part = Literal["goals", "time", "profile", "known", "waivers"]
PARTS: tuple[Part, ...] = get_args(Part)

WHOLE = 16
"""Bytes of the digest of everything: two different inputs of a learner never meet in so many."""

SHARE = 2
"""Bytes of the digest of a part: once in 65,536 times a difference is not noticed, and not named."""

EVENT = 6


def inputs_of(learner: StoredLearner, world: World, objective: Objective, mark: EventMark) -> bytes:
    """Return all that a program depends on.

    Events are never changed, so that their number stands for them. Of waivers those count that hold today, so that a
    program is planned again when one ends and not before.
    """
    parts = _parts(learner, world)
    whole = (learner.profile.learner, parts, world.release, world.model, objective, mark.stored)
    shares = (_digest(parts[part], SHARE) for part in PARTS)
    return b"".join((_digest(whole, WHOLE), *shares, mark.last.to_bytes(EVENT, "big")))


def _parts(learner: StoredLearner, world: World) -> dict[Part, Any]:
    state = learner.state
    courses = [one.course for one in state.waived if is_waived(one, world.today)]
    requirements = [msgspec.structs.replace(one, until=None) for one in waived_on(learner.requirements, world.today)]
    return {
        "goals": state.goals,
        "time": (state.minutes_budget, state.minutes_per_week),
        "profile": _profile(state),
        "known": (state.completed, state.mastered),
        "waivers": (courses, requirements),
    }


def _profile(state: Learner) -> tuple[Any, ...]:
    return state.region, state.audiences, state.industries, state.languages, state.needs, state.max_megabytes


def _digest(value: Any, length: int) -> bytes:
    return sha256(msgspec.json.encode(value)).digest()[:length]


def differing(before: bytes, now: bytes) -> set[Part]:
    """Return the parts in which two inputs differ; none where those before are of an older form."""
    if len(before) != len(now):
        return set()
    starts = {part: WHOLE + SHARE * place for place, part in enumerate(PARTS)}
    return {part for part, start in starts.items() if before[start : start + SHARE] != now[start : start + SHARE]}


def last_event(inputs: bytes) -> int | None:
    """Return the row id of the last event that was known (0: none); ``None`` in inputs of an older form."""
    return int.from_bytes(inputs[-EVENT:], "big") if len(inputs) > WHOLE else None
