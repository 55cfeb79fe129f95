"""Writing the index: entries with their things, words once these are committed."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

from cms.searching.documents import entries_of, facets_of, newest_drafts
from cms.searching.models import SearchEntry, SearchWord

BATCH = 500
LONGEST_WORD = 64
FIELDS = ["code", "title", "words", "exact", "facets"]


def shelf_of(model: Any) -> str:
    """Return the name under which the things of a model, and of those derived from it, are indexed."""
    label: str = get_model_root(model)._meta.label_lower
    return label


def write(model: Any, things: Sequence[Any]) -> None:
    """Index things of one model, whether they were before or not: one statement for all."""
    shelf = shelf_of(model)
    drafts = newest_drafts(things)
    rows = [
        SearchEntry(shelf=shelf, key=key, code=e.code, title=e.title, words=e.words, exact=e.exact, facets=facets)
        for (key, e), facets in zip(entries_of(model, drafts), facets_of(model, drafts), strict=True)
    ]
    SearchEntry.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["shelf", "key"], update_fields=FIELDS
    )
    words = {word for row in rows for word in row.words.split() if len(word) <= LONGEST_WORD} - {"^", "$"}
    if words:
        # Words are shared: written inside the transaction, everyone who writes would wait for everyone else.
        transaction.on_commit(partial(learn, words), robust=True)


def learn(words: Iterable[str]) -> None:
    """Add words that are not known yet, in one order for all, so that two who add the same do not block each other."""
    new = set(words)
    new -= set(SearchWord.objects.filter(word__in=new).values_list("word", flat=True))
    rows = [SearchWord(word=word) for word in sorted(new)]
    SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def remove(model: Any, keys: Iterable[int]) -> None:
    """Take things out of the index."""
    SearchEntry.objects.filter(shelf=shelf_of(model), key__in=list(keys)).delete()


def titles_of(model: Any, keys: Sequence[int]) -> list[str]:
    """Return the titles of things in every language, as they were indexed, in the order of their keys. One query."""
    rows = SearchEntry.objects.filter(shelf=shelf_of(model), key__in=keys)
    titles = dict(rows.values_list("key", "exact"))
    return [titles[key] for key in keys if key in titles]


def clear() -> None:
    """Empty the index."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()


def remove_stale() -> None:
    """Take out what is no longer there, and forget words: those that still occur are learnt again while rebuilding."""
    shelves = {shelf_of(model): get_model_root(model) for model in get_indexed_models()}
    SearchEntry.objects.exclude(shelf__in=shelves).delete()
    for shelf, model in shelves.items():
        there = model._default_manager.order_by().values("pk")
        SearchEntry.objects.filter(shelf=shelf).exclude(key__in=there).delete()
    SearchWord.objects.all().delete()
