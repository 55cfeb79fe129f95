"""How hard a Vietnamese text is to read, as the school grade that it asks for.

The measure is the first of Nguyen and Henkin: ``RL = 2·WL + 0.2·SL - 6``, with WL the mean length of a word in letters
and SL the mean length of a sentence in words.

A word is a word as it is written, between blanks: in Vietnamese a syllable. The later formulas need to know which
syllables make one word, or how common it is; both take a lexicon that we would have to keep, and a mistake in it would
be an author's puzzle. Letters are counted composed (NFC), so that a text typed with combining marks is not harder.

References
----------
Nguyen, L. T. and Henkin, A. B. (1982). A readability formula for Vietnamese. Journal of Reading 26(3), 243-251.
Luong, A.-V., Nguyen, D. and Dinh, D. (2020). Examining the part-of-speech features in assessing the readability of
Vietnamese texts. Acta Linguistica Asiatica 10(2), 127-142. (Reviews this and the later formulas.)
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

WORD_WEIGHT, SENTENCE_WEIGHT, CONSTANT = 2.0, 0.2, -6.0
LOWEST, HIGHEST = 1.0, 18.0
"""Grades outside this mean nothing: the first year of school, and the last of a master's degree."""
FEWEST_WORDS = 40
"""A text with fewer says too little of itself to be measured."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+|\n+|;\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text, and the grade that it asks for. ``longest`` is its longest sentence."""

    words: int
    letters: int
    sentences: int
    longest: str

    @property
    def grade(self) -> float:
        """The school grade, from 1 to 18."""
        grade = WORD_WEIGHT * self.letters / self.words + SENTENCE_WEIGHT * self.words / self.sentences + CONSTANT
        return min(HIGHEST, max(LOWEST, grade))


def words_of(text: str) -> list[str]:
    """Return the words of a text in order: runs of letters, composed, numbers left out.

    The same for a text however its accents are encoded.

    Examples
    --------
    >>> words_of("Nhập mã OTP 123456, rồi bấm Wi-Fi.")
    ['Nhập', 'mã', 'OTP', 'rồi', 'bấm', 'Wi-Fi']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text that have words. A line, as an entry of a list has one, ends a sentence."""
    parts = _END.split(unicodedata.normalize("NFC", text))
    return [part.strip() for part in parts if _WORD.search(part)]


def measure(texts: Iterable[str]) -> Reading | None:
    """Return how hard paragraphs are to read together; ``None`` where there are too few words to say.

    Complexity: linear in the length of the texts.
    """
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    counted = [words_of(sentence) for sentence in sentences]
    words = sum(len(sentence) for sentence in counted)
    if words < FEWEST_WORDS:
        return None
    letters = sum(len(word) for sentence in counted for word in sentence)
    longest = max(range(len(sentences)), key=lambda place: len(counted[place]))
    return Reading(words, letters, len(sentences), sentences[longest])
