"""What checks found is kept for the report: when a draft is saved, and by the job; addresses outside are asked."""

import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.catalogue.advice.asking import NOT_PUBLIC, UNREACHABLE, ask
from cms.catalogue.advice.noting import ask_addresses, note, note_all
from cms.catalogue.models import CoursePage, Module, Variant
from cms.catalogue.noted import CheckedAddress, CheckedThing, NotedFinding
from tests.cms.catalogue.conftest import course_fields, markdown

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def noted() -> list[tuple[str, str]]:
    return list(NotedFinding.objects.order_by("checked__code", "code").values_list("checked__code", "code"))


@pytest.mark.django_db
def test_the_newest_draft_is_checked(module: Module) -> None:
    module.body = markdown("#### Sâu")
    module.save_revision()
    assert note_all(at=NOW) == 1
    assert noted() == [("m1", "heading_skips_a_level")]


@pytest.mark.django_db
def test_only_what_changed_is_checked_again(module: Module, make_variant: Callable[..., Variant]) -> None:
    make_variant("v1")
    assert note_all(at=NOW) == 2
    assert note_all(at=NOW, changed=True) == 0
    module.save_revision()
    assert note_all(at=NOW, changed=True) == 1


@pytest.mark.django_db
def test_what_was_corrected_is_found_no_more(module: Module) -> None:
    module.body = markdown("#### Sâu")
    note(module, at=NOW)
    module.body = markdown("## Nông")
    note(module, at=NOW)
    assert noted() == []


@pytest.mark.django_db
def test_what_was_deleted_is_forgotten(module: Module) -> None:
    note_all(at=NOW)
    module.delete()
    note_all(at=NOW, changed=True)
    assert not CheckedThing.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
def test_saving_in_the_admin_is_checked_at_once(admin_client: Client, make_course: Callable[..., CoursePage]) -> None:
    course = make_course("c1", summary="Tóm tắt")
    admin_client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), course_fields("c1"))
    assert noted() == [("c1", "without_modules"), ("c1", "without_summary"), ("c1", "without_teaches")]


@pytest.mark.django_db
def test_the_job_asks_no_more_for_many_bodies(module: Module, make_variant: Callable[..., Variant]) -> None:
    make_variant("v0")
    note_all(at=NOW)  # what it takes to replace what was found before is the same then
    with CaptureQueriesContext(
        connection,
    ) as few:
        note_all(at=NOW)
    for number in range(1, 9):
        make_variant(f"v{number}")
    with CaptureQueriesContext(connection) as many:
        note_all(at=NOW)
    assert len(many) == len(few)


@pytest.mark.django_db
def test_addresses_are_asked_once_a_week(module: Module) -> None:
    module.body = markdown("[Cổng](https://a.vn/)")
    note(module, at=NOW)
    assert ask_addresses(at=NOW, asked=lambda _address: "404") == 1
    assert ask_addresses(at=NOW + timedelta(days=1), asked=lambda _address: "404") == 0
    note(module, at=NOW)
    assert noted() == [("m1", "link_is_dead")]
    assert ask_addresses(at=NOW + timedelta(days=8), asked=lambda _address: "") == 1
    assert CheckedAddress.objects.get().answer == ""


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("status", "answer"), [(200, ""), (301, ""), (403, ""), (404, "404"), (410, "410"), (503, "503")]
)
def test_an_address_answers_or_is_gone(site: str, status: int, answer: str) -> None:
    assert ask(f"{site}/{status}", may_ask=lambda _machine: True) == answer


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"]
)
def test_our_own_network_is_never_asked(address: str) -> None:
    assert ask(address) == NOT_PUBLIC


@pytest.mark.parametrize("address", ["http://", "http://127.0.0.1:1/", "http://a:b/", "http://[x/"])
def test_what_nobody_answers_is_unreachable(address: str) -> None:
    assert ask(address, may_ask=lambda _machine: True) == UNREACHABLE
