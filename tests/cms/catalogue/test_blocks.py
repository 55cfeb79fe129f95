"""Stored blocks are the contract's blocks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.catalogue.blocks import BodyBlock, OptionsBlock, RequirementsBlock
from cms.taxonomy.blocks import DescriptorsBlock, GoalsBlock, LevelsBlock

BODY: list[dict[str, Any]] = [
    {"type": "markdown", "text": "# Mật khẩu\n\nDài và *riêng*."},
    {"type": "image", "asset": "anh-1", "alt": {"vi": "Ổ khoá", "km": "សោ"}, "caption": "Ổ khoá"},
    {"type": "image", "asset": "hoa-van", "alt": ""},
    {"type": "video", "asset": "phim", "captions": [{"language": "vi", "asset": "phim-vi"}], "seconds": 60},
    {"type": "video", "url": "https://example.org/v", "title": {"en": "A film"}, "transcript": "…"},
    {"type": "audio", "asset": "am-thanh", "transcript": "Lời"},
    {"type": "download", "asset": "to-gap", "title": "Tờ gấp"},
    {"type": "question", "item": "q.1"},
    {"type": "callout", "kind": "warning", "text": "Không cho ai mã OTP."},
    {"type": "steps", "steps": ["Mở", "Chọn"]},
]
REQUIRES: list[dict[str, Any]] = [
    {"any_of": [{"course": "a"}, {"competence": "tt02:1.1", "level": 2}], "rationale": {"vi": "Vì thế"}},
    {"any_of": [{"course": "b"}]},
]


def stored(block: dict[str, Any]) -> dict[str, Any]:
    return {"type": block["type"], "value": {name: part for name, part in block.items() if name != "type"}, "id": "x"}


def test_every_body_block_of_the_contract_is_stored_as_it_is_written() -> None:
    raw = [stored(block) for block in BODY]
    block = BodyBlock()
    value = block.to_python(raw)
    list(value)  # reads every child, so that none is passed through unread
    assert block.get_prep_value(value) == raw


def test_a_cleaned_body_is_stored_as_it_was() -> None:
    raw = [stored(block) for block in BODY]
    block = BodyBlock()
    assert block.get_prep_value(block.clean(block.to_python(raw))) == raw


def test_requirement_groups_are_stored_as_they_are_written() -> None:
    raw = [{"type": "group", "value": group, "id": "x"} for group in REQUIRES]
    block = RequirementsBlock()
    assert block.get_prep_value(block.clean(block.to_python(raw))) == raw


@pytest.mark.parametrize(
    ("block", "plain"),
    [
        (LevelsBlock(), [{"competence": "tt02:1.1", "level": 3}]),
        (GoalsBlock(), [{"course": "a", "weight": 2.0}, {"competence": "tt02:1.1", "level": 3}]),
        (DescriptorsBlock(), {"1": "Biết", "2": {"vi": "Làm được", "en": "Can do"}, "10": "Dạy được"}),
        (OptionsBlock(), [{"code": "a", "text": "Đúng"}, {"code": "b", "text": {"vi": "Sai", "en": "No"}}]),
    ],
)
def test_records_are_stored_as_plain_data(block: Any, plain: Any) -> None:
    assert block.get_prep_value(block.clean(block.to_python(plain))) == plain


@pytest.mark.parametrize(
    "entry", [{}, {"course": "a", "competence": "b", "level": 1}, {"competence": "b"}, {"course": "a", "level": 2}]
)
def test_a_requirement_that_is_not_exactly_one_way_is_refused(entry: dict[str, Any]) -> None:
    block = RequirementsBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python([{"type": "group", "value": {"any_of": [entry]}, "id": "x"}]))
