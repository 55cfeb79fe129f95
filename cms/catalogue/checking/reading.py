"""Reading: the text asks for no more schooling than those have whom it is for."""

from collections.abc import Iterator

from cms.catalogue.checking.readability import Reading, measure, sentences_of, words_of
from cms.catalogue.checking.work import EASY_GRADE, Around, Work, warning
from curriculum_graph.errors import Problem
from curriculum_graph.snapshot import BASE_LANGUAGE

SHOWN_WORDS = 8
"""So many words of a sentence are enough to find it by."""


def grade_line(work: Work, around: Around) -> int:
    """Return the highest grade that the text may ask for."""
    return min(EASY_GRADE, around.grade) if "easy_read" in work.features else around.grade


def read_work(work: Work) -> Reading | None:
    """Return how hard the text is to read; ``None`` where it is too short, or not Vietnamese."""
    if work.language != BASE_LANGUAGE:
        return None
    return measure(text for _place, text in work.prose())


def check_reading(work: Work, around: Around) -> Iterator[Problem]:
    """Yield that the text is too hard, at its longest sentence: to part that one helps most."""
    reading, line = read_work(work), grade_line(work, around)
    if reading is None or reading.grade < line + 1:  # grade 5.9 is still the fifth year
        return
    place = next(place for place, text in work.prose() if reading.longest in sentences_of(text))
    words = words_of(reading.longest)
    begins = " ".join(words[:SHOWN_WORDS])
    yield warning("hard_to_read", place, grade=int(reading.grade), line=line, words=len(words), sentence=begins)
