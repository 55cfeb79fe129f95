"""The report on gaps over all modules."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.catalogue.models import Module, Variant
from cms.catalogue.roles import AUDITOR
from cms.taxonomy.models import Language
from tests.factories.importing import full_document, import_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.fixture
def content() -> None:
    cache.clear()
    import_document(full_document())


def report(client: Client, query: str = "") -> Any:
    return client.get(reverse("editorial_gaps") + query).context


def test_filters_are_in_the_address(admin_client: Client) -> None:
    Language.objects.create(code="xx", title="Xx")
    everything = report(admin_client)["total"]
    assert report(admin_client, "?language=vi")["total"] < report(admin_client, "?language=xx")["total"] <= everything


def test_counts_are_by_region_audience_or_language(admin_client: Client) -> None:
    Language.objects.create(code="xx", title="Xx")
    counts = {count.term.code: count for count in report(admin_client, "?by=language")["counts"]}
    assert counts["xx"].lacking == counts["xx"].wanted > 0
    assert counts["vi"].lacking < counts["vi"].wanted


def test_a_new_variant_closes_a_gap_at_once(admin_client: Client) -> None:
    Language.objects.create(code="xx", title="Xx")
    before = report(admin_client, "?language=xx")["total"]
    module = Module.objects.get(code=report(admin_client)["rows"][0][0].code)
    Variant.objects.create(module=module, code="xx", languages=["xx"]).save_revision(log_action=True).publish()
    assert report(admin_client, "?language=xx")["total"] == before - 1


def test_queries_do_not_grow_with_modules(admin_client: Client) -> None:
    report(admin_client)

    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            report(admin_client)
        return len(queries)

    few = count()
    document: dict[str, Any] = full_document()
    course = document["courses"][0]
    course["modules"] += [{"code": f"x{n}", "title": f"X {n}", "markdown": "…"} for n in range(9)]
    import_document(document)
    assert count() == few


def test_auditors_read_it_and_others_do_not(client_of: Callable[..., Client], client: Client) -> None:
    assert client_of(AUDITOR).get(reverse("editorial_gaps")).status_code == 200
    assert client.get(reverse("editorial_gaps")).status_code == 302
