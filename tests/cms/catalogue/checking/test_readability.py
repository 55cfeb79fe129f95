"""The measure of reading: its words and sentences, and the grade that it gives."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.catalogue.checking.readability import HIGHEST, LOWEST, measure, sentences_of, words_of

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
words = st.text(VIETNAMESE, min_size=1, max_size=7)
texts = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "  .,!?…\n-'’0123456789“”"), max_size=400)


@given(texts)
def test_a_text_reads_the_same_however_its_accents_are_encoded(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert words_of(composed) == words_of(decomposed)
    assert sentences_of(composed) == sentences_of(decomposed)
    assert measure([composed]) == measure([decomposed])


@given(texts)
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert [word for sentence in sentences_of(text) for word in words_of(sentence)] == words_of(text)


@given(st.lists(words, min_size=1))
def test_words_between_blanks_are_the_words(written: list[str]) -> None:
    assert words_of(" ".join(written)) == [unicodedata.normalize("NFC", word) for word in written]


@given(texts)
def test_a_grade_is_a_grade(text: str) -> None:
    reading = measure([text])
    assert reading is None or LOWEST <= reading.grade <= HIGHEST


@given(st.lists(words, min_size=60, max_size=90))
def test_a_sentence_parted_is_never_harder(written: list[str]) -> None:
    whole = measure([" ".join(written) + "."])
    parted = measure([" ".join(written[:30]) + ". " + " ".join(written[30:]) + "."])
    assert whole is not None and parted is not None
    assert parted.grade <= whole.grade


def test_the_grade_is_that_of_the_formula() -> None:
    reading = measure(["một hai bốn năm sáu bảy tám chín mười không. " * 5])  # 38 letters in ten words
    assert reading is not None
    assert (reading.words, reading.letters, reading.sentences) == (50, 170, 5)
    assert reading.grade == pytest.approx(2 * 170 / 50 + 0.2 * 10 - 6)


def test_a_few_words_are_not_measured() -> None:
    assert measure(["Bạn mở máy."]) is None
