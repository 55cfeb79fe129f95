"""Where the service keeps things: what is of no use is said in a sentence, by whatever is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.places import database, require_folder

ROOT = Path(__file__).parents[2]
MANAGE = (sys.executable, "manage.py")


def started(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "SECRET_KEY": "x", **environment}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        (*MANAGE, "publish_release", "--note", "n"),
        (*MANAGE, "migrate"),
        (*MANAGE, "runserver", "8999"),
        (sys.executable, "-c", "import cms.wsgi"),
        (sys.executable, "-c", "import cms.asgi"),
    ],
    ids=["command of ours", "migrate", "runserver", "wsgi", "asgi"],
)
def test_a_database_in_a_missing_folder_is_named_and_so_is_the_folder(command: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "missing"
    done = started(*command, DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}")
    assert done.returncode == 1
    assert f"{folder / 'db.sqlite3'}," in done.stderr and f"{folder}." in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "sqlite"),
        ("MEDIA_ROOT", f"{__file__}/media"),
        ("DATA_ROOT", f"{__file__}/data"),
        ("ALLOWED_HOSTS", "localhost"),
        ("LANGUAGE_CODE", "tlh"),
    ],
)
def test_a_setting_of_no_use_is_named(variable: str, value: str) -> None:
    done = started(*MANAGE, "import_catalogue", "none.json", **{variable: value})
    assert done.returncode == 1
    assert variable.casefold() in done.stderr.casefold()
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("url", [f"sqlite:///{__file__}", "postgresql://nobody:secret@127.0.0.1:9/none"])
def test_a_database_that_does_not_answer_as_one_is_said_to_be_of_no_use(url: str) -> None:
    done = started(*MANAGE, "migrate", DATABASE_URL=url)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr and "secret" not in done.stderr


@pytest.mark.parametrize(
    "url",
    ["", "x", "/var/db.sqlite3", "mysql://host/name", "postgresql://", "postgresql://host:port/name", "sqlite:////"],
)
def test_what_names_neither_an_sqlite_file_nor_a_postgresql_database_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite://:memory:", ":memory:"),
        ("sqlite:///unused-by-tests.db", "unused-by-tests.db"),
        ("postgresql://user:password@host:5432/name", "name"),
        ("postgres://host/name?sslmode=require", "name"),
    ],
)
def test_what_names_one_is_taken(url: str, name: str) -> None:
    assert database(url)["NAME"] == name


def test_a_folder_that_can_be_made_is_taken_and_not_made(tmp_path: Path) -> None:
    assert require_folder("DATA_ROOT", tmp_path / "a" / "b") == tmp_path / "a" / "b"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write here")
@pytest.mark.parametrize("kind", ["folder", "database"])
def test_what_this_user_may_not_write_is_refused(tmp_path: Path, kind: str) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "db.sqlite3").touch(mode=0o644)
    child = os.fork()
    if not child:
        os.setuid(54321)
        try:
            database(f"sqlite:///{tmp_path}/db.sqlite3") if kind == "database" else require_folder("X", tmp_path)
        except ImproperlyConfigured:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
