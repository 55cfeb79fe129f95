"""Bodies in three versions: laws of the merge, and cases."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.catalogue.merging.aligning import Block
from cms.catalogue.merging.bodies import BodyMerge, merge_bodies
from cms.catalogue.merging.choosing import Choice, Take, list_questions, open_questions, resolve

texts = st.lists(st.sampled_from(["một", "hai", "ba", "bốn"]), max_size=4).map("\n\n".join)
values = st.one_of(
    st.builds(lambda text: ("markdown", {"text": text}), texts),
    st.builds(lambda steps: ("steps", {"steps": steps}), st.lists(st.sampled_from("xyz"), max_size=3)),
    st.builds(lambda alt: ("image", {"asset": "a", "alt": alt}), st.sampled_from("pq")),
)


@st.composite
def bodies(draw: st.DrawFn) -> list[Block]:
    ids = draw(st.lists(st.sampled_from("0123456"), max_size=5, unique=True))
    return [Block(id, *draw(values)) for id in ids]


def contents(blocks: Sequence[Block]) -> list[str]:
    return [block.content for block in blocks]


def words(body: list[Block]) -> set[str]:
    return {word for block in body if block.type == "markdown" for word in block.value["text"].split()}


def merge(base: list[Block], theirs: list[Block], new: list[Block]) -> list[Block]:
    return resolve(merge_bodies(base, theirs, new), {})


@given(bodies(), bodies())
def test_where_one_side_changed_nothing_the_other_is_taken(base: list[Block], side: list[Block]) -> None:
    assert contents(merge(base, base, side)) == contents(side)
    assert merge(base, side, base) == side


@given(bodies(), bodies())
def test_identical_edits_are_no_question(base: list[Block], side: list[Block]) -> None:
    found = merge_bodies(base, side, side)
    assert list_questions(found) == []
    assert resolve(found, {}) == side


@given(bodies(), bodies(), bodies())
@settings(max_examples=300)
def test_whoever_keeps_theirs_everywhere_keeps_their_body(
    base: list[Block], theirs: list[Block], new: list[Block]
) -> None:
    found = merge_bodies(base, theirs, new)
    choices = {question.name: Choice("theirs") for question in list_questions(found)}
    assert contents(resolve(found, choices)) == contents(theirs)


@given(bodies(), bodies(), bodies())
def test_both_sides_are_whole_in_the_entries(base: list[Block], theirs: list[Block], new: list[Block]) -> None:
    found = merge_bodies(base, theirs, new)
    assert [b for n in found.order_theirs if (b := found.entries[n].theirs)] == theirs
    assert [b for n in found.order_new if (b := found.entries[n].new)] == new
    assert sorted(found.order_theirs) == sorted(found.order_new) == list(range(len(found.entries)))


@given(bodies(), bodies(), bodies())
def test_the_same_is_asked_whichever_side_is_whose(base: list[Block], theirs: list[Block], new: list[Block]) -> None:
    there, back = merge_bodies(base, theirs, new), merge_bodies(base, new, theirs)
    assert len(open_questions(there, {})) == len(open_questions(back, {}))


def there(found: BodyMerge, name: str) -> Take:
    """Return the side that has the block which the other took out."""
    number = name.split(".", maxsplit=1)[0]
    return "theirs" if number.isdigit() and found.entries[int(number)].theirs else "new"


@given(bodies(), bodies(), bodies())
def test_with_both_everywhere_no_paragraph_of_either_side_is_lost(
    base: list[Block], theirs: list[Block], new: list[Block]
) -> None:
    found = merge_bodies(base, theirs, new)
    choices = {q.name: Choice("both" if "both" in q.takes else there(found, q.name)) for q in list_questions(found)}
    assert (words(theirs) | words(new)) - words(base) <= words(resolve(found, choices))


def md(id: str, text: str) -> Block:
    return Block(id, "markdown", {"text": text})


def texts_of(blocks: list[Block]) -> list[str]:
    return [block.value["text"] for block in blocks]


BASE = [md("1", "Mở đầu\n\nThân bài\n\nKết"), md("2", "Hai")]


def test_paragraphs_changed_by_different_sides_merge() -> None:
    theirs = [md("1", "Mở đầu\n\nThân bài ở Sơn La\n\nKết"), md("2", "Hai")]
    new = [md("1", "Lời mở đầu\n\nThân bài\n\nKết"), md("2", "Hai")]
    assert texts_of(merge(BASE, theirs, new)) == ["Lời mở đầu\n\nThân bài ở Sơn La\n\nKết", "Hai"]


def conflict() -> BodyMerge:
    theirs = [md("1", "Mở đầu\n\nThân bài ở Sơn La\n\nKết"), md("2", "Hai")]
    new = [md("1", "Mở đầu\n\nThân bài mới\n\nKết"), md("2", "Hai")]
    return merge_bodies(BASE, theirs, new)


def test_a_paragraph_changed_by_both_is_a_question() -> None:
    [name] = open_questions(conflict(), {})
    taken = {
        take: texts_of(resolve(conflict(), {name: Choice(take, "Viết tay")}))[0].split("\n\n")[1:-1]
        for take in ("theirs", "new", "both", "edit")
    }
    assert taken == {
        "theirs": ["Thân bài ở Sơn La"], "new": ["Thân bài mới"], "both": ["Thân bài ở Sơn La", "Thân bài mới"],
        "edit": ["Viết tay"],
    }  # fmt: skip


def test_a_choice_decides_the_conflict() -> None:
    [name] = open_questions(conflict(), {})
    assert open_questions(conflict(), {name: Choice("theirs")}) == []


def test_blocks_put_in_by_both_stand_theirs_first() -> None:
    theirs = [BASE[0], md("t", "Của tôi"), BASE[1]]
    new = [BASE[0], md("n", "Của bản gốc"), BASE[1]]
    assert [block.id for block in merge(BASE, theirs, new)] == ["1", "t", "n", "2"]


def test_a_block_that_the_base_takes_out_goes_unless_it_was_changed() -> None:
    assert [block.id for block in merge(BASE, BASE, BASE[:1])] == ["1"]
    changed = [BASE[0], md("2", "Hai của tôi")]
    found = merge_bodies(BASE, changed, BASE[:1])
    assert len(open_questions(found, {})) == 1
    assert resolve(found, {}) == changed


def test_a_moved_block_keeps_its_changes() -> None:
    theirs = [BASE[1], BASE[0]]
    new = [BASE[0], md("2", "Hai mới")]
    assert texts_of(merge(BASE, theirs, new)) == ["Hai mới", BASE[0].value["text"]]


def test_who_moved_what_differently_is_asked_for_the_order() -> None:
    base = [md("1", "a"), md("2", "b"), md("3", "c")]
    found = merge_bodies(base, [base[1], base[0], base[2]], [base[0], base[2], base[1]])
    assert open_questions(found, {}) == ["order"]
    assert [block.id for block in resolve(found, {"order": Choice("new")})] == ["1", "3", "2"]


def test_a_base_imported_anew_is_recognised_though_its_ids_moved_on() -> None:
    new = [md("1", "Thêm vào đầu"), md("2", BASE[0].value["text"]), md("3", "Hai")]
    theirs = [BASE[0], md("2", "Hai của tôi")]
    assert texts_of(merge(BASE, theirs, new)) == ["Thêm vào đầu", BASE[0].value["text"], "Hai của tôi"]


def test_fields_of_one_block_changed_by_different_sides_merge() -> None:
    def image(**value: str) -> list[Block]:
        return [Block("1", "image", {"asset": "a", "alt": "cũ", **value})]

    [block] = merge(image(), image(alt="của tôi"), image(caption="chú thích"))
    assert block.value == {"asset": "a", "alt": "của tôi", "caption": "chú thích"}
