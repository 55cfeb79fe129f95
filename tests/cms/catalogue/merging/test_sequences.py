"""Three versions of a sequence: laws of the merge, and cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.catalogue.merging.sequences import Piece, merge_sequences

units = st.lists(st.sampled_from("abcdefg"), max_size=8)


def joined(pieces: list[Piece[str]], side: str) -> list[str]:
    return [unit for piece in pieces for unit in getattr(piece, side)]


def merged(pieces: list[Piece[str]]) -> list[str] | None:
    if any(piece.state == "conflict" for piece in pieces):
        return None
    return [unit for piece in pieces for unit in (piece.new if piece.state == "new" else piece.theirs)]


@given(units, units, units)
def test_pieces_joined_are_each_version_whole(base: list[str], theirs: list[str], new: list[str]) -> None:
    pieces = merge_sequences(base, theirs, new)
    assert [joined(pieces, side) for side in ("base", "theirs", "new")] == [base, theirs, new]


@given(units, units)
def test_where_one_side_changed_nothing_the_other_is_taken(base: list[str], side: list[str]) -> None:
    assert merged(merge_sequences(base, base, side)) == side
    assert merged(merge_sequences(base, side, base)) == side


@given(units, units)
def test_identical_edits_are_no_conflict(base: list[str], side: list[str]) -> None:
    assert merged(merge_sequences(base, side, side)) == side


@given(units, units, units)
def test_neither_side_is_preferred(base: list[str], theirs: list[str], new: list[str]) -> None:
    there = merge_sequences(base, theirs, new)
    back = merge_sequences(base, new, theirs)
    assert [Piece(piece.base, piece.new, piece.theirs) for piece in there] == back
    assert merged(there) == merged(back)


@given(units, units, units)
def test_a_clean_merge_loses_nothing_that_a_side_put_in(base: list[str], theirs: list[str], new: list[str]) -> None:
    result = merged(merge_sequences(base, theirs, new))
    if result is not None:
        for unit in (set(theirs) | set(new)) - set(base):
            assert unit in result


@given(st.data(), st.lists(st.integers(), min_size=2, max_size=8, unique=True))
def test_edits_of_different_units_merge_whoever_comes_first(data: st.DataObject, base: list[int]) -> None:
    one, two = data.draw(st.lists(st.sampled_from(range(len(base))), min_size=2, max_size=2, unique=True))
    theirs, new, both = list(base), list(base), list(base)
    theirs[one] = both[one] = max(base) + 1
    new[two] = both[two] = max(base) + 2
    assert merged(merge_sequences(base, theirs, new)) == both  # type: ignore[arg-type, comparison-overlap]  # any units


@pytest.mark.parametrize(
    ("base", "theirs", "new", "result"),
    [
        ("abc", "aXc", "abY", "aXY"),  # neighbours
        ("abcd", "aXcd", "abYZ", "aXYZ"),  # as many as there were
        ("abc", "ac", "abcd", "acd"),  # one takes out, one puts in
        ("abc", "aXbc", "abYc", "aXbYc"),  # both put in, in different places
        ("ab", "aXb", "aYb", None),  # both put in, in one place
        ("abc", "aXc", "aYc", None),  # both change one
        ("abc", "ac", "aYc", None),  # one takes out what the other changes
        ("", "x", "y", None),
    ],
)
def test_cases(base: str, theirs: str, new: str, result: str | None) -> None:
    found = merged(merge_sequences(base, theirs, new))
    assert found == (None if result is None else list(result))
