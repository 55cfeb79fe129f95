"""Words that somebody may have meant: a slip of the finger away, written together, or typed as Telex letters.

All words are folded (:mod:`curriculum_graph.folding`).
"""

import re
import string
from collections.abc import Collection

MOST = 6
"""Words that one is taken for, at most: the nearest."""

LONG = 7
"""Letters from which on two slips are forgiven."""

_LETTERS = string.ascii_lowercase + string.digits
_TELEX_LETTERS = re.compile(r"([aeod])\1|w")
_TELEX_TONE = re.compile(r"(?<=.)[sfrxj]$")


def slips(word: str) -> int:
    """Return how many slips are forgiven in a word. Single letters and what holds a digit have to be right."""
    if len(word) < 2 or any(letter.isdecimal() for letter in word):
        return 0
    return 2 if len(word) >= LONG else 1


def nearest(word: str, known: Collection[str]) -> list[str]:
    """Return the known words that ``word`` may stand for, the nearest first, itself left out.

    A slip swaps two neighbouring letters, leaves out, adds or changes one: the likelier slip is nearer.
    """
    most = slips(word)
    near: dict[str, float] = {}
    if most:
        near = dict.fromkeys(_changed(word).intersection(known), 1.5)
        near |= dict.fromkeys(_longer_or_shorter(word).intersection(known), 1)
        near |= dict.fromkeys(_swapped(word).intersection(known), 0.5)
    if most > 1:
        for other in known:
            if other not in near and abs(len(other) - len(word)) <= most and _is_within_two(word, other):
                near[other] = 2
    if (plain := untelex(word)) in known:
        near[plain] = 0
    near.pop(word, None)
    return sorted(near, key=lambda other: (near[other], other[:1] != word[:1], other))[:MOST]


def untelex(word: str) -> str:
    """Return a word typed as Telex, folded: ``phaan`` and ``soos`` are phan and so."""
    return _TELEX_LETTERS.sub(r"\1", _TELEX_TONE.sub("", word))


def halves(word: str, known: Collection[str]) -> list[str]:
    """Return the two known words, of two letters at least, that ``word`` is when written together."""
    places = range(2, len(word) - 1)
    return [f"{word[:p]} {word[p:]}" for p in places if word[:p] in known and word[p:] in known]


def _swapped(word: str) -> set[str]:
    return {word[:p] + word[p + 1] + word[p] + word[p + 2 :] for p in range(len(word) - 1)}


def _longer_or_shorter(word: str) -> set[str]:
    shorter = {word[:p] + word[p + 1 :] for p in range(len(word))}
    return shorter | {word[:p] + letter + word[p:] for p in range(len(word) + 1) for letter in _LETTERS}


def _changed(word: str) -> set[str]:
    return {word[:p] + letter + word[p + 1 :] for p in range(len(word)) for letter in _LETTERS}


def _is_within_two(first: str, second: str) -> bool:
    """Return whether two slips at most lie between two words: what both have in common is that far from either."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    first, second = first[start:], second[start:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    if max(len(first), len(second)) <= 2:
        return True
    return _distance(first, second) <= 2


def _distance(first: str, second: str) -> int:
    """Return the optimal string alignment distance. Quadratic in the length."""
    older: list[int] = []
    old = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        new = [row]
        for column, other in enumerate(second, 1):
            cost = min(old[column] + 1, new[column - 1] + 1, old[column - 1] + (letter != other))
            if row > 1 < column and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, older[column - 2] + 1)
            new.append(cost)
        older, old = old, new
    return old[-1]
