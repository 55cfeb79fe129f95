"""``/api/v1/courses`` as an integrator meets it."""

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from curriculum_graph.releases.api import ReleaseInfo
from curriculum_graph.snapshot import thing_uuid
from exports.delivery.api import create_token

pytestmark = pytest.mark.django_db


def test_courses_come_in_pages_that_lead_on(client: Client, release: ReleaseInfo, authorization: Any) -> None:
    address, seen = "/api/v1/courses?limit=2", []
    while address:
        page = client.get(address, **authorization).json()
        assert page["count"] == 5
        seen += [course["code"] for course in page["courses"]]
        address = page["next"]
    assert seen == ["ban-hang", "ha-noi-so", "kiem-tin", "so-sach", "tra-cuu"]


def test_a_course_is_the_documents_course(client: Client, release: ReleaseInfo, authorization: Any) -> None:
    course = client.get("/api/v1/courses/ban-hang", **authorization).json()
    ways = [[entry.get("course") or entry["competence"] for entry in group["any_of"]] for group in course["requires"]]
    assert sorted(map(sorted, ways)) == [["kt:1.2"], ["so-sach", "tra-cuu"]]
    assert course["uuid"] == str(thing_uuid("course", "ban-hang"))


@pytest.mark.parametrize("address", ["/api/v1/courses", "/api/v1/courses/ban-hang"])
def test_what_has_not_changed_is_not_sent_again(
    client: Client, release: ReleaseInfo, authorization: Any, address: str
) -> None:
    tag = client.get(address, **authorization)["ETag"]
    again = client.get(address, HTTP_IF_NONE_MATCH=tag, **authorization)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_the_queries_do_not_grow_with_the_page(
    client: Client, release: ReleaseInfo, authorization: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/api/v1/courses", **authorization)
    for limit in (1, 5):
        with django_assert_max_num_queries(4):
            client.get(f"/api/v1/courses?limit={limit}", **authorization)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/courses/nowhere", 404, "not_found"),
        ("/api/v1/courses?limit=0", 422, "not_valid"),
        ("/api/v1/courses?limit=many", 422, "not_valid"),
    ],
)
def test_errors_are_problem_details(
    client: Client, release: ReleaseInfo, authorization: Any, address: str, status: int, code: str
) -> None:
    response = client.get(address, **authorization)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"]


def test_without_a_token_one_learns_how_to_send_it(client: Client, release: ReleaseInfo) -> None:
    response = client.get("/api/v1/courses")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response["Content-Type"] == "application/problem+json"


def test_a_token_without_the_scope_is_refused(client: Client, release: ReleaseInfo) -> None:
    secret = create_token("other", ["events:write"], actor="test", at=now())
    response = client.get("/api/v1/courses", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert (response.status_code, response.json()["fields"]) == (403, {"scope": "courses:read"})


def test_before_the_first_release_there_is_a_clear_answer(client: Client, authorization: Any) -> None:
    response = client.get("/api/v1/courses", **authorization)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_the_reference_is_served_without_other_hosts(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "cdn" not in page
    assert client.get("/api/v1/openapi.json").json()["info"]["version"] == "1"


def ask(client: Client, authorization: Any, query: str) -> Any:
    return client.get(f"/api/v1/courses?{query}", **authorization).json()


def test_courses_are_found_without_accents_and_despite_a_slip(
    client: Client, release: ReleaseInfo, authorization: Any
) -> None:
    as_written = ask(client, authorization, "q=ban hang")
    assert (as_written["reading"], as_written["courses"][0]["code"]) == ("exact", "ban-hang")
    slipped = ask(client, authorization, "q=ban hnag")
    assert (slipped["reading"], slipped["courses"][0]["code"]) == ("corrected", "ban-hang")
    assert slipped["did_you_mean"]


def test_facets_are_counted_and_narrow_what_is_found(client: Client, release: ReleaseInfo, authorization: Any) -> None:
    everything = ask(client, authorization, "facets=true")
    for name, values in everything["facets"].items():
        for value in values:
            narrowed = client.get("/api/v1/courses", {name: value["code"]}, **authorization).json()
            assert narrowed["count"] == value["count"], (name, value)
            assert next(v for v in narrowed["facets"][name] if v["code"] == value["code"])["chosen"]


def test_pages_of_a_search_lead_on_in_the_order_of_the_search(
    client: Client, release: ReleaseInfo, authorization: Any
) -> None:
    everything = [course["code"] for course in ask(client, authorization, "q=s")["courses"]]
    address, seen = "/api/v1/courses?q=s&limit=1", []
    while address:
        page = client.get(address, **authorization).json()
        seen += [course["code"] for course in page["courses"]]
        address = page["next"]
    assert seen == everything != []


def test_a_search_that_finds_nothing_says_so(client: Client, release: ReleaseInfo, authorization: Any) -> None:
    page = ask(client, authorization, "q=xyzzyx")
    assert (page["count"], page["courses"], page["next"], page["did_you_mean"]) == (0, [], None, None)


def test_queries_of_a_search_do_not_grow_with_what_is_found(
    client: Client, release: ReleaseInfo, authorization: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ask(client, authorization, "q=s")
    for query in ("q=ban hang", "q=s&facets=true", "q=ban hnag&level=1"):
        with django_assert_max_num_queries(4):
            ask(client, authorization, query)
