"""The parts that the other tests stand on are real and work."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection


@pytest.mark.django_db
def test_migrations_left_a_root_page() -> None:
    from wagtail.models import Page

    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(time: int) -> None:
    assert not get_user_model().objects.filter(username="left-over").exists()
    get_user_model().objects.create_user("left-over")


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for(request: pytest.FixtureRequest) -> None:
    assert connection.vendor == request.config.getoption("--database")


def test_redis_answers(redis_url: str) -> None:
    import redis

    assert redis.Redis.from_url(redis_url).ping()


def test_chromium_renders_vietnamese(browser: Any) -> None:
    browser.get("data:text/html;charset=utf-8,<title>Bình dân học vụ số</title>")
    assert browser.title == "Bình dân học vụ số"
