"""What can be reached without being somebody, and what cannot."""

import json

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.api import api
from exports.delivery.api import Scope, create_token
from tests.factories.importing import full_package, import_document

pytestmark = pytest.mark.django_db


SCOPES = {
    "get /api/v1/courses": Scope.COURSES_READ,
    "get /api/v1/courses/{code}": Scope.COURSES_READ,
    "get /api/v1/learners/{learner}/program": Scope.PROGRAMS_READ,
    "get /api/v1/learners/{learner}/program/changes": Scope.PROGRAMS_READ,
    "get /api/v1/learners/{learner}/next": Scope.PROGRAMS_READ,
    "get /api/v1/learners/{learner}/recommendations": Scope.PROGRAMS_READ,
    "get /api/v1/learners/{learner}/courses/{code}/unlocks": Scope.PROGRAMS_READ,
    "get /api/v1/learners/{learner}/time-to": Scope.PROGRAMS_READ,
    "post /api/v1/learners/{learner}/what-if": Scope.PROGRAMS_READ,
    "get /api/v1/learners/{learner}/waivers": Scope.LEARNERS_WRITE,
    "put /api/v1/learners/{learner}/waivers/{key}": Scope.LEARNERS_WRITE,
    "delete /api/v1/learners/{learner}/waivers/{key}": Scope.LEARNERS_WRITE,
    "post /api/v1/learners/{learner}/events": Scope.EVENTS_WRITE,
    "post /api/v1/learners/{learner}/link": Scope.LEARNERS_WRITE,
    "get /api/v1/learners/{learner}": Scope.LEARNERS_WRITE,
    "put /api/v1/learners/{learner}": Scope.LEARNERS_WRITE,
    "delete /api/v1/learners/{learner}": Scope.LEARNERS_WRITE,
}


def test_the_scopes_of_all_endpoints_are_known() -> None:
    paths = api.get_openapi_schema()["paths"]
    assert {f"{method} {path}" for path, methods in paths.items() for method in methods} == set(SCOPES)


@pytest.mark.parametrize(("endpoint", "scope"), SCOPES.items())
def test_an_endpoint_asks_for_a_token_and_for_its_own_scope(client: Client, endpoint: str, scope: Scope) -> None:
    method, path = endpoint.split()
    address = path.replace("{code}", "x").replace("{learner}", "x")
    assert client.generic(method.upper(), address).status_code == 401
    others = [other for other in Scope if other != scope]
    token = create_token("others", others, actor="test", at=timezone.now())
    answer = client.generic(method.upper(), address, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, json.loads(answer.content)["code"]) == (403, "missing_scope")


def test_no_page_of_the_cms_is_served_to_the_public(client: Client) -> None:
    import_document(full_package())
    for page in Page.objects.filter(depth__gt=2):
        assert client.get(f"/{page.url_path.split('/', 2)[2]}").status_code == 404
        assert page.get_url() is None


@pytest.mark.parametrize("address", ["/media/assets/", "/documents/1/x.pdf", "/django-admin/"])
def test_nothing_that_is_not_ours_is_served(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
