"""What is different, as data and in words."""

import msgspec
import pytest
from django.utils import translation

from cms.editorial.changes import changes_document
from cms.editorial.wording import count_rows, detail_lines, sections, summary_lines
from curriculum_graph.snapshot import Competence, Module, Snapshot, Term, Variant
from tests.curriculum_graph.releases.content import course, snapshot


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def lines(before: Snapshot, after: Snapshot) -> list[str]:
    return [line.strip() for line in detail_lines(changes_document(before, after))]


def test_equal_contents_differ_in_nothing() -> None:
    assert changes_document(snapshot(), snapshot()) == {}
    assert list(summary_lines({})) == ["No difference."]


def test_each_kind_is_counted() -> None:
    after = snapshot(course(1, minutes=5), course(4), regions=(Term(code="north", title="Bắc"),))
    assert list(summary_lines(changes_document(snapshot(), after))) == [
        "Courses: 1 added, 1 changed, 2 removed",
        "Regions: 0 added, 0 changed, 1 removed",
    ]


def test_number_shows_before_and_after() -> None:
    assert "minutes: 31 → 5" in lines(snapshot(course(1)), snapshot(course(1, minutes=5)))


def test_title_shows_in_the_reader_s_language() -> None:
    after = snapshot(course(1, title={"vi": "Mới", "en": "New"}))
    assert "title: Course 1 → New" in lines(snapshot(course(1)), after)
    with translation.override("vi"):
        assert any("Khóa 1 → Mới" in line for line in lines(snapshot(course(1)), after))


def test_codes_show_what_came_and_what_went() -> None:
    assert "regions: + east, − south" in lines(snapshot(course(1)), snapshot(course(1, regions=("north", "east"))))


def test_long_text_is_said_to_be_rewritten() -> None:
    assert "summary: rewritten" in lines(snapshot(course(1, summary="x" * 500)), snapshot(course(1, summary="y" * 500)))


def test_module_says_which_variant_came() -> None:
    before = course(1, modules=(Module(code="m", title="M", markdown="x"),))
    after = course(1, modules=(Module(code="m", title="M", markdown="x", variants=(Variant(code="km"),)),))
    assert "modules: ~ m (variants)" in lines(snapshot(before), snapshot(after))


def test_modules_in_another_order_are_said_to_be() -> None:
    a, b = Module(code="a", title="A"), Module(code="b", title="B")
    assert "modules: order changed" in lines(snapshot(course(1, modules=(a, b))), snapshot(course(1, modules=(b, a))))


def test_competence_that_came_to_a_framework_is_named() -> None:
    (framework,) = snapshot().frameworks
    more = msgspec.structs.replace(
        framework, competences=(*framework.competences, Competence(code="tt02:1.2", title="Đánh giá"))
    )
    assert "competences: + tt02:1.2" in lines(snapshot(), snapshot(frameworks=(more,)))


def test_page_shows_the_first_entries_and_counts_the_rest() -> None:
    many = snapshot(*(course(number, teaches=()) for number in range(1, 11)))
    (shown,) = sections(changes_document(snapshot(course(1, teaches=())), many), shown=4)
    assert (shown.added_count, len(shown.parts[0].entries), shown.parts[0].more) == (9, 4, 5)


def test_numbers_are_grouped_as_readers_write_them() -> None:
    with translation.override("vi"):
        assert [number for _, number in count_rows({"courses": 3072})] == ["3.072"]
