"""The screen of a module's variants: matrix, who gets what and why, gaps."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.catalogue.models import CoursePage, Module, Variant
from cms.catalogue.variants.coverage import read_coverage
from cms.taxonomy.models import Language, Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = dt.date(2026, 1, 1)


def address(module: Module, query: str = "") -> str:
    return reverse("wagtailsnippets_catalogue_module:variants", args=[module.pk]) + query


@pytest.fixture
def variants(make_variant: Callable[..., Variant]) -> list[Variant]:
    return [
        make_variant("region", regions=["vn-n"]),
        make_variant("province", regions=["vn-14"]),
        make_variant("province-en", regions=["vn-14"], languages=["en"]),
        make_variant("farmers", audiences=["farmers"], accessibility=["audio"]),
    ]


def verdicts(client: Client, module: Module, query: str) -> list[tuple[str, bool, str]]:
    found = client.get(address(module, query)).context["verdicts"]
    return [(one.variant.code, one.is_met, one.reason) for one in found]


@pytest.mark.usefixtures("variants")
def test_a_learner_gets_the_nearest_variant_and_every_other_has_its_reason(
    admin_client: Client, module: Module
) -> None:
    assert verdicts(admin_client, module, "?region=vn-14-001&languages=vi") == [
        ("province", True, "nearest to the learner of all that are open"),
        ("region", False, "another names a region nearer to the learner"),
        ("farmers", False, "for another audience: Farmers"),
        ("province-en", False, "in another language: Tiếng Anh"),
    ]


@pytest.mark.usefixtures("variants")
def test_languages_in_their_order_decide_between_variants_for_one_place(admin_client: Client, module: Module) -> None:
    met = verdicts(admin_client, module, '?region=vn-14&languages=["en","vi"]')
    assert met[0][:2] == ("province-en", True)
    assert met[1] == ("province", False, "another is in a language that the learner reads better")


@pytest.mark.usefixtures("variants")
def test_who_is_met_by_none_gets_the_base(admin_client: Client, module: Module) -> None:
    page = admin_client.get(address(module, "?region=vn-15&needs=captions"))
    assert not any(one.is_met for one in page.context["verdicts"])
    assert "gets the base" in page.content.decode()


@pytest.mark.usefixtures("variants")
def test_a_region_that_nobody_knows_is_no_error(admin_client: Client, module: Module) -> None:
    assert not any(met for _code, met, _reason in verdicts(admin_client, module, "?region=nowhere"))


@pytest.mark.usefixtures("variants")
def test_the_matrix_has_the_rows_and_columns_that_variants_name(admin_client: Client, module: Module) -> None:
    matrix = admin_client.get(address(module)).context["matrix"]
    rows = {row.heading.code: row for group in matrix.groups for row in group.rows}
    assert set(rows) == {"", "vn-n", "vn-14"}
    assert (matrix.down, [column.code for column in matrix.columns]) == ("region", ["", "farmers"])
    assert [[v.code for v in cell.variants] for cell in rows["vn-14"].cells] == [["province", "province-en"], []]
    assert rows["vn-14"].cells[1].fallback == "province"


@pytest.mark.usefixtures("variants")
def test_what_goes_down_and_across_is_in_the_address(admin_client: Client, module: Module) -> None:
    matrix = admin_client.get(address(module, "?down=language&across=region")).context["matrix"]
    assert [row.heading.code for group in matrix.groups for row in group.rows] == ["", "en"]
    assert [column.code for column in matrix.columns] == ["", "vn-n", "vn-14"]


def test_drafts_are_shown_where_asked_for(admin_client: Client, module: Module) -> None:
    Variant.objects.create(module=module, code="draft", regions=["vn-14"], live=False)
    assert admin_client.get(address(module)).context["count"] == 0
    page = admin_client.get(address(module, "?drafts=1"))
    assert page.context["count"] == 1
    assert ">draft<" in page.content.decode()


def test_gaps_are_those_whom_the_courses_are_for(
    module: Module, variants: list[Variant], make_course: Callable[..., CoursePage]
) -> None:
    assert variants
    Language.objects.create(code="km", title="Khmer")
    make_course("c1", modules=["m1"], regions=["vn-14", "vn-15"], live=True)
    coverage = read_coverage(TODAY, module)
    [gaps] = coverage.modules
    lacking = [
        [term.code for term in coverage.terms_in(gaps.gaps, name)] for name in ("region", "audience", "language")
    ]
    assert lacking == [[], [], ["km"]]
    Variant.objects.filter(code="region").delete()
    [gaps] = read_coverage(TODAY, module).modules
    assert [term.code for term in coverage.terms_in(gaps.gaps, "region")] == ["vn-15"]


def test_queries_do_not_grow_with_variants(
    admin_client: Client, module: Module, make_variant: Callable[..., Variant], world: dict[str, Any]
) -> None:
    make_variant("v0", regions=["vn-14"])
    admin_client.get(address(module, "?drafts=1"))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(address(module, "?drafts=1&region=vn-14"))
        return len(queries)

    few = count()
    for number in range(1, 8):
        Region.objects.create(code=f"vn-{20 + number}", title=f"T {number}", parent=world["north"])
        variant = make_variant(f"v{number}", regions=[f"vn-{20 + number}"], languages=["en"])
        variant.title = "Nháp"
        variant.save_revision()
    assert count() == few


def test_the_ways_there(admin_client: Client, module: Module) -> None:
    for view, args in (("list", []), ("edit", [module.pk])):
        page = admin_client.get(reverse(f"wagtailsnippets_catalogue_module:{view}", args=args))
        assert address(module) in page.content.decode()


def test_publishing_says_how_many_courses_it_changes(
    admin_client: Client, module: Module, make_course: Callable[..., CoursePage]
) -> None:
    make_course("c1", modules=["m1"])
    make_course("c2", modules=["m1"])
    page = admin_client.get(reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk])).content.decode()
    assert "Publish to 2 courses" in page
    assert "2 courses share this module" in page


def test_the_listing_finds_what_has_to_be_merged(
    admin_client: Client, module: Module, make_variant: Callable[..., Variant]
) -> None:
    old, merged = make_variant("old"), make_variant("merged")
    module.title = "Khác"
    module.save_revision().publish()
    module.refresh_from_db()
    make_variant("new")
    merged.refresh_from_db()
    merged.base_version = module.version
    merged.save_revision()
    page = admin_client.get(reverse("wagtailsnippets_catalogue_variant:list") + "?to_merge=true")
    assert [row.code for row in page.context["object_list"]] == [old.code]
