"""Links: their words say where they lead, and they lead there."""

import re
import unicodedata
from collections.abc import Iterator

from cms.catalogue.checking.markup import Link
from cms.catalogue.checking.work import Around, Work, error, path_to, warning
from curriculum_graph.errors import Problem
from curriculum_graph.markdown import is_safe_address

EMPTY_WORDS = frozenset(
    {
        "tại đây", "ở đây", "đây", "vào đây", "bấm vào đây", "bấm đây", "nhấn vào đây", "nhấp vào đây", "xem tại đây",
        "xem", "xem thêm", "đọc thêm", "chi tiết", "xem chi tiết", "link", "liên kết", "đường dẫn", "trang này",
        "here", "click here", "click", "this", "this link", "this page", "read more", "more", "see more", "details",
    }
)  # fmt: skip


def check_links(work: Work, around: Around) -> Iterator[Problem]:
    """Yield links without words of their own, or to nowhere, and pictures that are only linked to."""
    for place, markup in work.marked():
        for link in markup.links:
            yield from _check_words(link, place)
            yield from _check_address(link.address, link.words, place, around)
        for picture in markup.pictures:
            yield warning("picture_in_text", place, address=picture)
    for block in work.blocks:
        if block.type == "video" and block.value.get("url"):
            yield from _check_address(str(block.value["url"]), "", path_to(block, "url"), around)


def _check_words(link: Link, place: str) -> Iterator[Problem]:
    words = unicodedata.normalize("NFC", link.words).casefold().strip(" .…:>»→\u00a0")
    if not words:
        yield error("link_without_words", place, address=link.address)
    elif words in EMPTY_WORDS:
        yield warning("link_says_nothing", place, words=link.words, address=link.address)
    elif re.match(r"(https?://|www\.)", words):
        yield warning("link_is_an_address", place, address=link.address)


def _check_address(address: str, words: str, place: str, around: Around) -> Iterator[Problem]:
    if not is_safe_address(address):
        yield error("link_leads_nowhere", place, words=words or address, address=address)
    elif address in around.dead:
        yield warning("link_is_dead", place, words=words or address, address=address, answer=around.dead[address])
