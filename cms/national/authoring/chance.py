"""Chance that is the same everywhere: one independent stream for each thing that is decided.

Only ``random.Random.random`` is used, whose sequence Python guarantees for a seed; and a stream is named by what it
decides, so that one course more or less changes no other course.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of chance named by ``keys``."""

    def __init__(self, seed: int, *keys: object) -> None:
        self._random = random.Random(":".join(map(str, (seed, *keys)))).random  # noqa: S311 - not a secret

    def number(self) -> float:
        """Return a number in [0, 1)."""
        return self._random()

    def happens(self, probability: float) -> bool:
        """Say whether a thing of this probability happens."""
        return self._random() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """Return one of ``things``."""
        return things[int(self._random() * len(things))]

    def weighted(self, things: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of ``things``, each as likely as its weight."""
        left = self._random() * sum(weights)
        for thing, weight in zip(things, weights, strict=True):
            left -= weight
            if left < 0:
                return thing
        return things[-1]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return ``things`` in a random order."""
        rest = list(things)
        for index in range(len(rest) - 1, 0, -1):
            other = int(self._random() * (index + 1))
            rest[index], rest[other] = rest[other], rest[index]
        return rest

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different ones of ``things`` (all, if there are fewer)."""
        return self.shuffled(things)[:count]
