"""What people type becomes the contract's values, or a clear message."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.taxonomy.formfields import CodeFormField, CodesFormField, LocalisedTextFormField
from curriculum_graph.folding import fold

TAGS = st.sampled_from(["vi", "en", "km", "zh-Hant"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.dictionaries(
    TAGS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first letters take long to list
@given(TEXTS)
def test_a_text_comes_back_from_its_form_field_unchanged(text: Any) -> None:
    field = LocalisedTextFormField()
    assert field.clean(field.prepare_value(text)) == text


@pytest.mark.parametrize("typed", ["Mật khẩu", '"Mật khẩu"'])
def test_plain_words_are_vietnamese(typed: str) -> None:
    assert LocalisedTextFormField().clean(typed) == "Mật khẩu"


@pytest.mark.parametrize("typed", ["", "{}", '{"vi": ""}', "null"])
def test_a_text_without_words_is_missing(typed: str) -> None:
    with pytest.raises(ValidationError):
        LocalisedTextFormField().clean(typed)
    assert LocalisedTextFormField(required=False).clean(typed) is None


@pytest.mark.parametrize("typed", ['{"not a tag!": "x"}', '{"vi": 3}', "[1]", "12"])
def test_what_is_not_a_text_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        LocalisedTextFormField().clean(typed)


def test_codes_are_distinct_and_keep_their_order() -> None:
    assert CodesFormField(kind="").clean(json.dumps(["b", "a", "b"])) == ["b", "a"]


@pytest.mark.parametrize("typed", ["a b", '["Ổ"]', '[{"a": 1}]', json.dumps(["x" * 129])])
def test_codes_that_cannot_be_codes_are_refused(typed: str) -> None:
    field = CodesFormField(kind="region", required=False)
    with pytest.raises(ValidationError):
        field.clean(typed)


def test_a_code_is_checked_and_named_in_the_message() -> None:
    with pytest.raises(ValidationError, match="không ổn"):
        CodeFormField(kind="course").clean("không ổn")


@pytest.mark.parametrize(("text", "folded"), [("Mật khẩu", "mat khau"), ("ĐỒNG", "dong"), ("Café", "cafe")])
def test_folding_takes_case_and_accents_away(text: str, folded: str) -> None:
    assert fold(text) == folded
