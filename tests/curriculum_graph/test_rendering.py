"""Bodies and Markdown as HTML: accessible, and safe whatever an author writes in any field."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum_graph.markdown import TAGS, content_key, is_safe_address, render_markdown
from curriculum_graph.rendering import render_body
from curriculum_graph.snapshot import (
    Asset,
    AudioBlock,
    Block,
    CalloutBlock,
    Captions,
    DownloadBlock,
    ImageBlock,
    Item,
    ItemOption,
    MarkdownBlock,
    QuestionBlock,
    StepsBlock,
    VideoBlock,
)

ASSETS = {
    "pic": Asset(code="pic", sha256="0" * 64, media_type="image/png", bytes=10),
    "film": Asset(code="film", sha256="1" * 64, media_type="video/mp4", bytes=10),
    "sheet": Asset(
        code="sheet", sha256="2" * 64, media_type="application/pdf", bytes=1_234_567, file_name="to-roi.pdf"
    ),
}
ITEM = Item(
    code="q1",
    competence="tt02:1.1",
    level=1,
    kind="single_choice",
    prompt={"vi": "Chọn?", "en": "Which?"},
    options=(ItemOption(code="a", text="Một"), ItemOption(code="b", text="Hai")),
    correct=("b",),
    feedback="Vì vậy.",
)


class Elements(HTMLParser):
    """Collects the elements and attributes of a page, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser.found


def body(*blocks: Block, language: str = "vi", item: Item | None = ITEM) -> str:
    return render_body(
        blocks,
        language=language,
        asset_url=lambda code: f"/files/{code}" if code in ASSETS else None,
        item=lambda code: item if item is not None and item.code == code else None,
        assets=ASSETS,
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<!-- <script> -->",
        "<svg/onload=alert(1)>",
        "<style>*{}</style>",
    ],
)
def test_html_in_markdown_is_shown_as_text(text: str) -> None:
    html = render_markdown(text)
    assert {name for name, _ in elements(html)} <= {"p"}
    assert "&lt;" in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#x0A;script:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example",
        "/relative",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "<{}>", "[x]\n\n[x]: {}"])
def test_a_link_to_an_unsafe_address_is_no_link(address: str, form: str) -> None:
    assert not [name for name, _ in elements(render_markdown(form.format(address))) if name in ("a", "img")]


def test_a_link_to_a_safe_address_says_no_opener() -> None:
    ((_, attributes),) = [found for found in elements(render_markdown("[x](https://a.vn)")) if found[0] == "a"]
    assert attributes == {"href": "https://a.vn", "rel": "noopener noreferrer"}


def test_an_image_in_markdown_becomes_a_link_with_its_words() -> None:
    html = render_markdown("![Bản đồ](https://a.vn/x.png)")
    assert html == '<p><a href="https://a.vn/x.png" rel="noopener noreferrer">Bản đồ</a></p>\n'


def test_headings_nest_below_those_of_the_page() -> None:
    names = [name for name, _ in elements(render_markdown("# a\n## b\n### c\n#### d\n##### e\n###### f"))]
    assert names == ["h3", "h4", "h5", "h6", "h6", "h6"]


def test_lists_to_check_oneself_by_begin_with_boxes() -> None:
    html = render_markdown("- [ ] Tôi *làm* được\n- [x] xong\n- [?] gì\n\n[ ] không phải danh sách")
    assert "<li>☐ Tôi <em>làm</em> được</li>" in html
    assert "<li>☑ xong</li>" in html
    assert "[?] gì" in html
    assert "<p>[ ] không" in html


def test_heads_of_tables_say_that_they_head_columns() -> None:
    html = render_markdown("|a|b|\n|-|-:|\n|1|2|")
    assert '<th scope="col">a</th>' in html
    assert '<td class="align-right">2</td>' in html


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>\"'&:()[]!*_`#|\\ \n\tajvscriptonx=/-0", max_size=80))
def test_markdown_gives_known_elements_and_attributes_only(text: str) -> None:
    for name, attributes in elements(render_markdown(text)):
        assert name in TAGS
        assert set(attributes) <= {"href", "title", "rel", "start", "scope", "class"}
        assert name != "a" or is_safe_address(attributes["href"] or "")


def test_the_key_of_a_text_is_stable_and_its_own() -> None:
    assert content_key("a") == content_key("a") != content_key("b")


HOSTILE = '"\'><script>alert(1)</script><img src=x onerror=alert(1)> onload="x'
ALLOWED = {
    "div", "p", "figure", "figcaption", "img", "video", "audio", "source", "track", "details", "summary", "a", "ol",
    "li", "strong", "fieldset", "legend", "label", "input", "span", "br",
}  # fmt: skip


def hostile_blocks(text: str) -> tuple[Block, ...]:
    """Every block with ``text`` in every field that is not a choice."""
    return (
        MarkdownBlock(text=text),
        ImageBlock(asset=text, alt=text, caption={text: text}),
        ImageBlock(asset="pic", alt={"en": text}, caption={"en": text}),
        VideoBlock(asset="film", title=text, transcript=text, captions=(Captions(language=text, asset="pic"),)),
        VideoBlock(url=text, title={text: text}, transcript=text, seconds=61),
        VideoBlock(url=f"https://a.vn/{text}"),
        VideoBlock(url=f"https://a.vn/{text}.mp4"),
        AudioBlock(asset="film", title=text, transcript=text),
        AudioBlock(asset=text),
        DownloadBlock(asset="sheet", title=text),
        QuestionBlock(item=text),
        QuestionBlock(item="q1"),
        CalloutBlock(kind="warning", text=text),
        StepsBlock(steps=(text, text)),
    )


@pytest.mark.parametrize(
    "text", [HOSTILE, "javascript:alert(1)", "' onfocus=alert(1) autofocus '", "</script>", "&quot;"]
)
@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "true_false", "text_entry", "order", "match"])
def test_nothing_written_in_any_field_becomes_an_element_or_a_handler(text: str, kind: str) -> None:
    item = Item(
        code="q1", competence=text, level=1, kind=kind, prompt=text, feedback=text,  # type: ignore[arg-type]
        options=(ItemOption(code=text, text=text),),
    )  # fmt: skip
    html = render_body(
        hostile_blocks(text),
        language=text,
        asset_url=lambda code: code if code == text else f"/f/{code}",
        item=lambda code: item if code == "q1" else None,
        assets={"sheet": Asset(code="sheet", sha256=text, media_type=text, bytes=1, file_name=text)},
    )
    for name, attributes in elements(html):
        assert name in ALLOWED, name
        assert not [key for key in attributes if key.startswith("on") or key == "autofocus"]
        for key in ("href", "src"):
            assert not (attributes.get(key) or "").lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))


def test_an_image_has_its_words_and_its_caption() -> None:
    html = body(ImageBlock(asset="pic", alt="Sơ đồ", caption={"vi": "Hình 1", "en": "Figure 1"}), language="en")
    assert '<img src="/files/pic" alt="Sơ đồ" loading="lazy" decoding="async">' in html
    assert "<figcaption>Figure 1</figcaption>" in html


def test_a_text_that_exists_in_another_language_only_is_marked_with_it() -> None:
    html = body(ImageBlock(asset="pic", alt="x", caption={"vi": "Hình 1"}), language="km")
    assert '<span lang="vi">Hình 1</span>' in html


def test_a_film_has_captions_a_transcript_and_its_length() -> None:
    block = VideoBlock(
        asset="film",
        title="Mở đầu",
        captions=(Captions(language="vi", asset="sheet"),),
        transcript="Xin chào.\n\nTạm biệt.",
        seconds=125,
    )
    html = body(block)
    assert '<track kind="captions" src="/files/sheet" srclang="vi" label="vi" default="">' in html
    assert '<source src="/files/film" type="video/mp4">' in html
    assert "<summary>Bản chép lời</summary><p>Xin chào.</p><p>Tạm biệt.</p>" in html
    assert "(2:05)" in html


def test_a_film_on_a_page_elsewhere_is_a_link_and_embeds_nothing() -> None:
    html = body(VideoBlock(url="https://video.example/watch?v=1", title="Phim"))
    assert [name for name, _ in elements(html)] == ["div", "p", "a"]


def test_an_asset_that_is_not_there_is_said_to_be_missing() -> None:
    assert body(ImageBlock(asset="gone", alt="Sơ đồ")) == ('<p class="block missing">Nội dung này chưa có: Sơ đồ</p>')


def test_a_callout_says_its_kind_in_words() -> None:
    assert body(CalloutBlock(kind="tip", text="a"), language="en-GB") == (
        '<div class="block callout tip" role="note"><p class="callout-label"><strong>Tip</strong></p><p>a</p>\n</div>'
    )


def test_our_words_in_a_body_of_another_language_are_marked_vietnamese() -> None:
    assert '<span lang="vi">Mẹo</span>' in body(CalloutBlock(kind="tip", text="a"), language="jra")


def test_steps_are_an_ordered_list() -> None:
    assert body(StepsBlock(steps=("*a*", "b"))) == (
        '<ol class="block steps"><li><p><em>a</em></p>\n</li><li><p>b</p>\n</li></ol>'
    )


@pytest.mark.parametrize(("language", "size"), [("vi", "PDF, 1,2 MB"), ("en", "PDF, 1.2 MB")])
def test_a_download_says_what_it_is_and_how_large(language: str, size: str) -> None:
    assert f"</a> ({size})" in body(DownloadBlock(asset="sheet", title="Tờ rơi"), language=language)


def test_a_question_is_a_group_of_labelled_fields_and_does_not_give_the_answer_away() -> None:
    html = body(QuestionBlock(item="q1"))
    assert "<fieldset><legend>Chọn?</legend>" in html
    assert '<label><input type="radio" name="item-q1" value="a"> Một</label>' in html
    assert "correct" not in html
    assert html.index("<details") > html.index("</fieldset>")


def test_kept_html_is_used_where_the_caller_has_it() -> None:
    html = render_body(
        [MarkdownBlock(text="a"), CalloutBlock(kind="note", text="b"), StepsBlock(steps=("c",))],
        language="vi",
        asset_url=lambda _: None,
        item=lambda _: None,
        markdown=lambda text: f"[{text}]",
    )
    assert all(kept in html for kept in ("[a]", "[b]", "[c]"))
