"""Holding choices back, so that a model can be asked what it was not told."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.engine.interactions import Interactions

Int32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Held:
    """One held-back choice: the learner's number, the courses taken before (oldest first), and the one taken next."""

    learner: int
    history: Int32
    course: int


@dataclass(frozen=True, slots=True)
class Split:
    """What a model may see, and the choices it is asked for.

    Half of the choices (``tune``) serve to weigh and calibrate, the other half (``test``) to report; no learner is in
    both. ``cut`` is the moment, in seconds since 1970, from which nothing is seen; ``None`` where there is no such
    moment.
    """

    train: Interactions
    tune: tuple[Held, ...]
    test: tuple[Held, ...]
    cut: float | None = None


def leave_last_out(interactions: Interactions, limit: int, seed: int) -> Split:
    """Hold back the last course that each learner took, of at most ``limit`` learners who took two or more.

    The model sees what *other* learners did later, which deployment never would: figures are comparable to those of the
    literature, and kinder than :func:`by_time`. Complexity O(M).
    """
    rng = np.random.default_rng(seed)
    strong = interactions.strong
    rows = np.flatnonzero(strong)
    learner = interactions.learner[rows]
    last = np.flatnonzero(np.append(learner[1:] != learner[:-1], True)) if len(rows) else rows
    several = last[(last > 0) & (learner[last - 1] == learner[last])] if len(last) else last
    chosen = np.sort(rng.permutation(several)[:limit])
    pointers = np.searchsorted(learner, np.arange(len(interactions.learners) + 1))
    held = [
        Held(int(learner[i]), interactions.course[rows[pointers[learner[i]] : i]], int(interactions.course[rows[i]]))
        for i in chosen
    ]
    keep = np.ones(len(strong), dtype=bool)
    keep[rows[chosen]] = False
    return Split(interactions.where(keep), *_halves(held, rng))


def by_time(interactions: Interactions, share: float, limit: int, seed: int) -> Split:
    """Hold back everything from the moment after which ``share`` of all courses were completed.

    Each learner who took a course after the cut is one choice: the first of these, given what they had taken before
    (maybe nothing). An interaction whose strongest sign lies after the cut is hidden whole, weaker signs before it
    included. Choices with equal times at the cut go to the hidden side. Complexity O(M).
    """
    rng = np.random.default_rng(seed)
    strong = interactions.strong
    if not np.any(strong):
        return Split(interactions, (), ())
    cut = float(np.quantile(interactions.at[strong], 1 - share))
    seen = interactions.at < cut
    rows = np.flatnonzero(strong & ~seen)
    learner = interactions.learner[rows]
    first = rows[np.append(True, learner[1:] != learner[:-1])] if len(rows) else rows
    chosen = np.sort(rng.permutation(first)[:limit])
    before = np.flatnonzero(strong & seen)
    pointers = np.searchsorted(interactions.learner[before], np.arange(len(interactions.learners) + 1))
    held = []
    for row in chosen:
        who = int(interactions.learner[row])
        history = interactions.course[before[pointers[who] : pointers[who + 1]]]
        held.append(Held(who, history, int(interactions.course[row])))
    return Split(interactions.where(seen), *_halves(held, rng), cut)


def _halves(held: list[Held], rng: np.random.Generator) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    order = rng.permutation(len(held))
    middle = len(held) // 2
    tune, test = np.sort(order[:middle]), np.sort(order[middle:])
    return tuple(held[i] for i in tune), tuple(held[i] for i in test)
