"""Weight: what a learner has to download."""

from collections.abc import Iterator

from cms.catalogue.checking.work import Around, Work, warning
from cms.catalogue.merging.aligning import Block
from curriculum_graph.errors import Problem

MEGABYTE = 1_000_000
ROUNDING = 0.1
"""Sizes are written with one digit: what is within it is the same."""


def files_in(work: Work) -> frozenset[str]:
    """Return the codes of the assets that the body uses, each once."""
    return frozenset(code for block in work.blocks for code in _assets_of(block))


def check_weight(work: Work, around: Around) -> Iterator[Problem]:
    """Yield that the body is too heavy for whom it is, or heavier than it says."""
    files = sum(around.sizes.get(code, 0) for code in files_in(work)) / MEGABYTE
    heavy = max(files, work.megabytes or 0.0)
    if heavy > around.megabytes + ROUNDING:
        yield warning("too_heavy", "megabytes", megabytes=round(heavy, 1), line=round(around.megabytes, 1))
    if work.megabytes is not None and files > work.megabytes + ROUNDING:
        yield warning("heavier_than_said", "megabytes", megabytes=round(files, 1), said=round(work.megabytes, 1))


def _assets_of(block: Block) -> Iterator[str]:
    if block.value.get("asset"):
        yield str(block.value["asset"])
    for track in block.value.get("captions") or ():
        if track.get("asset"):
            yield str(track["asset"])
