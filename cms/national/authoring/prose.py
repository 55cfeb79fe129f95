"""Reading the files of ``content/``: lines of fields, trees by indentation, blocks under a heading."""

from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

Bilingual = dict[str, str]
"""A text by language: ``vi`` and ``en``."""


class ContentError(Exception):
    """A file of ``content/`` is not written as its first lines say. The message names file and line."""


class Line(NamedTuple):
    """One line that says something: where it stands, and its text."""

    file: str
    number: int
    text: str

    @property
    def depth(self) -> int:
        """How far the line is indented, in steps of two spaces."""
        return (len(self.text) - len(self.text.lstrip(" "))) // 2

    def fields(self, count: int, text: str | None = None) -> list[str]:
        """Return the ``count`` fields, parted by ``|``, of the line or of ``text``, a part of it."""
        found = [field.strip() for field in (self.text if text is None else text).split("|")]
        if len(found) != count:
            raise self.error(f"{count} fields expected, {len(found)} found")
        return found

    def error(self, message: str) -> ContentError:
        """Return an error that names this line."""
        return ContentError(f"{self.file}:{self.number}: {message}: {self.text.strip()!r}")


def read_lines(name: str) -> Iterator[Line]:
    """Yield the lines of a content file; comments and empty lines are left out."""
    text = files("cms.national.authoring").joinpath("content", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield Line(name, number, line.rstrip())


def read_blocks(name: str, marker: str = "==") -> Iterator[tuple[Line, list[Line]]]:
    """Yield the blocks of a file: a heading, whose marker is cut off, and the lines below it."""
    heading: Line | None = None
    below: list[Line] = []
    for line in read_lines(name):
        if line.text.startswith(marker + " "):
            if heading is not None:
                yield heading, below
            heading, below = line._replace(text=line.text[len(marker) + 1 :]), []
        elif heading is None:
            raise line.error("a heading is expected first")
        else:
            below.append(line)
    if heading is not None:
        yield heading, below


def bilingual(vi: str, en: str) -> Bilingual:
    """Return a text in Vietnamese and English."""
    return {"vi": vi, "en": en}


def lower_first(text: str) -> str:
    """Return ``text`` with a small first letter, unless its first word is a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return ``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]
