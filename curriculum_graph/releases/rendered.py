"""Markdown rendered once: HTML by the hash of renderer and text, shared by the CMS, learners' pages and exports."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from curriculum_graph.releases.models import RenderedText
from curriculum_graph.releases.selectors import BATCH
from curriculum_graph.releases.values import Progress
from curriculum_graph.rendering import content_key, render_markdown
from curriculum_graph.snapshot import CalloutBlock, Course, MarkdownBlock, Snapshot, StepsBlock

WRITE_BATCH = 500


def list_rendered(texts: Iterable[str]) -> Mapping[str, str]:
    """Return the HTML of each Markdown text, in one query; what is not kept yet is rendered, and not written."""
    keys = {text: content_key(text) for text in texts}
    kept = _kept(keys.values())
    return {text: kept[key] if key in kept else render_markdown(text) for text, key in keys.items()}


def rendered_markdown(*courses: Course) -> Callable[[str], str]:
    """Return a function from Markdown to HTML that knows the texts of ``courses`` already (one query).

    It is what :func:`curriculum_graph.rendering.render_body` takes as ``markdown``. Any other text is rendered when
    asked for.
    """
    known = list_rendered(text for course in courses for text in markdown_of(course))
    return lambda text: known[text] if text in known else render_markdown(text)


def keep_rendered(snapshot: Snapshot, progress: Progress) -> int:
    """Render every Markdown text of ``snapshot`` that is not kept yet, keep it, and return how many there were.

    Written batch by batch and keyed by content: killed half-way, the next call goes on from there.
    """
    texts = {content_key(text): text for course in snapshot.courses for text in markdown_of(course)}
    missing = list(_missing(list(texts)))
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


def _missing(keys: list[str]) -> Iterator[str]:
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        kept = set(RenderedText.objects.filter(id__in=batch).values_list("id", flat=True))
        yield from (key for key in batch if key not in kept)
