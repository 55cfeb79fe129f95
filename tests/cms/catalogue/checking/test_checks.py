"""What each check finds, and what it leaves alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.catalogue.advice.wording import WORDS
from cms.catalogue.checking.registry import run_checks
from cms.catalogue.checking.work import Around, Work
from cms.catalogue.merging.aligning import Block
from curriculum_graph.markdown import render_markdown

LONG = "Bạn phải " + "nghiêng nghiêng " * 60 + "."


def found(*blocks: tuple[str, dict[str, Any]], around: Around | None = None, **work: Any) -> list[tuple[str, str]]:
    """Return the codes and places of what is found in a body, whose blocks have the ids b0, b1 …"""
    body = tuple(Block(f"b{place}", kind, value) for place, (kind, value) in enumerate(blocks))
    problems = run_checks(Work("module", body, **work), around or Around())
    return [(problem.code, problem.place) for problem in problems]


def text(words: str) -> tuple[str, dict[str, Any]]:
    return "markdown", {"text": words}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (("image", {"asset": "a", "alt": {}}), [("picture_without_words", "body.b0.alt")]),
        (("image", {"asset": "a", "alt": {"vi": "  "}}), [("picture_without_words", "body.b0.alt")]),
        (("image", {"asset": "a", "alt": ""}), []),
        (("image", {"asset": "a", "alt": "IMG_0042.jpg"}), [("alternative_is_a_file_name", "body.b0.alt")]),
        (("image", {"asset": "a", "alt": {"vi": "Một chiếc điện thoại"}}), []),
        (("video", {"asset": "v"}), [("video_without_words", "body.b0.captions")]),
        (("video", {"url": "https://a.vn/v"}), [("video_without_words", "body.b0.transcript")]),
        (("video", {"asset": "v", "transcript": "Chào bạn"}), [("video_without_captions", "body.b0.captions")]),
        (
            ("video", {"asset": "v", "captions": [{"language": "vi", "asset": "c"}]}),
            [("video_without_transcript", "body.b0.transcript")],
        ),
        (("video", {"asset": "v", "captions": [{"language": "vi", "asset": "c"}], "transcript": "Chào"}), []),
        (("audio", {"asset": "s"}), [("sound_without_words", "body.b0.transcript")]),
        (("audio", {"asset": "s", "transcript": "Chào bạn"}), []),
        (text("## Một\n\n### Hai\n\n## Ba"), []),
        (text("## Một\n\n#### Hai"), [("heading_skips_a_level", "body.b0.text")]),
        (text("### Một"), [("heading_skips_a_level", "body.b0.text")]),
        (text("##\n\nchữ"), [("heading_without_words", "body.b0.text")]),
        (text("**Tránh lỗi này**\n\nchữ"), [("bold_as_heading", "body.b0.text")]),
        (text("**Câu hỏi nào?**\n\nmột **đậm** hai"), []),
        (text("Xem [tại đây](https://a.vn)"), [("link_says_nothing", "body.b0.text")]),
        (text("Xem [Cổng dịch vụ công](https://a.vn)"), []),
        (text("[](https://a.vn)"), [("link_without_words", "body.b0.text")]),
        (text("<https://a.vn>"), [("link_is_an_address", "body.b0.text")]),
        (text("[Bài hai](bai-hai.html)"), [("link_leads_nowhere", "body.b0.text")]),
        (text("![Ảnh](https://a.vn/a.png)"), [("picture_in_text", "body.b0.text")]),
        (text("  "), [("block_says_nothing", "body.b0.text")]),
        (text(LONG), [("hard_to_read", "body.b0.text")]),
        (("steps", {"steps": ["[Bài hai](x)"]}), [("link_leads_nowhere", "body.b0.steps")]),
        (("download", {"asset": "a", "title": "Mẫu đơn"}), []),
        (("question", {"item": "i"}), []),
    ],
)  # fmt: skip
def test_a_body_of_one_block(block: tuple[str, dict[str, Any]], expected: list[tuple[str, str]]) -> None:
    assert found(block) == expected


def test_headings_are_in_order_through_the_whole_body() -> None:
    assert found(text("## Một"), text("#### Hai")) == [("heading_skips_a_level", "body.b1.text")]


def test_what_is_hard_is_shown_at_its_longest_sentence() -> None:
    assert found(text("Ngắn thôi."), text(LONG)) == [("hard_to_read", "body.b1.text")]


def test_reading_is_measured_in_vietnamese_alone() -> None:
    assert not found(text(LONG), language="en")


def test_easy_reading_is_for_the_first_level_of_literacy() -> None:
    middling = "Bạn nghiêng nhanh nghiêng nhanh. " * 10
    assert not found(text(middling))
    assert found(text(middling), features=frozenset({"easy_read"})) == [("hard_to_read", "body.b0.text")]


def test_an_audience_may_read_more() -> None:
    assert not found(text(LONG), around=Around(grade=18))


def test_a_body_is_as_heavy_as_its_files() -> None:
    around = Around(sizes={"a": 60_000_000})
    assert found(("download", {"asset": "a", "title": "Sách"}), around=around) == [("too_heavy", "megabytes")]


def test_a_body_is_no_heavier_than_it_says() -> None:
    around = Around(sizes={"a": 6_000_000})
    block = ("download", {"asset": "a", "title": "Sách"})
    assert found(block, around=around, megabytes=2.0) == [("heavier_than_said", "megabytes")]


def test_a_file_used_twice_is_downloaded_once() -> None:
    block = ("download", {"asset": "a", "title": "Sách"})
    assert not found(block, block, around=Around(sizes={"a": 30_000_000}))


def test_an_address_that_did_not_answer_is_dead() -> None:
    around = Around(dead={"https://a.vn/": "404"})
    assert found(text("[Cổng](https://a.vn/)"), around=around) == [("link_is_dead", "body.b0.text")]


def test_a_promised_language_without_a_variant_is_missing() -> None:
    assert found(missing={"km": ""}) == [("no_variant_in_language", "languages")]


alternatives = st.one_of(st.text(), st.dictionaries(st.text(), st.text()))
blocks = st.one_of(
    st.builds(lambda words: ("markdown", {"text": words}), st.text("#*[]()!<>- \nahttps://.:", max_size=200)),
    st.builds(lambda words: ("steps", {"steps": words}), st.lists(st.text(max_size=20), max_size=3)),
    st.builds(lambda alt: ("image", {"asset": "a", "alt": alt}), alternatives),
    st.sampled_from([("video", {}), ("audio", {}), ("image", {}), ("callout", {}), ("download", {}), ("question", {})]),
)  # fmt: skip


@given(st.lists(blocks, max_size=5))
def test_whatever_stands_in_a_draft_is_checked_and_has_words(body: list[tuple[str, dict[str, Any]]]) -> None:
    problems = run_checks(Work("module", tuple(Block(str(n), *block) for n, block in enumerate(body))), Around())
    for problem in problems:
        words = WORDS[problem.code]
        assert words.sentence % problem.fields and words.cure % problem.fields
    assert [problem.severity for problem in problems] == sorted(problem.severity for problem in problems)


@given(st.text("[]()<> \nahttps://.:mailto", max_size=60))
def test_a_text_whose_links_pass_is_rendered_with_all_of_them(words: str) -> None:
    problems = found(text(words))
    if not any(code in ("link_leads_nowhere", "link_without_words") for code, _place in problems):
        from cms.catalogue.checking.markup import read

        assert render_markdown(words).count("<a ") == len(read(words).links) + len(read(words).pictures)
