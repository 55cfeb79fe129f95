"""Equal content has equal hashes, whatever way it was written down."""

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum_graph.releases.canonical import course_bytes, decode_course, frame_bytes
from curriculum_graph.snapshot import (
    Course,
    Goal,
    Group,
    Item,
    LevelOf,
    MarkdownBlock,
    Module,
    Programme,
    Requirement,
    StepsBlock,
    Variant,
)
from tests.curriculum_graph.releases.content import course, snapshot

CODES = st.lists(st.text("abcdef", min_size=1, max_size=4), unique=True, max_size=5)
REQUIREMENTS = st.builds(lambda code: Requirement(course=code), st.text("abc", min_size=1, max_size=3))
GROUPS = st.builds(
    lambda entries: Group(any_of=tuple(entries)), st.lists(REQUIREMENTS, min_size=1, max_size=3, unique_by=repr)
)


def rewritten(value: Course, order: random.Random) -> Course:
    """Return the same course with everything whose order means nothing in another order."""

    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(order.sample(items, len(items)))

    return msgspec.structs.replace(
        value,
        audiences=shuffled(value.audiences),
        regions=shuffled(value.regions),
        keywords=shuffled(value.keywords),
        recommended_after=shuffled(value.recommended_after),
        teaches=shuffled(value.teaches),
        requires=shuffled(tuple(Group(any_of=shuffled(group.any_of)) for group in value.requires)),
        modules=tuple(msgspec.structs.replace(module, variants=shuffled(module.variants)) for module in value.modules),
    )


@given(
    audiences=CODES, keywords=CODES, after=CODES, teaches=CODES, variants=CODES,
    requires=st.lists(GROUPS, max_size=3), order=st.randoms(use_true_random=False),
)  # fmt: skip
def test_order_without_meaning_changes_no_hash(
    audiences: list[str], keywords: list[str], after: list[str], teaches: list[str], variants: list[str],
    requires: list[Group], order: random.Random,
) -> None:  # fmt: skip
    written = course(
        2,
        audiences=tuple(audiences),
        keywords=tuple(keywords),
        recommended_after=tuple(after),
        teaches=tuple(LevelOf(competence=code, level=1) for code in teaches),
        requires=tuple(requires),
        modules=(Module(code="m", title="M", variants=tuple(Variant(code=code) for code in variants)),),
    )
    assert course_bytes(rewritten(written, order)) == course_bytes(written)


def test_canonical_bytes_are_a_fixed_point() -> None:
    written = course_bytes(course(2))
    assert course_bytes(decode_course(written)) == written


def test_keys_are_sorted_and_text_is_utf8() -> None:
    written = course_bytes(Course(code="c", title={"vi": "Khóa", "en": "Course"}, minutes=5))
    assert written == '{"code":"c","minutes":5,"title":{"en":"Course","vi":"Khóa"}}'.encode()


def test_one_markdown_block_is_the_same_as_markdown() -> None:
    short = course(1, modules=(Module(code="m", title="M", markdown="x"),))
    long = course(1, modules=(Module(code="m", title="M", blocks=(MarkdownBlock(text="x"),)),))
    assert course_bytes(long) == course_bytes(short)


def test_weight_one_is_the_same_as_no_weight() -> None:
    def with_weight(weight: float | None) -> bytes:
        return frame_bytes(
            snapshot(programmes=(Programme(code="p", title="P", goals=(Goal(course="course-1", weight=weight),)),))
        )

    assert with_weight(1.0) == with_weight(None)


@pytest.mark.parametrize(
    "other",
    [
        course(1, languages=("km", "vi")),
        course(1, languages=("vi", "km"), modules=(Module(code="a", title="A"), Module(code="b", title="B"))),
        course(1, modules=(Module(code="m", title="M", blocks=(StepsBlock(steps=("b", "a")),)),)),
    ],
    ids=["first language", "modules", "steps"],
)
def test_order_with_meaning_changes_the_hash(other: Course) -> None:
    turned = msgspec.structs.replace(
        other,
        languages=tuple(reversed(other.languages)),
        modules=tuple(
            msgspec.structs.replace(
                module,
                blocks=tuple(
                    StepsBlock(steps=tuple(reversed(block.steps))) if isinstance(block, StepsBlock) else block
                    for block in module.blocks
                ),
            )
            for module in reversed(other.modules)
        ),
    )
    assert course_bytes(turned) != course_bytes(other)


def test_order_of_the_right_order_is_kept() -> None:
    def answered(kind: Any, *correct: str) -> bytes:
        item = Item(code="i", competence="tt02:1.1", level=1, kind=kind, prompt="?", correct=correct)
        return frame_bytes(snapshot(items=(item,)))

    assert answered("order", "b", "a") != answered("order", "a", "b")
    assert answered("multiple_choice", "b", "a") == answered("multiple_choice", "a", "b")


def test_frame_holds_no_course() -> None:
    assert frame_bytes(snapshot(course(1))) == frame_bytes(snapshot(course(1), course(2)))
