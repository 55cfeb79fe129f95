"""The report on what checks found in everything."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.catalogue.advice.noting import note_all
from cms.catalogue.models import AuthorScope, Module, Variant
from cms.catalogue.roles import AUTHOR, DESIGNER, PUBLISHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
VIDEO = [{"type": "video", "value": {"url": "https://a.vn/v"}, "id": "x"}]
DEEP = [{"type": "markdown", "value": {"text": "#### Sâu"}, "id": "y"}]


def address(query: str = "") -> str:
    return reverse("editorial_findings") + query


@pytest.fixture
def found(db: None) -> list[Any]:
    module = Module.objects.create(code="m1", title="Một", owner="moet", body=DEEP)
    own = Variant.objects.create(module=module, code="own", regions=["vn-14"], body=VIDEO)
    other = Variant.objects.create(module=module, code="other", regions=["vn-15"], body=VIDEO)
    note_all(at=NOW)
    return [module, own, other]


def rows(client: Client, query: str = "") -> list[str]:
    return [row.code for row in client.get(address(query)).context["rows"]]


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["m1 other", "m1 own", "m1"]),
        ("?severity=1", ["m1 other", "m1 own"]),
        ("?severity=0", ["m1"]),
        ("?code=heading_skips_a_level", ["m1"]),
        ("?kind=variant", ["m1 other", "m1 own"]),
        ("?owner=moet", ["m1"]),
        ("?q=own", ["m1 own"]),
    ],
)
def test_filters_are_in_the_address(admin_client: Client, query: str, codes: list[str]) -> None:
    assert rows(admin_client, query) == codes


def test_each_finding_leads_to_its_place(admin_client: Client, found: list[Any]) -> None:
    editor = reverse("wagtailsnippets_catalogue_module:edit", args=[found[0].pk])
    assert f'href="{editor}#:w:contentpath=body.y.text"' in admin_client.get(address()).content.decode()


@pytest.mark.usefixtures("found")
def test_a_provincial_author_reads_of_no_variant_of_others(client_of: Callable[..., Client]) -> None:
    client = client_of(AUTHOR)
    AuthorScope.objects.create(user=client.user, regions=["vn-14"])  # type: ignore[attr-defined]  # of the fixture
    assert rows(client) == ["m1 own", "m1"]


def test_queries_do_not_grow_with_findings(admin_client: Client, found: list[Any]) -> None:
    admin_client.get(address())
    with CaptureQueriesContext(connection) as few:
        admin_client.get(address())
    for number in range(20):
        Variant.objects.create(module=found[0], code=f"v{number}", body=VIDEO)
    note_all(at=NOW)
    with CaptureQueriesContext(connection) as many:
        admin_client.get(address())
    assert len(many) == len(few)


def test_nothing_checked_yet_is_said(admin_client: Client) -> None:
    assert "Nothing has been checked yet." in admin_client.get(address()).content.decode()


def test_publishers_may_start_the_check_and_designers_may_not(client_of: Callable[..., Client]) -> None:
    Module.objects.create(code="m1", title="Một", body=DEEP)
    assert client_of(DESIGNER).post(address()).status_code in (302, 403)
    publisher = client_of(PUBLISHER)
    assert rows(publisher) == []
    publisher.post(address())
    assert rows(publisher) == ["m1"]
