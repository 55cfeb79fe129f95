"""What checks read of a Markdown text: its headings, links, pictures and prose, in the dialect that is rendered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it.token import Token

from curriculum_graph.markdown import read_markdown


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Markup:
    """A text as checks see it. ``headings`` are (level, words), ``bold`` are paragraphs of bold words alone."""

    headings: tuple[tuple[int, str], ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)


@lru_cache(maxsize=1024)
def read(text: str) -> Markup:
    """Return what checks read of a text. Kept: somebody who writes changes one block at a time."""
    found = _Found()
    before: Token | None = None
    for token in read_markdown(text):
        if token.type == "inline":
            _read_line(token.children or [], before, found)
        before = token
    return Markup(
        headings=tuple(found.headings),
        links=tuple(found.links),
        pictures=tuple(found.pictures),
        bold=tuple(found.bold),
        prose=tuple(found.prose),
    )


def _read_line(tokens: Sequence[Token], opening: Token | None, found: _Found) -> None:
    words = _words(tokens)
    found.links += _links(tokens)
    found.pictures += [str(token.attrGet("src") or "") for token in tokens if token.type == "image"]
    if opening is not None and opening.type == "heading_open":
        found.headings.append((int(opening.tag[1:]), words))
        return
    if words and opening is not None and opening.type == "paragraph_open" and not opening.hidden and _is_bold(tokens):
        found.bold.append(words)
    if words:
        found.prose.append(words)


def _words(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_words(token.children or []))
    return "".join(parts).strip()


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    opened: int | None = None
    for place, token in enumerate(tokens):
        if token.type == "link_open":
            opened = place
        elif token.type == "link_close" and opened is not None:
            address = str(tokens[opened].attrGet("href") or "")
            yield Link(_words(tokens[opened + 1 : place]), address)
            opened = None


def _is_bold(tokens: Sequence[Token]) -> bool:
    """Return whether there is nothing but one pair of ``**`` and words in it."""
    shown = [token for token in tokens if token.type != "text" or token.content.strip()]
    if len(shown) < 2 or (shown[0].type, shown[-1].type) != ("strong_open", "strong_close"):
        return False
    return sum(token.type == "strong_open" for token in shown) == 1
