"""Questions to columns of codes."""

import pytest

from cms.taxonomy.models import Programme
from cms.taxonomy.selectors import list_descendant_codes, list_missing_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programmes() -> None:
    for code, regions in (("none", []), ("a", ["vn-14"]), ("ab", ["vn-14", "vn-15"]), ("c", ['odd"code'])):
        Programme.objects.create(code=code, title=code, regions=regions)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("vn-14", {"a", "ab"}), (["vn-15", "x"], {"ab"}), (['odd"code'], {"c"}), ([], set()), ("vn", set())],
)
def test_names_any_finds_lists_that_hold_one_of_the_codes(asked: str | list[str], found: set[str]) -> None:
    rows = Programme.objects.filter(regions__names_any=asked)
    assert set(rows.values_list("code", flat=True)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [(["vn-14"], {"none", "a"}), (["vn-14", "vn-15", "x"], {"none", "a", "ab"}), ([], {"none"})],
)
def test_names_only_finds_lists_that_hold_nothing_else(asked: list[str], found: set[str]) -> None:
    rows = Programme.objects.filter(regions__names_only=asked)
    assert set(rows.values_list("code", flat=True)) == found


@pytest.mark.usefixtures("world")
def test_descendants_are_the_terms_at_or_below() -> None:
    assert list_descendant_codes("region", ["vn-14", "nowhere"]) == {"vn-14", "vn-14-001"}
    assert list_descendant_codes("region", ["vn-n"]) == {"vn-n", "vn-14", "vn-14-001", "vn-15"}


@pytest.mark.usefixtures("world")
def test_missing_codes_are_those_that_nothing_has() -> None:
    assert list_missing_codes("region", ["vn-14", "x", "x", "vn-15", "y"]) == ["x", "y"]
