"""Paragraphs and words."""

from hypothesis import given
from hypothesis import strategies as st

from cms.catalogue.merging.texts import compare_words, join_paragraphs, split_paragraphs

texts = st.text(alphabet="ab #`\n-", max_size=40)


@given(texts)
def test_paragraphs_joined_split_into_the_same(text: str) -> None:
    once = split_paragraphs(text)
    assert split_paragraphs(join_paragraphs(once)) == once


@given(texts)
def test_no_word_is_lost_between_paragraphs(text: str) -> None:
    assert (
        "".join(split_paragraphs(text)).split() == "".join(text.split("\n")).split()
        or [word for part in split_paragraphs(text) for word in part.split()] == text.split()
    )


def test_blank_lines_inside_code_do_not_split() -> None:
    text = "Một\n\n```\na\n\nb\n```\n\nHai"
    assert split_paragraphs(text) == ("Một", "```\na\n\nb\n```", "Hai")


@given(texts, texts)
def test_words_compared_are_both_texts(old: str, new: str) -> None:
    changes = compare_words(old, new)
    assert "".join(text for kind, text in changes if kind != "insert") == old
    assert "".join(text for kind, text in changes if kind != "delete") == new


def test_words_stay_whole() -> None:
    assert compare_words("Mở ứng dụng.", "Mở trang web.") == [
        ("equal", "Mở "), ("delete", "ứng"), ("insert", "trang"), ("equal", " "), ("delete", "dụng"),
        ("insert", "web"), ("equal", "."),
    ]  # fmt: skip
