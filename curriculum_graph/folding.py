"""Words without case and accents, so that ``mat khau`` finds ``Mật khẩu``, however either of them is encoded."""

import re
import unicodedata

_MARKS = re.compile(r"[\u0300-\u036f]+")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u1780-\u17d3\uaa29-\uaa4d])+")
"""Letters and digits, with the accents of the Latin script and the vowel signs of Khmer and Cham."""


def fold(text: str) -> str:
    """Return the text in lower case and without diacritics; đ becomes d. Folding again changes nothing."""
    lower = _without_marks(_without_marks(text).casefold())
    return lower.replace("đ", "d")


def fold_words(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return _WORD.findall(fold(text))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text begin and end."""
    return [match.span() for match in _WORD.finditer(text)]


def accented_words(text: str) -> list[str]:
    """Return the words of a text in lower case, accents kept, in the composed form."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _without_marks(text: str) -> str:
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text))
