"""Whole numbers as bytes, the small ones short (LEB128), and ragged lists side by side; on whole arrays at a time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.batch import Int64, UInt8

_BITS = 7
_MORE = 0x80

Integers = npt.NDArray[np.integer[Any]]
Ragged = tuple[Integers, Int64]
"""Values, and int64[N + 1]: row ``i`` is ``values[pointer[i]:pointer[i + 1]]``."""


def side_by_side(columns: Sequence[Ragged]) -> tuple[Int64, Int64]:
    """Return ragged lists of the same N rows as one: of each row first the values of the first list, then …"""
    pointers = np.array([pointer for _values, pointer in columns])
    sizes = np.diff(pointers, axis=1)
    pointer = np.concatenate(([0], np.cumsum(sizes.sum(axis=0))))
    starts = pointer[:-1] + np.cumsum(sizes, axis=0) - sizes
    joined = np.empty(pointer[-1], np.int64)
    for (values, own), start, size in zip(columns, starts, sizes, strict=True):
        joined[np.repeat(start - own[:-1], size) + np.arange(len(values))] = values
    return joined, pointer


def write(values: Int64, pointer: Int64) -> tuple[bytes, Int64]:
    """Return numbers from 0 on as bytes, seven bits each, the lowest first, and where the bytes of each row begin."""
    width = np.ones(len(values), np.int64)
    rest = values >> _BITS
    while rest.any():
        width += rest > 0
        rest = rest >> _BITS
    ends = np.concatenate(([0], np.cumsum(width)))
    written = np.empty(ends[-1], np.uint8)
    for place in range(int(np.max(width, initial=0))):
        longer = np.flatnonzero(width > place)
        more = np.where(width[longer] > place + 1, _MORE, 0)
        written[ends[longer] + place] = (values[longer] >> _BITS * place) & (_MORE - 1) | more
    return written.tobytes(), ends[pointer]


def read(written: UInt8) -> tuple[Int64, Int64]:
    """Return the numbers that bytes hold, and for each of the bytes how many numbers end before it (one more entry)."""
    is_last = written < _MORE
    ended = np.concatenate(([0], np.cumsum(is_last)))
    first = np.concatenate(([0], np.flatnonzero(is_last) + 1))[:-1] if len(written) else np.zeros(0, np.int64)
    place = np.arange(len(written)) - first[ended[:-1]]
    bits = (written & (_MORE - 1)).astype(np.int64) << (_BITS * place)
    return np.add.reduceat(bits, first) if len(first) else np.zeros(0, np.int64), ended
