"""The audit log answers who changed what, when and why."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.catalogue.models import AuthorScope, CoursePage, Module
from cms.catalogue.roles import AUDITOR, DESIGNER, PUBLISHER, ROLES, SUBJECT_REVIEWER
from tests.cms.catalogue.conftest import course_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
URL = reverse("editorial_audit")


def change(client: Client, course: CoursePage, reason: str) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    client.post(address, course_fields(course.code, minutes="7", reason=reason))


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{URL}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_auditors_alone_read_the_log(client_of: Callable[..., Client], role: str) -> None:
    assert (client_of(role).get(URL).status_code == 200) == (role == AUDITOR)


def test_it_says_who_changed_which_course_and_why(
    client_of: Callable[..., Client], make_course: Callable[..., CoursePage]
) -> None:
    change(client_of(DESIGNER, "lan"), make_course("c1"), "Theo góp ý của Sơn La")
    page = shown(client_of(AUDITOR))
    assert "lan" in page
    assert "Khoá c1" in page
    assert "Theo góp ý của Sơn La" in page


def test_an_entry_shows_what_changed(client_of: Callable[..., Client], make_course: Callable[..., CoursePage]) -> None:
    course = make_course("c1")
    course.save_revision(log_action=True)
    change(client_of(DESIGNER), course, "")
    entry = PageLogEntry.objects.filter(action="wagtail.edit").latest("pk")
    page = client_of(AUDITOR).get(reverse("editorial_audit_entry", args=["page", entry.pk])).content.decode()
    assert "<td>30</td>" in page
    assert "<td>7</td>" in page


def test_a_reason_is_of_its_own_request_alone(
    client_of: Callable[..., Client], make_course: Callable[..., CoursePage]
) -> None:
    client = client_of(DESIGNER)
    change(client, make_course("c1"), "Vì thế")
    change(client, make_course("c2"), "")
    entries = PageLogEntry.objects.filter(action="wagtail.edit").order_by("pk")
    assert [entry.data.get("reason") for entry in entries] == ["Vì thế", None]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?code=c1", {"c1"}), ("?kind=catalogue.module", {"m1"}), ("?reason=góp", {"c2"}),
        ("?action=wagtail.lock", set()),
        ("?timestamp_from=2000-01-01&timestamp_to=2000-01-02", set()),
    ],
)  # fmt: skip
def test_the_log_is_narrowed(
    client_of: Callable[..., Client],
    make_course: Callable[..., CoursePage],
    module: Module,
    query: str,
    found: set[str],
) -> None:
    client = client_of(DESIGNER)
    for code, reason in (("c1", ""), ("c2", "Theo góp ý")):
        course = make_course(code)
        fields = course_fields(code, title_text=f'"Khoá {code}"', reason=reason)
        client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), fields)
    module.save_revision(log_action=True)
    page = shown(client_of(AUDITOR), query)
    names = {"c1": "Khoá c1", "c2": "Khoá c2", "m1": "Passwords"}
    assert {code for code, name in names.items() if name in page} == found


def test_a_decision_is_in_the_log_with_its_reason(client_of: Callable[..., Client], module: Module) -> None:
    designer = client_of(DESIGNER).user  # type: ignore[attr-defined]
    workflow = module.get_workflow()
    assert workflow is not None
    state = workflow.start(module, designer)
    reviewer = client_of(SUBJECT_REVIEWER, "hoa").user  # type: ignore[attr-defined]
    state.current_task_state.task.specific.on_action(
        state.current_task_state, reviewer, "reject", comment="Thiếu ví dụ"
    )
    page = shown(client_of(AUDITOR), "?reason=ví dụ")
    assert "hoa" in page
    assert "Thiếu ví dụ" in page


def test_roles_given_and_taken_are_in_the_log() -> None:
    person = get_user_model().objects.create_user("mai")
    group = Group.objects.get(name=PUBLISHER)
    person.groups.add(group)
    group.user_set.remove(person)
    entries = ModelLogEntry.objects.filter(action="people.roles").order_by("pk")
    assert [entry.data for entry in entries] == [{"added": [PUBLISHER]}, {"removed": [PUBLISHER]}]
    assert {entry.label for entry in entries} == {"mai"}


def test_a_changed_scope_is_in_the_log() -> None:
    person = get_user_model().objects.create_user("mai")
    scope = AuthorScope.objects.create(user=person, regions=["vn-14"])
    scope.regions = ["vn-15"]
    scope.save()
    last = ModelLogEntry.objects.filter(action="people.scope").latest("pk")
    assert last.data["changed"]["regions"] == {"from": ["vn-14"], "to": ["vn-15"]}


def test_a_published_release_is_in_the_log(
    make_course: Callable[..., CoursePage], client_of: Any, module: Module
) -> None:
    from cms.catalogue.api import build_snapshot
    from curriculum_graph.releases.api import publish_release

    make_course("c1", modules=["m1"])
    publisher = client_of(PUBLISHER, "mai").user
    with CaptureQueriesContext(connection), _committed():
        publish_release(build_snapshot(), parent=None, actor="mai", note="Bản đầu", at=timezone.now())
    entry = ModelLogEntry.objects.get(action="releases.publish")
    assert (entry.user, entry.data["reason"]) == (publisher, "Bản đầu")


def test_the_log_is_exported_as_csv_and_xlsx(
    client_of: Callable[..., Client], make_course: Callable[..., CoursePage]
) -> None:
    change(client_of(DESIGNER, "lan"), make_course("c1"), "Theo góp ý")
    auditor = client_of(AUDITOR)
    table = b"".join(auditor.get(f"{URL}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Theo góp ý" in table
    assert "lan" in table
    book = b"".join(auditor.get(f"{URL}?export=xlsx").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert any("Theo góp ý" in parts.read(name).decode() for name in parts.namelist())


def test_more_entries_ask_no_more(client_of: Callable[..., Client], make_course: Callable[..., CoursePage]) -> None:
    auditor = client_of(AUDITOR)

    def asked() -> int:
        shown(auditor)
        with CaptureQueriesContext(connection) as queries:
            shown(auditor)
        return len(queries)

    for number in range(3):
        make_course(f"c{number}").save_revision(log_action=True)
    few = asked()
    for number in range(3, 12):
        make_course(f"c{number}").save_revision(log_action=True)
    assert asked() == few < 40


def _committed() -> Any:
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)
