"""From things to what is searched of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from modelsearch.index import AutocompleteField, SearchField
from wagtail.models import Revision

from curriculum_graph.matching import Entry, make_entry


def entries_of(model: Any, things: Sequence[Any]) -> list[tuple[int, Entry]]:
    """Return key and entry of things of one model.

    A model says what is searched with its ``search_fields``: what can be completed is a title, all else is words. One
    with ``search_entries(things)`` is asked instead, once for all of them.
    """
    if hasattr(model, "search_entries"):
        entries: Iterable[Entry] = model.search_entries(things)
    else:
        entries = (_entry(thing) for thing in things)
    return [(thing.pk, entry) for thing, entry in zip(things, entries, strict=True)]


def facets_of(model: Any, things: Sequence[Any]) -> list[str]:
    """Return the values of facets of things of a model that has ``search_facets(things)``, one a line."""
    if not hasattr(model, "search_facets"):
        return [""] * len(things)
    return ["\n".join(f"{name}={value}" for name, value in pairs) for pairs in model.search_facets(things)]


def newest_drafts(things: Sequence[Any]) -> list[Any]:
    """Return things as their authors last saved them: one query at most."""
    changed = {thing.latest_revision_id for thing in things if getattr(thing, "has_unpublished_changes", False)} - {
        None
    }
    if not changed:
        return list(things)
    contents = dict(Revision.objects.filter(pk__in=changed).values_list("pk", "content"))
    return [
        thing.with_content_json(contents[thing.latest_revision_id])
        if thing.latest_revision_id in contents and thing.has_unpublished_changes
        else thing
        for thing in things
    ]


def _entry(thing: Any) -> Entry:
    fields = thing.get_search_fields()
    titles = [
        text for field in fields if isinstance(field, AutocompleteField) for text in _texts(field.get_value(thing))
    ]
    words = [text for field in fields if isinstance(field, SearchField) for text in _texts(field.get_value(thing))]
    return make_entry(getattr(thing, "code", None) or "", dict.fromkeys(titles), words)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _texts([text for _name, text in sorted(value.items())])
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif value is not None:
        yield str(value)
