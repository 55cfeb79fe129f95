"""Pictures, videos and sounds: whoever cannot see or hear them has words instead."""

import re
from collections.abc import Iterator

from cms.catalogue.checking.work import Around, Work, error, path_to, said, warning
from cms.catalogue.merging.aligning import Block
from curriculum_graph.errors import Problem
from curriculum_graph.snapshot import texts_of

FILE_NAME = re.compile(r"\.(avif|gif|jpe?g|png|svg|webp)$|^\S*_\S*$", re.IGNORECASE)


def check_pictures(work: Work, around: Around) -> Iterator[Problem]:
    """Yield pictures that say nothing to who cannot see them. An empty text is said of a decoration, on purpose."""
    for block in work.blocks:
        if block.type == "image":
            yield from _check_alternative(block)


def _check_alternative(block: Block) -> Iterator[Problem]:
    alternative = block.value.get("alt", {})
    place = path_to(block, "alt")
    if alternative == "":
        return
    if not said(alternative):
        yield error("picture_without_words", place)
        return
    for words in texts_of(alternative):
        if FILE_NAME.search(words.strip()):
            yield warning("alternative_is_a_file_name", place, words=words.strip())
            return


def check_videos(work: Work, around: Around) -> Iterator[Problem]:
    """Yield videos that who cannot hear them cannot follow (WCAG 1.2.2, 1.2.3)."""
    for block in work.blocks:
        if block.type != "video":
            continue
        captions, transcript = block.value.get("captions"), said(block.value.get("transcript"))
        ours = bool(block.value.get("asset"))
        if not captions and not transcript:
            yield error("video_without_words", path_to(block, "captions" if ours else "transcript"))
        elif not captions and ours:
            yield warning("video_without_captions", path_to(block, "captions"))
        elif not transcript:
            yield warning("video_without_transcript", path_to(block, "transcript"))


def check_sounds(work: Work, around: Around) -> Iterator[Problem]:
    """Yield recordings without a transcript (WCAG 1.2.1)."""
    for block in work.blocks:
        if block.type == "audio" and not said(block.value.get("transcript")):
            yield error("sound_without_words", path_to(block, "transcript"))
