"""Bodies to HTML: every block of the contract, for previews, learners' pages and packages alike.

The HTML works without scripts and says everything in words: media have captions and a transcript, callouts name their
kind, downloads their size. Whatever an author wrote is escaped or, if Markdown, cleaned.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import assert_never

from curriculum_graph.markdown import RENDERER_VERSION, content_key, is_safe_address, render_markdown
from curriculum_graph.questions import render_question
from curriculum_graph.snapshot import (
    Asset,
    AudioBlock,
    Block,
    CalloutBlock,
    DownloadBlock,
    ImageBlock,
    Item,
    MarkdownBlock,
    QuestionBlock,
    StepsBlock,
    VideoBlock,
    text_in,
)
from curriculum_graph.words import in_language, say, size_in_words, tag

__all__ = ["RENDERER_VERSION", "AssetUrl", "FindItem", "content_key", "render_body", "render_markdown"]

AssetUrl = Callable[[str], str | None]
"""The address of an asset, by its code; ``None`` where there is none."""
FindItem = Callable[[str], Item | None]
"""A test item, by its code; ``None`` where there is none."""

PLAYABLE = (".mp4", ".m4v", ".webm", ".ogv", ".mov")
"""Endings of addresses that a browser plays by itself; any other address of a video is a page, and gets a link."""


def render_body(
    blocks: Iterable[Block],
    *,
    language: str,
    asset_url: AssetUrl,
    item: FindItem,
    assets: Mapping[str, Asset] | None = None,
    markdown: Callable[[str], str] = render_markdown,
) -> str:
    """Return the HTML of a body.

    Parameters
    ----------
    blocks : the blocks, in order.
    language : BCP 47 tag of the body; words of our own are English for English bodies, else Vietnamese.
    asset_url, item : find what blocks refer to. What is not found is said to be missing, in words.
    assets : the assets by code; gives downloads their size and media their type.
    markdown : renders Markdown; give one that keeps what it rendered by :func:`content_key`.

    Returns
    -------
    str
        A sequence of elements, each with a class for its block. Headings start at ``h3``; there are no ids and no
        scripts, so a page may hold several bodies. The element around it should carry ``lang``.
    """
    page = _Page(language, asset_url, item, assets or {}, markdown)
    return "\n".join(_render(block, page) for block in blocks)


@dataclass(frozen=True, slots=True)
class _Page:
    language: str
    asset_url: AssetUrl
    item: FindItem
    assets: Mapping[str, Asset]
    markdown: Callable[[str], str]

    def address(self, code: str | None) -> str | None:
        """Return an asset's address, if it is one that a page may use; relative ones are the caller's own."""
        found = None if code is None else self.asset_url(code)
        if found is None or is_safe_address(found) or ":" not in found.partition("/")[0]:
            return found
        return None

    def media_type(self, code: str | None) -> str | None:
        asset = self.assets.get(code or "")
        return None if asset is None else asset.media_type


def _render(block: Block, page: _Page) -> str:
    html: str
    match block:
        case MarkdownBlock():
            html = tag("div", page.markdown(block.text), class_="block text")
        case ImageBlock():
            html = _image(block, page)
        case VideoBlock():
            html = _video(block, page)
        case AudioBlock():
            html = _audio(block, page)
        case DownloadBlock():
            html = _download(block, page)
        case QuestionBlock():
            found = page.item(block.item)
            html = _missing(block.item, page) if found is None else render_question(found, page.language)
        case CalloutBlock():
            heading = tag("p", tag("strong", say(block.kind, page.language)), class_="callout-label")
            html = tag("div", heading + page.markdown(block.text), class_=f"block callout {block.kind}", role="note")
        case StepsBlock():
            html = tag("ol", "".join(tag("li", page.markdown(step)) for step in block.steps), class_="block steps")
        case _:
            assert_never(block)
    return html


def _missing(words: str, page: _Page) -> str:
    return tag("p", f"{say('missing', page.language)}: {escape(words)}", class_="block missing")


def _image(block: ImageBlock, page: _Page) -> str:
    address = page.address(block.asset)
    alternative = text_in(block.alt, page.language)
    if address is None:
        return _missing(alternative or block.asset, page)
    picture = tag("img", None, src=address, alt=alternative, loading="lazy", decoding="async")
    caption = "" if block.caption is None else tag("figcaption", in_language(block.caption, page.language))
    return tag("figure", picture + caption, class_="block image")


def _video(block: VideoBlock, page: _Page) -> str:
    title = text_in(block.title, page.language) or say("video", page.language, plain=True)
    address = page.address(block.asset)
    if address is None and block.url is not None and is_safe_address(block.url):
        if not block.url.partition("?")[0].lower().endswith(PLAYABLE):
            words = f"{say('watch', page.language)}: {escape(title)}"
            link = tag("p", tag("a", words, href=block.url, rel="noopener noreferrer"))
            return tag("div", link + _transcript(block.transcript, page), class_="block video")
        address = block.url
    if address is None:
        return _missing(title, page) + _transcript(block.transcript, page)
    source = tag("source", None, src=address, type=page.media_type(block.asset))
    player = tag("video", source + _tracks(block, page), controls="", preload="none", aria_label=title)
    return tag("figure", player + _about(block, page), class_="block video")


def _tracks(block: VideoBlock, page: _Page) -> str:
    tracks = []
    for captions in block.captions:
        address = page.address(captions.asset)
        if address is not None:
            default = "" if captions.language == page.language else None
            tracks.append(
                tag(
                    "track",
                    None,
                    kind="captions",
                    src=address,
                    srclang=captions.language,
                    label=captions.language,
                    default=default,
                )
            )
    return "".join(tracks)


def _audio(block: AudioBlock, page: _Page) -> str:
    title = text_in(block.title, page.language) or say("audio", page.language, plain=True)
    address = page.address(block.asset)
    if address is None:
        return _missing(title, page) + _transcript(block.transcript, page)
    player = tag("audio", "", src=address, controls="", preload="none", aria_label=title)
    return tag("figure", player + _about(block, page), class_="block audio")


def _about(block: VideoBlock | AudioBlock, page: _Page) -> str:
    parts = [] if block.title is None else [in_language(block.title, page.language)]
    if block.seconds is not None:
        minutes, seconds = divmod(block.seconds, 60)
        parts.append(f"({minutes}:{seconds:02})")
    caption = tag("figcaption", " ".join(parts)) if parts else ""
    return caption + _transcript(block.transcript, page)


def _transcript(transcript: str | None, page: _Page) -> str:
    if not transcript:
        return ""
    paragraphs = (escape(part).replace("\n", "<br>") for part in transcript.split("\n\n") if part.strip())
    summary = tag("summary", say("transcript", page.language))
    return tag("details", summary + "".join(tag("p", part) for part in paragraphs), class_="transcript")


def _download(block: DownloadBlock, page: _Page) -> str:
    address = page.address(block.asset)
    if address is None:
        return _missing(text_in(block.title, page.language), page)
    asset = page.assets.get(block.asset)
    name = "" if asset is None or asset.file_name is None else asset.file_name
    link = tag("a", in_language(block.title, page.language), href=address, download=name)
    about = "" if asset is None else f" ({escape(size_in_words(asset, page.language))})"
    return tag("p", f"{say('download', page.language)}: {link}{about}", class_="block download")
