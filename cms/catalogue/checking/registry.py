"""Every check of what somebody writes, in the order in which its findings are shown."""

from collections.abc import Callable, Iterator

from cms.catalogue.checking.completeness import check_blocks, check_fields, check_variants
from cms.catalogue.checking.headings import check_headings
from cms.catalogue.checking.links import check_links
from cms.catalogue.checking.media import check_pictures, check_sounds, check_videos
from cms.catalogue.checking.reading import check_reading
from cms.catalogue.checking.weight import check_weight
from cms.catalogue.checking.work import Around, Work
from curriculum_graph.errors import Problem

Check = Callable[[Work, Around], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    check_pictures,
    check_videos,
    check_sounds,
    check_links,
    check_headings,
    check_blocks,
    check_reading,
    check_weight,
    check_fields,
    check_variants,
)


def run_checks(work: Work, around: Around) -> list[Problem]:
    """Return what every check finds, errors first. Linear in the length of the text."""
    found = [problem for check in CHECKS for problem in check(work, around)]
    return sorted(found, key=lambda problem: problem.severity != "error")
