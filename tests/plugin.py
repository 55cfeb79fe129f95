"""Decides, before Django's settings load, which database the tests run on (``--database``)."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.postgres import Cluster, find_programs

_NOT_RUN = (
    "PostgreSQL WAS NOT TESTED: neither the server's programs (initdb, pg_ctl) nor TEST_DATABASE_URL were found. "
    "Install PostgreSQL 15 or newer, or set TEST_DATABASE_URL."
)
_cluster: Cluster | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database the tests run on"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    global _cluster  # noqa: PLW0603 - one cluster a run, ended in pytest_unconfigure
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    # The database whose copies are used; each process replaces its name by that of its own (tests/conftest.py).
    os.environ["DATABASE_URL"] = "sqlite:///unused-by-tests.db"
    if early_config.known_args_namespace.database == "sqlite":
        return
    programs = find_programs()
    if programs:
        _cluster = Cluster(programs)
        _cluster.start()
        os.environ["DATABASE_URL"] = _cluster.url("postgres")
    elif "TEST_DATABASE_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    else:
        os.environ["CURRICULUM_NO_POSTGRESQL"] = "1"


def pytest_configure(config: pytest.Config) -> None:
    # A slow machine is no error, and CI tries the same examples each time.
    settings.register_profile("curriculum", deadline=None, derandomize="CI" in os.environ)
    settings.load_profile("curriculum")
    config.addinivalue_line("markers", "database: uses the database (set by itself)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "browser" in names:
            item.add_marker(pytest.mark.xdist_group("browser"))  # so that one process starts one, not each
        if names & {"browser", "own_browser"}:
            continue  # how a page looks and is used does not depend on the database: shown once, on SQLite
        if item.get_closest_marker("django_db") or names & {"db", "transactional_db", "live_server", "client"}:
            item.add_marker("database")
            if "CURRICULUM_NO_POSTGRESQL" in os.environ:
                item.add_marker(pytest.mark.skip(reason=_NOT_RUN))


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    yield
    if "CURRICULUM_NO_POSTGRESQL" in os.environ:
        terminalreporter.section("WARNING", sep="!", red=True)
        terminalreporter.write_line(_NOT_RUN)


def pytest_unconfigure() -> None:
    if _cluster:
        _cluster.stop()
    Path("unused-by-tests.db").unlink(missing_ok=True)
