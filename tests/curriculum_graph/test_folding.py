"""Folding: case, accents and encodings make no difference."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum_graph.folding import accented_words, fold, fold_words, word_spans

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Phân số", "phan so"), ("Đồng Nai", "dong nai"), ("ĐẮK LẮK", "dak lak"), ("Nghiêng", "nghieng"), ("Ⅳ-Ơ", "ⅳ-o")],
)
def test_accents_and_case_are_left_out(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_the_encoding_of_accents_makes_no_difference(text: str, one: Form, other: Form) -> None:
    assert fold(unicodedata.normalize(one, text)) == fold(unicodedata.normalize(other, text))


@given(VIETNAMESE)
def test_vietnamese_becomes_plain_letters(text: str) -> None:
    assert fold(text).isascii()


@given(VIETNAMESE, st.sampled_from(FORMS))
def test_words_keep_their_accents_in_one_encoding(text: str, form: Form) -> None:
    words = accented_words(unicodedata.normalize(form, text))
    assert words == [unicodedata.normalize("NFC", word) for word in text.split()]
    assert [fold(word) for word in words] == fold_words(text)


@given(st.text())
def test_every_word_has_its_place(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in word_spans(text))


def test_khmer_vowel_signs_do_not_part_a_word() -> None:
    assert fold_words("ភាសាខ្មែរ, tiếng Khmer") == ["ភាសាខ្មែរ", "tieng", "khmer"]
