"""What is checked, and what checks know of the world around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.catalogue.checking.markup import Markup, read
from cms.catalogue.merging.aligning import Block
from curriculum_graph.errors import FieldValue, Problem
from curriculum_graph.snapshot import BASE_LANGUAGE

EASY_GRADE = 3
"""The first level of literacy in Viet Nam (Decree 20/2014/NĐ-CP), which easy reading is for."""
COMMON_GRADE = 5
"""The second level of literacy: the end of primary school. For everyone, where an audience has no line of its own."""
COMMON_MEGABYTES = 50.0
"""What a body may weigh where an audience has no line of its own: some two minutes of an ordinary mobile line."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a body stands among.

    ``sizes`` are the bytes of assets by code; ``grade`` and ``megabytes`` the lines of those whom the body is for;
    ``dead`` the addresses that did not answer when they were last asked, with what they said.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    grade: int = COMMON_GRADE
    megabytes: float = COMMON_MEGABYTES
    dead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """A module, variant, course or test item while it is written.

    ``texts`` are the parts that are Markdown or plain, by the path of their field; ``languages`` are those in which
    learners are promised it, of which ``missing`` have neither the base nor a variant.
    """

    kind: str
    blocks: tuple[Block, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    language: str = BASE_LANGUAGE
    megabytes: float | None = None
    features: frozenset[str] = frozenset()
    missing: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    def marked(self) -> Iterator[tuple[str, Markup]]:
        """Yield what is written as Markdown, with its place, in reading order."""
        for block in self.blocks:
            for name, text in _markdown_of(block):
                yield path_to(block, name), read(text)

    def prose(self) -> Iterator[tuple[str, str]]:
        """Yield every paragraph to be read, with its place."""
        for place, markup in self.marked():
            for text in markup.prose:
                yield place, text
        yield from self.texts.items()


def path_to(block: Block, name: str = "") -> str:
    """Return the path of a block, or of a field in it, as the editor names it: ``body.<id>.<field>``."""
    return ".".join(part for part in ("body", block.id, name) if part)


def warning(code: str, place: str, **fields: FieldValue) -> Problem:
    """Return something to improve, that stands in nobody's way."""
    return Problem(code=code, place=place, fields=fields, severity="warning")


def error(code: str, place: str, **fields: FieldValue) -> Problem:
    """Return something that shuts learners out, or leads them nowhere: it cannot be submitted."""
    return Problem(code=code, place=place, fields=fields)


def said(text: Any) -> bool:
    """Return whether a short text says anything in any language."""
    words = text.values() if isinstance(text, dict) else (text,)
    return any(word and str(word).strip() for word in words)


def _markdown_of(block: Block) -> Iterator[tuple[str, str]]:
    if block.type in ("markdown", "callout"):
        yield "text", str(block.value.get("text") or "")
    for step in block.value.get("steps") or ():
        yield "steps", str(step or "")
