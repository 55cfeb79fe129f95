"""The order of the Vietnamese alphabet: a ă â b c d đ e ê …, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case.

As in the Unicode collation for Vietnamese (CLDR ``vi``): letters decide over the whole text before any tone does, and
punctuation comes before digits, digits before letters. So SQLite and Python sort as PostgreSQL does with ``vi-x-icu``.
"""

import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng; no mark comes first."""
SIGNS = " _-‐‑–—,;:!?.…'‘’\"“”«»()[]{}§@*/\\&#%`^+<=>|~$0123456789"
QUALITIES = "\u0302\u0306\u031b"
"""Circumflex, breve and horn make another letter, not another tone."""
_FIRST_SIGN, _FIRST_LETTER, _OTHERS = 1, 1000, 2000


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> str:
    """Return what to sort a text by: ``sorted(titles, key=sort_key)``."""
    weights = [_weigh(character) for character in unicodedata.normalize("NFC", text)]
    return "\0".join("".join(level) for level in zip(*weights, strict=True)) if weights else ""


def compare(one: str, other: str) -> int:
    """Return -1, 0 or 1, as a database's collation does."""
    a, b = sort_key(one), sort_key(other)
    return (a > b) - (a < b)


@lru_cache(maxsize=4096)
def _weigh(character: str) -> tuple[str, str, str]:
    """Return the weights of a character: which letter, which tone, which case."""
    base, *marks = list(unicodedata.normalize("NFD", character.lower()))
    letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in QUALITIES))
    tones = [mark for mark in marks if mark not in QUALITIES]
    tone = 1 + max((TONES.find(mark) + 1 or len(TONES) + 1 for mark in tones), default=0)
    return _place(letter), chr(tone), chr(1 + character.isupper())


def _place(letter: str) -> str:
    if letter in LETTERS:
        return chr(_FIRST_LETTER + LETTERS.index(letter))
    if letter in SIGNS:
        return chr(_FIRST_SIGN + SIGNS.index(letter))
    return chr(_OTHERS) + letter[0]
