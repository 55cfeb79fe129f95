"""The multiple-choice knapsack problem, solved exactly: of each kind at most one thing, within so many minutes.

Source: H. Kellerer, U. Pferschy, D. Pisinger, *Knapsack Problems*, Springer 2004, chapter 11 (dynamic programming).
"""

from collections.abc import Mapping, Sequence

import numpy as np

Option = tuple[int, int, float]
"""What is chosen (any number), its minutes, more than 0, and its value, more than 0."""


def best_packing(kinds: Mapping[int, Sequence[Option]], limit: int) -> list[int]:
    """Return what to choose for the greatest value within ``limit`` minutes, of equals the one that takes least.

    Complexity: options times minutes, in time; kinds times minutes, in memory.

    Examples
    --------
    >>> best_packing({0: [(7, 30, 3.0), (8, 20, 2.5)], 1: [(9, 30, 2.0)]}, 50)
    [8, 9]
    """
    best = np.zeros(limit + 1)
    taken = np.full((len(kinds), limit + 1), -1, np.int32)
    for place, options in enumerate(kinds.values()):
        before = best.copy()
        for number, (_what, minutes, value) in enumerate(options):
            if minutes > limit:
                continue
            with_it = before[: limit + 1 - minutes] + value
            better = with_it > best[minutes:]
            best[minutes:][better] = with_it[better]
            taken[place, minutes:][better] = number
    return _read_back(list(kinds.values()), taken, int(np.argmax(np.round(best, 9))))


def _read_back(
    kinds: Sequence[Sequence[Option]], taken: np.ndarray[tuple[int, int], np.dtype[np.int32]], minutes: int
) -> list[int]:
    chosen: list[int] = []
    for place in range(len(kinds) - 1, -1, -1):
        number = int(taken[place, minutes])
        if number >= 0:
            what, length, _value = kinds[place][number]
            chosen.append(what)
            minutes -= length
    return chosen[::-1]
