"""Markdown rendered once: HTML by the hash of renderer and text, shared by the CMS, learners' pages and exports."""

from collections.abc import Iterable, Iterator, Mapping

from curriculum_graph.releases.models import RenderedText
from curriculum_graph.releases.selectors import BATCH
from curriculum_graph.releases.values import Progress
from curriculum_graph.rendering import content_key, render_markdown
from curriculum_graph.snapshot import CalloutBlock, Course, MarkdownBlock, Snapshot, StepsBlock

WRITE_BATCH = 500


def list_rendered(texts: Iterable[str]) -> Mapping[str, str]:
    """Return the HTML of each Markdown text, in one query; what is not kept yet is rendered, and not written."""
    distinct = dict.fromkeys(texts)
    kept = _kept(content_key(text) for text in distinct)
    return {text: kept.get(content_key(text)) or render_markdown(text) for text in distinct}


def keep_rendered(snapshot: Snapshot, progress: Progress) -> int:
    """Render every Markdown text of ``snapshot`` that is not kept yet, keep it, and return how many there were.

    Written batch by batch and keyed by content: killed half-way, the next call goes on from there.
    """
    texts = {content_key(text): text for course in snapshot.courses for text in markdown_of(course)}
    keys = list(texts)
    kept: set[str] = set()
    for start in range(0, len(keys), BATCH):
        kept |= _kept(keys[start : start + BATCH]).keys()
    missing = [key for key in keys if key not in kept]
    for start in range(0, len(missing), WRITE_BATCH):
        progress("rendering", start, len(missing))
        rows = [RenderedText(id=key, html=render_markdown(texts[key])) for key in missing[start : start + WRITE_BATCH]]
        RenderedText.objects.bulk_create(rows, ignore_conflicts=True)
    return len(missing)


def markdown_of(course: Course) -> Iterator[str]:
    """Yield the Markdown texts of a course's bodies."""
    for module in course.modules:
        for thing in (module, *module.variants):
            for block in thing.body:
                if isinstance(block, MarkdownBlock | CalloutBlock):
                    yield block.text
                elif isinstance(block, StepsBlock):
                    yield from block.steps


def _kept(keys: Iterable[str]) -> dict[str, str]:
    return dict(RenderedText.objects.filter(id__in=list(keys)).values_list("id", "html"))
