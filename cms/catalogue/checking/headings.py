"""Headings: the way through a body for whoever does not see it at a glance."""

from collections.abc import Iterator

from cms.catalogue.checking.work import Around, Work, warning
from curriculum_graph.errors import Problem

FIRST_LEVELS = 2
"""A body may begin with ``#`` or with ``##``."""
SENTENCE_ENDS = (".", "?", "!", "…", ":", ";", ",")
"""A bold line that ends so is a sentence said loudly, and no heading."""


def check_headings(work: Work, around: Around) -> Iterator[Problem]:
    """Yield headings that skip a level, that are empty, and bold lines that stand in for one."""
    last = FIRST_LEVELS - 1
    for place, markup in work.marked():
        for level, words in markup.headings:
            if not words:
                yield warning("heading_without_words", place)
            elif level > last + 1:
                yield warning("heading_skips_a_level", place, words=words, level=level, after=last)
            last = level
        for words in markup.bold:
            if not words.endswith(SENTENCE_ENDS):
                yield warning("bold_as_heading", place, words=words)
