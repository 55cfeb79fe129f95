"""The best courses, in order."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def best(
    relevance: npt.NDArray[np.float64], course_codes: Sequence[str], taken: frozenset[str] | set[str], top: int
) -> list[tuple[str, float]]:
    """Return the ``top`` courses not taken with their relevance, best first, ties by code.

    Parameters
    ----------
    relevance : float64[C].
    course_codes : the C courses, sorted by code point.
    taken : codes to leave out.

    Examples
    --------
    >>> best(np.array([0.1, 0.7, 0.7]), ("a", "b", "c"), {"x"}, 2)
    [('b', 0.7), ('c', 0.7)]
    """
    order = np.argsort(-relevance, kind="stable")
    found: list[tuple[str, float]] = []
    for i in order:
        if len(found) >= top:
            break
        if course_codes[i] not in taken:
            found.append((course_codes[i], float(relevance[i])))
    return found
