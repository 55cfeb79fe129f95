"""Facets of a listing: filters whose values are counted over what the search and the other filters leave.

They are Wagtail's own filters: in its filter menu, in the address, removable above the listing, by keyboard.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import django_filters
import numpy as np
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.formats import number_format
from django_filters.fields import MultipleChoiceField
from wagtail.admin.active_filters import (
    ActiveFilter,
    MultipleChoiceFilterAdapter,
    register_filter_adapter_class,
)

from cms.searching.backend import IN_QUERY, Results
from cms.searching.models import SearchEntry
from cms.vietnamese.sorting import sort_key
from curriculum_graph.faceting import Narrowed, Parents, make_facet, narrow

INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class FacetData:
    """The values that each of some things has in one facet, what stands above them, and what they are called."""

    values: Sequence[Sequence[str]]
    parents: Parents = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


class _AnyChoiceField(MultipleChoiceField):
    def valid_value(self, value: Any) -> bool:
        return True


class FacetFilter(django_filters.MultipleChoiceFilter):
    """A facet in a filter set. The listing narrows by all facets at once and says what there is to choose."""

    field_class = _AnyChoiceField

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=[], widget=CheckboxSelectMultiple, **more)

    def filter(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Leave the rows as they are."""
        return rows


class _FacetAdapter(MultipleChoiceFilterAdapter):
    """What is chosen, above the listing: without the indent that it has among all values."""

    def get_active_filters(self) -> Iterator[ActiveFilter]:
        for each in super().get_active_filters():
            yield each._replace(value=each.value.strip())


register_filter_adapter_class(FacetFilter, adapter_class=_FacetAdapter)


class Faceted:
    """Mixin of listings with facets; ``facets_of`` says what the things with some keys have, a constant of queries."""

    filters: Any

    def facets_of(self, rows: QuerySet[Any], keys: Sequence[int]) -> dict[str, FacetData]:
        """Return the facets of things, in the order of their keys."""
        raise NotImplementedError

    def search_queryset(self, queryset: QuerySet[Any]) -> Any:
        """Search, count the facets, and keep what has the chosen values."""
        found = super().search_queryset(queryset)  # type: ignore[misc]  # of the view
        if not self.filters or not self.filters.is_valid():
            return found
        rows = queryset.order_by()
        keys = found.keys if isinstance(found, Results) else list(rows.values_list("pk", flat=True))
        data = self.facets_of(rows, keys)
        chosen = {name: self.filters.form.cleaned_data.get(name) or [] for name in data}
        facets = {name: make_facet(each.values, each.parents) for name, each in data.items()}
        left = narrow(facets, chosen, np.ones(len(keys), np.bool_))
        self._offer(data, chosen, left)
        if not any(chosen.values()):
            return found
        kept = [key for key, is_kept in zip(keys, left.kept.tolist(), strict=True) if is_kept]
        return found.only(kept) if isinstance(found, Results) else queryset.filter(pk__in=kept)

    def _offer(self, data: Mapping[str, FacetData], chosen: Mapping[str, Sequence[str]], left: Narrowed) -> None:
        for name, facet in data.items():
            counts = dict.fromkeys(chosen[name], 0) | dict(left.counts[name])
            choices = [
                (value, f"{INDENT * depth}{facet.labels.get(value, value)} ({number_format(counts[value])})")
                for value, depth in in_tree_order(list(counts), facet)
            ]
            for holder in (self.filters.filters[name].field, self.filters.form.fields[name]):
                holder.choices = choices


def in_tree_order(values: Sequence[str], facet: FacetData) -> list[tuple[str, int]]:
    """Return values with their depth, each after what stands above it, and those side by side by their names."""
    below: dict[str | None, list[str]] = {}
    for value in values:
        above = facet.parents.get(value)
        below.setdefault(above if above in values else None, []).append(value)
    ordered: list[tuple[str, int]] = []
    waiting: list[tuple[str, int]] = [(value, 0) for value in _sorted(below.get(None, []), facet)[::-1]]
    while waiting:
        value, depth = waiting.pop()
        ordered.append((value, depth))
        waiting += [(each, depth + 1) for each in _sorted(below.pop(value, []), facet)[::-1]]
    return ordered


def read_tokens(shelf: str, keys: Sequence[int], names: Sequence[str]) -> dict[str, list[list[str]]]:
    """Return for each facet the values of things as they were indexed, in the order of their keys. One query."""
    rows = SearchEntry.objects.filter(shelf=shelf)
    if len(keys) < IN_QUERY:
        rows = rows.filter(key__in=keys)
    stored = dict(rows.exclude(facets="").values_list("key", "facets"))
    values: dict[str, list[list[str]]] = {name: [] for name in names}
    for key in keys:
        own: dict[str, list[str]] = {name: [] for name in names}
        for token in stored.get(key, "").splitlines():
            name, _equals, value = token.partition("=")
            own[name].append(value)
        for name, found in own.items():
            values[name].append(found)
    return values


def _sorted(values: Sequence[str], facet: FacetData) -> list[str]:
    return sorted(values, key=lambda value: (not value.isdecimal(), sort_key(facet.labels.get(value, value)), value))
