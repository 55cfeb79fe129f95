"""A plan as a query: the same ``LIKE`` and ``CASE`` on every database, with or without an index that helps them."""

from collections.abc import Set
from functools import reduce
from operator import add, and_, or_
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Length

from cms.searching.models import SearchEntry, SearchWord
from curriculum_graph.matching import Ladder, Plan, plans


def find(shelf: str, query: str) -> tuple[Plan | None, list[int]]:
    """Return the strictest reading of a query that finds anything on a shelf, and the keys found, the best first.

    Of equals the shorter title is better, then the code by code points: no database has a say in the order.
    """
    for plan in plans(query, vocabulary):
        if found := list(_scored(_matching(shelf, plan), plan)):
            return plan, [key for _points, _length, _code, key in sorted(found)]
    return None, []


def _matching(shelf: str, plan: Plan) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(shelf=shelf)
    if plan.needed == len(plan.required):
        return rows.filter(reduce(and_, map(_is_there, plan.required)))
    found = [Case(When(_is_there(ladder), then=1), default=0) for ladder in plan.required]
    return rows.alias(found=reduce(add, found)).filter(found__gte=plan.needed)


def _scored(rows: QuerySet[SearchEntry], plan: Plan) -> Any:
    points = reduce(add, [_points(ladder) for ladder in (*plan.required, *plan.extras)])
    return rows.annotate(lost=-points, length=Length("title")).values_list("lost", "length", "code", "key")


def vocabulary() -> Set[str]:
    """Return every word that is known."""
    return frozenset(SearchWord.objects.values_list("word", flat=True))


def _is_there(ladder: Ladder) -> Q:
    wanted = [substring for column, substring, _points in ladder if column == "words"]
    begun = {substring for substring in wanted if not substring.endswith(" ")}
    return reduce(or_, (Q(words__contains=each) for each in wanted if each.rstrip() not in begun or each in begun))


def _points(ladder: Ladder) -> Case:
    steps = [When(**{f"{column}__contains": substring}, then=points) for column, substring, points in ladder]
    return Case(*steps, default=0, output_field=IntegerField())
