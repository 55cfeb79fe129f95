"""What a query finds and in which order, and how far it is forgiven."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum_graph.matching import Entry, Plan, make_entry, marked, plans, rank, suggest
from curriculum_graph.spelling import nearest, untelex
from tests.factories.searching import QUERIES, SHELF

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
ENTRIES = {code: make_entry(code, titles, more) for code, titles, more in SHELF}
VOCABULARY = {word for entry in ENTRIES.values() for word in entry.words.split()} - {"^", "$"}
WORDS = st.sampled_from(sorted(word for word in VOCABULARY if word.isalpha() and len(word) > 1))


def search(query: str) -> tuple[Plan | None, list[str]]:
    for plan in plans(query, lambda: VOCABULARY):
        scored = [(-rank(e, plan), len(e.title), e.code, code) for code, e in ENTRIES.items() if rank(e, plan)]
        if scored:
            return plan, [code for *_order, code in sorted(scored)]
    return None, []


@pytest.mark.parametrize(("query", "codes"), QUERIES)
def test_a_query_finds_the_expected_things_in_order(query: str, codes: list[str]) -> None:
    assert search(query)[1][: len(codes)] == codes
    if not codes:
        assert search(query)[1] == []


@given(st.sampled_from([query for query, codes in QUERIES if codes]), st.sampled_from(FORMS))
def test_a_query_may_come_in_any_encoding(query: str, form: Form) -> None:
    assert search(unicodedata.normalize(form, query.upper()))[1] == search(query)[1]


@given(st.text(max_size=60))
def test_any_query_is_answered(query: str) -> None:
    plan, codes = search(query)
    assert bool(plan) == bool(codes)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_a_further_word_never_finds_more(words: list[str], more: str) -> None:
    first, second = next(plans(" ".join(words), set)), next(plans(" ".join([*words, "", more]), set))
    found = [{code for code, entry in ENTRIES.items() if rank(entry, plan)} for plan in (first, second)]
    last_word_was_begun = {code for code in found[1] if code not in found[0]}
    assert not last_word_was_begun


@given(WORDS, st.data())
def test_one_slip_is_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    slipped = word[:place] + word[place + 1 :]
    if len(slipped) > 1:
        assert word in nearest(slipped, {word, "zzzzzzzz"}) or slipped == word


@pytest.mark.parametrize(("typed", "meant"), [("phaan", "phan"), ("soos", "so"), ("ddoongf", "dong"), ("chuwx", "chu")])
def test_telex_letters_are_understood(typed: str, meant: str) -> None:
    assert untelex(typed) == meant


def test_what_was_found_is_marked_with_its_accents() -> None:
    plan, _codes = search("mat khau")
    assert plan is not None
    assert marked("Đặt mật khẩu mạnh", plan) == [
        ("Đặt ", False), ("mật", True), (" ", False), ("khẩu", True), (" mạnh", False),
    ]  # fmt: skip


@given(st.text(max_size=80))
def test_marking_leaves_the_text_as_it_is(text: str) -> None:
    plan = next(plans("mật khẩu", set))
    assert "".join(piece for piece, _is_hit in marked(text, plan)) == text


def test_a_correction_is_suggested_in_the_words_of_what_was_found() -> None:
    plan, _codes = search("mat khaur")
    assert plan is not None
    assert suggest("mat khaur", ["Sao lưu", "Đặt mật khẩu mạnh"], plan) == "mật khẩu"


def test_nothing_is_suggested_for_what_was_found_as_typed() -> None:
    plan, _codes = search("mật khẩu")
    assert plan is not None
    assert suggest("mật khẩu", ["Đặt mật khẩu mạnh"], plan) == ""


def test_an_entry_keeps_texts_apart() -> None:
    entry = make_entry("a-1", ["Một hai", "ba bốn"], ["năm"])
    assert entry == Entry(
        code="^ a 1 $", title="^ mot hai $ ^ ba bon $", words="^ a 1 $ ^ mot hai $ ^ ba bon $ nam ",
        exact="^ một hai $ ^ ba bốn $",
    )  # fmt: skip
