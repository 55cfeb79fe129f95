"""Completeness: what is promised is there."""

from collections.abc import Iterator

from cms.catalogue.checking.work import Around, Work, path_to, said, warning
from curriculum_graph.errors import Problem


def check_variants(work: Work, around: Around) -> Iterator[Problem]:
    """Yield the languages in which learners are promised a body that nobody has written."""
    for language, modules in work.missing.items():
        yield warning("no_variant_in_language", "languages", language=language, modules=modules)


def check_fields(work: Work, around: Around) -> Iterator[Problem]:
    """Yield what ought to be filled in and is not: a summary, feedback, a body."""
    for name in sorted(work.absent):
        yield warning(f"without_{name}", name)


def check_blocks(work: Work, around: Around) -> Iterator[Problem]:
    """Yield blocks that say nothing."""
    for block in work.blocks:
        if block.type in ("markdown", "callout") and not said(block.value.get("text")):
            yield warning("block_says_nothing", path_to(block, "text"))
