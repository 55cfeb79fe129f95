"""The page of model versions."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommender.training.selectors import find_current_id
from recommender.training.values import Trained
from tests.recommender.training.test_training import one_more

pytestmark = pytest.mark.xdist_group("training")


def person(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("minh")
    given = Permission.objects.filter(codename__in=["access_admin", *permissions])
    user.user_permissions.set(given)
    client.force_login(user)
    return client


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    return person(client, "view_modelversion", "promote_modelversion")


def page(client: Client) -> str:
    response = client.get(reverse("training_versions"))
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_model_the_page_says_so(operator: Client) -> None:
    assert "manage.py train" in page(operator)


def test_each_version_is_shown_against_popularity(operator: Client, trained: Trained) -> None:
    html = page(operator).partition('<section aria-labelledby="model-')[2].partition("</section>")[0]
    assert trained.version.short in html
    assert html.count("<caption>") == 2
    assert html.count('<th scope="row">') == 10


def test_an_auditor_sees_and_cannot_choose(client: Client, trained: Trained) -> None:
    person(client, "view_modelversion")
    assert reverse("training_choose") not in page(client)
    assert client.post(reverse("training_choose"), {"version": "none"}).status_code in (302, 403)
    assert find_current_id() == trained.version.id


def test_a_designer_does_not_get_the_page(client: Client, trained: Trained) -> None:
    person(client)
    assert client.get(reverse("training_versions")).status_code in (302, 403)


def test_an_operator_chooses_by_name(operator: Client, trained: Trained) -> None:
    newer = one_more(trained, days=1)
    operator.post(reverse("training_choose"), {"version": trained.version.id})
    assert find_current_id() == trained.version.id
    operator.post(reverse("training_choose"), {"version": "previous"})
    assert find_current_id() == newer.version.id
    operator.post(reverse("training_choose"), {"version": "none"})
    assert find_current_id() is None


def test_an_unknown_version_is_explained(operator: Client, trained: Trained) -> None:
    response = operator.post(reverse("training_choose"), {"version": "zzzzzz"}, follow=True)
    assert "zzzzzz" in response.content.decode()
    assert find_current_id() == trained.version.id


def test_choosing_needs_a_post(operator: Client, trained: Trained) -> None:
    assert operator.get(reverse("training_choose")).status_code == 405


def test_queries_do_not_grow_with_versions(operator: Client, trained: Trained) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(operator)
        return len(captured)

    queries()
    before = queries()
    for days in (1, 2, 3):
        one_more(trained, days=days)
    assert queries() == before
