"""Fixtures that every test may use: a database each process has to itself, Redis, a Celery worker, a browser."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.support import databases


class _OwnDatabase:
    """The database of this test process; ``renew`` puts it back to what migrating left."""

    def __init__(self, folder: Path) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.file = folder / "tests.db"
        self.name = str(self.file) if connection.vendor == "sqlite" else f"tests_{worker}"

    def renew(self) -> None:
        connections.close_all()
        if connection.vendor == "sqlite":
            databases.copy_sqlite(self.file)
        else:
            self._recreate()
        connection.settings_dict["NAME"] = self.name
        os.environ["DATABASE_URL"] = self.url

    @property
    def url(self) -> str:
        """What a process of its own needs to work on this database."""
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        settings = connection.settings_dict
        return (
            f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{self.name}"
        )

    def _recreate(self) -> None:
        import psycopg

        settings = connection.settings_dict
        with psycopg.connect(
            host=settings["HOST"], port=settings["PORT"], user=settings["USER"], password=settings["PASSWORD"],
            dbname="postgres", autocommit=True,
        ) as server:  # fmt: skip
            server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)".encode())
            server.execute(f"CREATE DATABASE {self.name} TEMPLATE {databases.TEMPLATE}".encode())


_own: _OwnDatabase | None = None
# Django would empty every table after a test that committed, and fill some anew; instead the database is renewed below.
setattr(TransactionTestCase, "_fixture_teardown", lambda _self: None)  # noqa: B010 - not in the stubs


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Generator[None, None, None]:
    """Give this process a migrated database of its own."""
    global _own  # noqa: PLW0603 - the hook below renews it
    _own = _OwnDatabase(tmp_path_factory.mktemp("database"))
    with django_db_blocker.unblock():
        _own.renew()
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Renew the database after a test that committed."""
    yield
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    if _own and (names & {"transactional_db", "live_server"} or (marker and marker.kwargs.get("transaction"))):
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            _own.renew()


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep files and arrays of a test in its own folder, in this process and in those it starts."""
    for name in ("MEDIA_ROOT", "DATA_ROOT"):
        folder = tmp_path / name.lower()
        setattr(settings, name, folder)
        monkeypatch.setenv(name, str(folder))


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis server of this process's own."""
    from tests.support.redis import running_redis

    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def celery_worker(redis_url: str, transactional_db: None, settings: Any) -> Iterator[None]:
    """A real Celery worker process on a real Redis, working on this test's database."""
    from tests.support.celery import running_worker

    with running_worker(redis_url):
        yield


@pytest.fixture(scope="session")
def browser_driver() -> Iterator[Any]:
    """A real Chromium, headless."""
    from tests.support.browser import running_chromium

    with running_chromium() as driver:
        yield driver


@pytest.fixture
def own_browser() -> Iterator[Any]:
    """A Chromium of this test alone: what other tests left in theirs may cover the page."""
    from tests.support.browser import running_chromium

    with running_chromium() as driver:
        driver.set_window_size(360, 740)
        yield driver


@pytest.fixture
def browser(browser_driver: Any) -> Any:
    """A real Chromium without cookies, at phone size (360 × 740)."""
    browser_driver.delete_all_cookies()
    browser_driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser_driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    browser_driver.set_window_size(360, 740)
    return browser_driver
