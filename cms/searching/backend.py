"""Wagtail's search, done with our index: every listing, chooser and search box of the admin asks this.

Filters and orders are the database's own, so any field may be filtered and sorted by. Of the query language ``not`` is
ignored, and all else is words that must occur.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from modelsearch import query as queries
from modelsearch.backends.base import BaseIndex, BaseSearchBackend, BaseSearchQueryCompiler, BaseSearchResults

from cms.searching import index
from cms.searching.sql import find
from curriculum_graph.matching import Plan

IN_QUERY = 1000
"""Keys named in a query, at most; with more, the rows are asked for all of theirs."""


class Index(BaseIndex):
    """The one index of all models."""

    def reset(self) -> None:
        index.clear()

    def add_items(self, model: Any, items: Any) -> None:
        index.write(model, list(items))

    def delete_item(self, item: Any) -> None:
        index.remove(type(item), [item.pk])


class Rebuilder:
    """Brings the whole index up to date (``manage.py update_index``)."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def start(self) -> Index:
        index.remove_stale()
        return self.index

    def finish(self) -> None:
        """Leave everything as it is."""


class QueryCompiler(BaseSearchQueryCompiler):
    """A query, asked once: every slice and count of its results is taken from the keys it found."""

    def check(self) -> None:
        """Refuse nothing: filters and orders are the database's."""

    @cached_property
    def _found(self) -> tuple[Plan | None, list[int]]:
        return find(index.shelf_of(self.queryset.model), " ".join(_texts(self.query)))

    @property
    def plan(self) -> Plan | None:
        """The reading of the query that finds something; ``None`` where none does."""
        return self._found[0]

    @cached_property
    def keys(self) -> list[Any]:
        """The keys of the queryset's rows that answer the query, the best first unless the rows have an order."""
        rows: QuerySet[Any] = self.queryset
        if self.is_everything:
            return list(rows.values_list("pk", flat=True))
        found = self._found[1]
        if len(found) < IN_QUERY:
            rows = rows.filter(pk__in=found)
        if not self.order_by_relevance:
            wanted = set(found)
            return [key for key in rows.values_list("pk", flat=True) if key in wanted]
        there = set(rows.order_by().values_list("pk", flat=True))
        return [key for key in found if key in there]

    @cached_property
    def is_everything(self) -> bool:
        """Whether nothing in particular is looked for."""
        return isinstance(self.query, queries.MatchAll) or not "".join(_texts(self.query)).strip()


class Results(BaseSearchResults):
    """What a query found, as far as it is looked at."""

    supports_facet = True

    @property
    def plan(self) -> Plan | None:
        """How the query was read."""
        plan: Plan | None = None if self.query_compiler.is_everything else self.query_compiler.plan
        return plan

    @property
    def keys(self) -> list[Any]:
        """The keys of the rows, in their order."""
        keys: list[Any] = self.query_compiler.keys[self.start : self.stop]
        return keys

    def only(self, keys: Iterable[Any]) -> "Results":
        """Return those of the results that have these keys."""
        kept = set(keys)
        compiler = copy(self.query_compiler)
        compiler.keys = [key for key in self.query_compiler.keys if key in kept]
        return type(self)(self.backend, compiler)

    def _do_search(self) -> list[Any]:
        keys = self.keys
        rows = self.query_compiler.queryset
        found = {row.pk: row for some in chunks(keys) for row in rows.filter(pk__in=some)}
        if self._score_field:
            for place, key in enumerate(keys):
                setattr(found[key], self._score_field, float(-place))
        return [found[key] for key in keys if key in found]

    def _do_count(self) -> int:
        return len(self.keys)

    def facet(self, field_name: str) -> dict[Any, int]:
        """Return how many of the rows found have each value of a field, the most frequent first."""
        values = self.query_compiler.queryset.order_by().values_list("pk", field_name)
        there = set(self.keys)
        return dict(Counter(value for key, value in values if key in there).most_common())


class SearchBackend(BaseSearchBackend):
    """What the setting ``WAGTAILSEARCH_BACKENDS`` names."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = QueryCompiler
    index_class = Index
    rebuilder_class = Rebuilder
    results_class = Results


def find_keys(rows: QuerySet[Any], words: str) -> list[Any]:
    """Return the keys of those of the rows, of an indexed model, that answer a query, the best first."""
    return QueryCompiler(rows, words).keys


def chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield keys in pieces that a query may name."""
    for start in range(0, len(keys), IN_QUERY):
        yield keys[start : start + IN_QUERY]


def _texts(query: Any) -> Iterator[str]:
    if isinstance(query, queries.PlainText | queries.Phrase):
        yield query.query_string
    elif isinstance(query, queries.And | queries.Or):
        for part in query.subqueries:
            yield from _texts(part)
    elif isinstance(query, queries.Boost):
        yield from _texts(query.subquery)
