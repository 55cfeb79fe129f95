"""Markdown to HTML that may stand in any page: no raw HTML, known elements only, links to safe addresses only."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

RENDERER_VERSION = "2"
"""Goes up whenever the same text would give other HTML, so that what was kept is not used any more."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
HEADING_SHIFT = 2
"""A page has its title (h1) and its parts (h2); headings of a body come below them."""

TAGS = frozenset(
    {
        "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
ALIGNMENTS = frozenset({"align-left", "align-center", "align-right"})
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
CLASSES = {"th": set(ALIGNMENTS), "td": set(ALIGNMENTS)}
REL = "noopener noreferrer"


def content_key(text: str) -> str:
    """Return the key under which a text's HTML may be kept: SHA-256 (hex) of the renderer's version and the text."""
    return hashlib.sha256(f"{RENDERER_VERSION}\n{text}".encode()).hexdigest()


def render_markdown(text: str) -> str:
    """Return the HTML of a CommonMark text with tables.

    Parameters
    ----------
    text : Markdown. HTML in it is shown as text. A link to anything but a web, mail or telephone address stays text,
        as written. An image becomes a link to it: pictures of a lesson are assets, with a block of their own.
        List entries that begin with ``[ ]`` or ``[x]`` begin with a box: they are lists to check oneself by.

    Returns
    -------
    str
        Elements of :data:`TAGS` only; ``#`` is an ``h3``, and ``h6`` the lowest.

    Examples
    --------
    >>> render_markdown("Xem [trang](https://example.org)")
    '<p>Xem <a href="https://example.org" rel="noopener noreferrer">trang</a></p>\\n'
    """
    return nh3.clean(
        _parser().render(text),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=REL,
    )


def is_safe_address(address: str) -> bool:
    """Return whether a link may lead there: an absolute address of a known scheme, without control characters."""
    scheme, colon, rest = address.strip().partition(":")
    return bool(colon and rest) and scheme.lower() in SCHEMES and not re.search(r"[\x00-\x20\x7f]", address.strip())


def read_markdown(text: str) -> list[Token]:
    """Return the tokens of a text in the dialect that is rendered, links that would not be shown as such included."""
    return _reader().parse(text)


@cache
def _reader() -> MarkdownIt:
    reader = _dialect()
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # its documented way
    return reader


@cache
def _parser() -> MarkdownIt:
    parser = _dialect()
    parser.validateLink = is_safe_address  # type: ignore[assignment, method-assign]  # its documented way
    return parser


def _dialect() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")


_IN_ENTRY = ["list_item_open", "paragraph_open"]
_BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


class _Renderer(RendererHTML):
    def render(self, tokens: Sequence[Token], options: OptionsDict, env: Any) -> str:
        for position, token in enumerate(tokens):
            if token.type == "inline" and [t.type for t in tokens[max(0, position - 2) : position]] == _IN_ENTRY:
                _draw_box(token)
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(6, int(token.tag[1:]) + HEADING_SHIFT)}"
            elif token.type in ("th_open", "td_open"):
                _mark_cell(token)
        return super().render(tokens, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        alternative = self.renderInlineAsText(token.children, options, env)
        link = Token("link_open", "a", 1, attrs={"href": token.attrGet("src") or ""})
        words = Token("text", "", 0, content=alternative or str(token.attrGet("src")))
        return self.renderInline([link, words, Token("link_close", "a", -1)], options, env)


def _draw_box(entry: Token) -> None:
    first = entry.children[0] if entry.children else None
    if first is not None and first.type == "text" and first.content[:4] in _BOXES:
        first.content = _BOXES[first.content[:4]] + first.content[4:]


def _mark_cell(token: Token) -> None:
    alignment = str(token.attrs.pop("style", "")).removeprefix("text-align:")
    if alignment:
        token.attrSet("class", f"align-{alignment}")
    if token.type == "th_open":
        token.attrSet("scope", "col")
