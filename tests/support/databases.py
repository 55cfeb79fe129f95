"""A migrated database for every test process, without migrating every time.

Migrating from nothing takes most of a minute. It is done once for each set of migrations; what it leaves is kept as a
template under ``.cache/`` and copied: a file on SQLite, ``CREATE DATABASE … TEMPLATE`` on PostgreSQL.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache" / "tests"
TEMPLATE = "curriculum_template"


def schema_key() -> str:
    """Return a hash of all that decides what a migrated database looks like."""
    digest = hashlib.sha256(f"{version('django')} {version('wagtail')} {sys.version_info[:2]}".encode())
    sources = [p for app in ("cms", "curriculum_graph", "recommender", "exports") for p in (ROOT / app).rglob("*.py")]
    for path in sorted(p for p in sources if p.parent.name == "migrations" or p.name in {"roles.py", "apps.py"}):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time build what ``name`` stands for."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def migrate(database_url: str) -> None:
    """Migrate the database at ``database_url`` from nothing, in a process of its own."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        check=True,
    )


def sqlite_template() -> Path:
    """Return a migrated SQLite file that may be copied, made at the first call for these migrations."""
    template = CACHE / f"sqlite-{schema_key()}.db"
    with locked("sqlite"):
        if not template.exists():
            for old in CACHE.glob("sqlite-*"):
                old.unlink()
            fresh = template.with_suffix(".new")
            migrate(f"sqlite:///{fresh}")
            for journal in ("-wal", "-shm"):
                Path(f"{fresh}{journal}").unlink(missing_ok=True)
            fresh.rename(template)
    return template


def copy_sqlite(target: Path) -> None:
    """Put a freshly migrated database at ``target``."""
    template = sqlite_template()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(template, target)
