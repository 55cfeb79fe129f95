"""Markdown by paragraph, and two texts by word."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Literal

BREAK = "\n\n"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")

Kind = Literal["equal", "delete", "insert"]


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Return the parts between blank lines, without these; fenced code is one part, whatever is in it."""
    paragraphs: list[list[str]] = [[]]
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        if line.strip() or fence:
            paragraphs[-1].append(line.rstrip() if not fence else line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple("\n".join(lines) for lines in paragraphs if lines)


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as one text."""
    return BREAK.join(paragraphs)


def compare_words(old: str, new: str) -> list[tuple[Kind, str]]:
    """Return what stayed, went and came, in order: without what came it is ``old``, without what went ``new``."""
    one, two = _WORD.findall(old), _WORD.findall(new)
    changes: list[tuple[Kind, str]] = []
    for _tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        before, after = "".join(one[a:b]), "".join(two[c:d])
        if before == after:
            changes.append(("equal", before))
        else:
            pair: list[tuple[Kind, str]] = [("delete", before), ("insert", after)]
            changes += [change for change in pair if change[1]]
    return changes
