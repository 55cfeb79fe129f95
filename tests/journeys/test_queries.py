"""No page and no endpoint asks the database more often because there are more rows."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from cms.catalogue.models import CoursePage, Module, TestItem, Variant
from cms.taxonomy.models import Competence, Framework, Programme, Region
from curriculum_graph.releases.api import list_releases
from exports.delivery.api import Scope, create_token
from recommender.learners.api import get_learner
from recommender.programs.links import issue_token
from tests.factories.rows import fill

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("queries")]
FEW, MANY = 3, 30
Address = Callable[[int], str]
Asked = dict[str, list[tuple[int, int]]]
SNIPPETS = (
    *(("catalogue", name) for name in ("module", "variant", "testitem", "asset", "authorscope")),
    *(("taxonomy", name) for name in ("region", "audience", "industry", "language", "framework", "domain",
                                      "competence", "crosswalk", "programme")),
)  # fmt: skip


def fixed(name: str, *arguments: Any, query: str = "") -> Address:
    return lambda rows: reverse(name, args=arguments) + query


def of(name: str, model: Any, **which: Any) -> Address:
    return lambda rows: reverse(name, args=[model.objects.get(**which).pk])


def of_learner(name: str, learner: str, *more: str) -> Address:
    return lambda rows: reverse(f"programs:{name}", args=[issue_token(get_learner(f"{learner}{rows}").id), *more])


def release(name: str) -> Address:
    return lambda rows: reverse(name, args=[list_releases()[0].id])


def compared(rows: int) -> str:
    newest, *_between, oldest = list_releases()[:3]
    return f"{reverse('editorial_compare')}?a={oldest.id}&b={newest.id}"


ADMIN: dict[str, Address] = {
    "home": fixed("wagtailadmin_home"),
    "courses": fixed("courses:index"),
    "courses found": fixed("courses:index", query="?q=khoa"),
    "pages below a subject": lambda rows: reverse(
        "wagtailadmin_explore", args=[CoursePage.objects.get(code="c00").get_parent().pk]
    ),
    "pages found": fixed("wagtailadmin_pages:search", query="?q=khoa"),
    "a course's editor": of("wagtailadmin_pages:edit", CoursePage, code="c00"),
    "the editor of a course that requires all others": lambda rows: reverse(
        "wagtailadmin_pages:edit", args=[CoursePage.objects.get(code=f"c{rows - 1:02}").pk]
    ),
    "a course's history": of("wagtailadmin_pages:history", CoursePage, code="c00"),
    "a module's editor": of("wagtailsnippets_catalogue_module:edit", Module, code="m0.0"),
    "a module as it is": of("wagtailsnippets_catalogue_module:inspect", Module, code="m0.0"),
    "a variant's editor": of("wagtailsnippets_catalogue_variant:edit", Variant, module__code="m0.0", code="v0"),
    "a test item's editor": of("wagtailsnippets_catalogue_testitem:edit", TestItem, code="i0"),
    "a region's editor": of("wagtailsnippets_taxonomy_region:edit", Region, code="regions-0"),
    "a framework's editor": of("wagtailsnippets_taxonomy_framework:edit", Framework, code="k"),
    "a competence's editor": of("wagtailsnippets_taxonomy_competence:edit", Competence, code="k:1.0"),
    "a programme's editor": of("wagtailsnippets_taxonomy_programme:edit", Programme, code="p0"),
    **{f"list of {name}": fixed(f"wagtailsnippets_{app}_{name}:list") for app, name in SNIPPETS},
    **{
        f"choose {kind}": fixed("taxonomy_codes", kind, query="?q=1")
        for kind in ("course", "module", "region", "competence")
    },
    "releases": fixed("editorial_releases"),
    "a release": release("editorial_release"),
    "two releases compared": compared,
    "publishing": fixed("editorial_publish"),
    "model versions": fixed("training_versions"),
    "waivers": fixed("learners_waivers"),
    "waiving": fixed("learners_waive"),
    "users": fixed("wagtailusers_users:index"),
    "groups": fixed("wagtailusers_groups:index"),
    "what people did": fixed("wagtailadmin_reports:site_history"),
    "locked pages": fixed("wagtailadmin_reports:locked_pages"),
    "pages by age": fixed("wagtailadmin_reports:aging_pages"),
}
PUBLIC: dict[str, Address] = {
    "API: courses": fixed("api-1:list_courses"),
    "API: a course": fixed("api-1:get_course", "c00"),
    "API: a learner": lambda rows: f"/api/v1/learners/a{rows}",
    "API: a program as it was": lambda rows: f"/api/v1/learners/a{rows}/program",
    "API: a program planned anew": lambda rows: f"/api/v1/learners/b{rows}/program?objective=minutes",
    "API: what a learner is let off": lambda rows: f"/api/v1/learners/w{rows}/waivers",
    "API: why a program changed": lambda rows: f"/api/v1/learners/w{rows}/program/changes",
    "learner: why the path changed": of_learner("changes", "w"),
    "learner: the path of who was let off much": of_learner("path", "w"),
    "API: what is next": lambda rows: f"/api/v1/learners/a{rows}/next",
    "API: recommendations": lambda rows: f"/api/v1/learners/a{rows}/recommendations",
    "API: what unlocks a course": lambda rows: f"/api/v1/learners/a{rows}/courses/c02/unlocks",
    "API: the time to a goal": lambda rows: f"/api/v1/learners/a{rows}/time-to?course=c02",
    "learner: what is next": of_learner("next", "a"),
    "learner: what if": of_learner("what_if", "a"),
    "learner: the path": of_learner("path", "a"),
    "learner: the path of who has nearly done": of_learner("path", "done"),
    "learner: a course": of_learner("course", "a", "c00"),
}


@pytest.fixture(scope="module")
def asked(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    """With few rows and with many: the status that each address answers with, and how many queries it takes."""
    counts: Asked = {}
    folders = {name: tmp_path_factory.mktemp(name.lower()) for name in ("DATA_ROOT", "MEDIA_ROOT")}
    with django_db_blocker.unblock(), override_settings(**folders), transaction.atomic():
        admin = Client(headers={"accept-language": "en"})
        admin.force_login(get_user_model().objects.create_superuser("root-of-all"))
        token = create_token("platform", list(Scope), at=timezone.now(), actor="operator")
        anyone = Client(headers={"authorization": f"Bearer {token}"})
        for rows in (FEW, MANY):
            fill(rows)
            for client, addresses in ((admin, ADMIN), (anyone, PUBLIC)):
                for name, address in addresses.items():
                    if "anew" not in name:
                        client.get(address(rows))  # what is asked once a process or once a release is not counted
                    counts.setdefault(name, []).append(_queries(client, address(rows)))
        transaction.set_rollback(True)
    yield counts


def _queries(client: Client, path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return response.status_code, len(captured)


@pytest.mark.parametrize("name", [*ADMIN, *PUBLIC])
def test_queries_do_not_grow_with_rows(asked: Asked, name: str) -> None:
    (_, few), (_, many) = asked[name]
    assert many <= few


@pytest.mark.parametrize("name", [*ADMIN, *PUBLIC])
def test_every_page_and_endpoint_answers(asked: Asked, name: str) -> None:
    assert [status for status, _ in asked[name]] == [200, 200]
