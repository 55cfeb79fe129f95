"""The search of the admin: the same answers on every database, always as people last saved."""

from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.catalogue.models import CoursePage, Module, Variant
from cms.searching.index import learn, remove
from cms.searching.models import SearchEntry, SearchWord
from cms.searching.sql import find
from cms.taxonomy.models import Region
from curriculum_graph.matching import make_entry
from tests.factories.importing import full_document, import_document
from tests.factories.searching import QUERIES, SHELF

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf() -> dict[int, str]:
    """Put the small shelf on a shelf of the index; return the codes by key."""
    for key, (code, titles, more) in enumerate(SHELF, 1):
        e = make_entry(code, titles, more)
        SearchEntry.objects.create(
            shelf="tests.thing", key=key, code=e.code, title=e.title, words=e.words, exact=e.exact
        )
        learn(set(e.words.split()) - {"^", "$"})
    return {key: code for key, (code, _titles, _more) in enumerate(SHELF, 1)}


@pytest.mark.parametrize(("query", "codes"), QUERIES)
def test_a_query_finds_the_expected_things_in_order(shelf: dict[int, str], query: str, codes: list[str]) -> None:
    found = [shelf[key] for key in find("tests.thing", query)[1]]
    assert found[: len(codes)] == codes
    if not codes:
        assert found == []


def codes(model: Any, query: str) -> list[str]:
    return [thing.code for thing in get_search_backend().autocomplete(query, model)]


@pytest.fixture
def catalogue(django_capture_on_commit_callbacks: Any) -> dict[str, Any]:
    document = full_document()
    with django_capture_on_commit_callbacks(execute=True):
        import_document(document)
    return document


@pytest.mark.usefixtures("catalogue")
def test_an_import_is_found_at_once() -> None:
    assert codes(CoursePage, "mat khau")[0] == "an-toan/mat-khau"
    assert codes(CoursePage, "an-toan/mat-khau")[0] == "an-toan/mat-khau"
    assert codes(CoursePage, "mta khau")[0] == "an-toan/mat-khau"


@pytest.mark.usefixtures("catalogue")
def test_an_index_that_imports_wrote_is_the_one_that_is_built_anew() -> None:
    def rows() -> set[Any]:
        return set(SearchEntry.objects.values_list("shelf", "key", "code", "title", "words", "exact"))

    before = rows()
    SearchEntry.objects.filter(shelf="catalogue.module").update(title="stale")
    SearchEntry.objects.create(shelf="catalogue.module", key=10**6, code="gone", title="", words="", exact="")
    call_command("update_index", verbosity=0)
    assert rows() >= before  # what migrations made, the root page among it, may come in addition
    assert not SearchEntry.objects.filter(key=10**6).exists()


@pytest.mark.usefixtures("catalogue")
def test_a_draft_is_found_by_its_new_title_and_not_by_the_published_one() -> None:
    course = CoursePage.objects.get(code="an-toan/mat-khau")
    course.title_text = "Khóa cửa số"
    course.save_revision()
    assert codes(CoursePage, "khoa cua") == ["an-toan/mat-khau"]
    assert "title" in {
        field
        for field in ("title",)
        if "khoa cua so" in SearchEntry.objects.get(key=course.pk, shelf="wagtailcore.page").title
    }
    course.get_latest_revision().publish()
    assert codes(CoursePage, "khoa cua") == ["an-toan/mat-khau"]


@pytest.mark.usefixtures("catalogue")
def test_an_import_below_a_draft_leaves_the_draft_findable(catalogue: dict[str, Any]) -> None:
    course = CoursePage.objects.get(code="an-toan/mat-khau")
    course.title_text = "Khóa cửa số"
    course.save_revision()
    changed = next(c for c in catalogue["courses"] if c["code"] == "an-toan/mat-khau")
    changed["minutes"] += 5
    import_document(catalogue)
    assert codes(CoursePage, "khoa cua") == ["an-toan/mat-khau"]


@pytest.mark.usefixtures("catalogue")
def test_a_variant_is_found_by_the_title_of_its_module() -> None:
    variant = Variant.objects.select_related("module").first()
    assert variant is not None
    module = variant.module
    module.title = "Zebra vằn"
    module.save()
    assert variant.pk in [found.pk for found in get_search_backend().autocomplete("zebra", Variant)]


@pytest.mark.usefixtures("catalogue")
def test_what_is_deleted_is_not_found() -> None:
    course = CoursePage.objects.get(code="an-toan/mat-khau")
    key = course.pk
    course.delete()
    assert "an-toan/mat-khau" not in codes(CoursePage, "mat khau")
    assert not SearchEntry.objects.filter(shelf="wagtailcore.page", key=key).exists()


@pytest.mark.usefixtures("catalogue")
def test_results_are_filtered_sliced_counted_and_ordered_like_rows() -> None:
    backend = get_search_backend()
    everything = backend.autocomplete("a", CoursePage.objects.order_by("-code"), order_by_relevance=False)
    listed = [course.code for course in everything]
    assert listed == sorted(listed, reverse=True)
    assert everything.count() == len(listed)
    assert [course.code for course in everything[1:2]] == listed[1:2]
    some = backend.search("a", CoursePage.objects.filter(code=listed[0]))
    assert [course.code for course in some] == listed[:1]


@pytest.mark.usefixtures("catalogue")
def test_pages_are_found_whatever_their_type() -> None:
    found = Page.objects.all().search("mat khau")
    assert found[0].specific.code == "an-toan/mat-khau"
    assert sum(found.facet("content_type_id").values()) == found.count()


def test_queries_do_not_grow_with_what_is_found(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        Region.objects.create(code=f"r-{number}", title=f"Vùng {number}")
    with django_assert_max_num_queries(3):
        assert len(get_search_backend().autocomplete("vung", Region)[:20]) == 20


def test_a_text_longer_than_any_screen_is_indexed() -> None:
    module = Module.objects.create(code="long", title="từ " * 100_000 + "z" * 1000)
    assert codes(Module, "tu") == ["long"]
    remove(Module, [module.pk])
    assert codes(Module, "tu") == []


def test_words_are_learnt_once() -> None:
    learn({"mot", "hai"})
    learn({"hai", "ba"})
    assert set(SearchWord.objects.values_list("word", flat=True)) >= {"mot", "hai", "ba"}
