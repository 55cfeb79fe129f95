"""Courses of a release in memory: the index leaves nothing out, facets count what would be left."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum_graph.faceting import make_facet, narrow, parents_of_competences
from curriculum_graph.matching import plans, rank
from curriculum_graph.searching import CourseSearch, make_searchable
from curriculum_graph.snapshot import Competence, Course, Domain, Framework, LevelOf, Snapshot, Term
from tests.factories.searching import QUERIES, SHELF

FRAME = Snapshot(
    format="curriculum-catalogue/1",
    frameworks=(
        Framework(
            code="tt02", title="Khung", levels=8, domains=(Domain(code="tt02:4", title="An toàn"),),
            competences=(Competence(code="tt02:4.2", title="Dữ liệu cá nhân", domain="tt02:4"),),
        ),
    ),
    regions=(Term(code="dnb", title="Đông Nam Bộ"), Term(code="75", title="Đồng Nai", parent="dnb")),
)  # fmt: skip
COURSES = [
    Course(
        code=code, title={str(n): title for n, title in enumerate(titles)}, summary=" ".join(more), minutes=10,
        regions=("75",) if code == "75-a" else (), owner="Bộ" if code[0].isdigit() else "Sở",
        teaches=(LevelOf(competence="tt02:4.2", level=1 + number % 2),) if code.startswith("4.2") else (),
    )
    for number, (code, titles, more) in enumerate(SHELF)
]  # fmt: skip
SEARCH = CourseSearch(make_searchable("r", FRAME, COURSES))
CODES = SEARCH.courses.codes


def codes(query: str, **chosen: list[str]) -> list[str]:
    return [CODES[place] for place in SEARCH.search(query, chosen).places]


@pytest.mark.parametrize(("query", "expected"), [(q, c) for q, c in QUERIES if q])
def test_a_query_finds_the_expected_courses_in_order(query: str, expected: list[str]) -> None:
    assert codes(query)[: len(expected)] == expected


@given(st.one_of(st.sampled_from([query for query, _codes in QUERIES if query]), st.text(min_size=1, max_size=20)))
def test_the_index_leaves_out_nothing_that_answers(query: str) -> None:
    entries = SEARCH.courses.entries
    vocabulary = frozenset(word for entry in entries for word in entry.words.split())
    wanted: set[str] = set()
    for plan in plans(query, lambda: vocabulary):
        wanted = {code for code, entry in zip(CODES, entries, strict=True) if rank(entry, plan)}
        if wanted:
            break
    assert set(codes(query)) == (wanted if query.strip() else set(CODES))


def test_without_a_query_all_come_by_code() -> None:
    assert codes("") == sorted(code for code, *_more in SHELF)


def test_a_value_stands_for_those_below_it() -> None:
    assert codes("", region=["dnb"]) == ["75-a"]
    assert codes("", competence=["tt02:4"]) == ["4.2-b1", "4.2-b3"]


def test_values_of_a_facet_are_alternatives_and_facets_hold_together() -> None:
    assert codes("", level=["1", "2"], owner=["Bộ"]) == ["4.2-b1", "4.2-b3"]
    assert codes("", level=["1"], region=["75"]) == []


def test_a_search_keeps_to_the_courses_it_is_given() -> None:
    among = np.array([code != "2.6-b2" for code in CODES])
    assert [CODES[place] for place in SEARCH.search("mat khau", {}, among).places] == ["2.6-b4"]


def test_a_value_that_does_not_exist_leaves_nothing() -> None:
    assert codes("", region=["nowhere"]) == []


VALUES = st.sampled_from("abcd")
THINGS = st.lists(st.fixed_dictionaries({"x": st.sets(VALUES), "y": st.sets(VALUES)}), max_size=12)


@given(THINGS, st.fixed_dictionaries({"x": st.sets(VALUES), "y": st.sets(VALUES)}))
def test_a_count_says_what_choosing_that_value_alone_would_leave(
    things: list[Any], chosen: dict[str, set[str]]
) -> None:
    facets = {name: make_facet([thing[name] for thing in things]) for name in ("x", "y")}
    everyone = np.ones(len(things), np.bool_)
    counts = narrow(facets, chosen, everyone).counts
    for name in ("x", "y"):
        for value in "abcd":
            alone = narrow(facets, {**chosen, name: {value}}, everyone)
            assert counts[name].get(value, 0) == int(alone.kept.sum())


def test_a_tree_that_comes_back_to_itself_is_no_hindrance() -> None:
    facet = make_facet([["a"]], {"a": "b", "b": "a"})
    assert set(facet.values) == {"a", "b"}


def test_competences_stand_below_their_domains() -> None:
    assert parents_of_competences(FRAME.frameworks) == {"tt02:4": None, "tt02:4.2": "tt02:4"}
