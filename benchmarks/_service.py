"""An installation of the service of a measurement's own: a folder, a database, and its commands with what they cost."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import Cluster, find_programs

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = "-c listen_addresses=127.0.0.1 -c max_connections=40 -c shared_buffers=256MB"


@dataclass(frozen=True)
class Spent:
    """What a process cost: seconds of CPU and by the clock, MiB at the peak; ``output`` is what it printed."""

    cpu: float
    seconds: float
    mib: float
    output: str


@dataclass(frozen=True)
class Service:
    """An installation in ``folder``, in production settings, on the database at ``url``."""

    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "DATABASE_URL": self.url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "DATA_ROOT": str(self.folder / "data"),
            "STATIC_ROOT": str(self.folder / "static"),
            "SECRET_KEY": "only-for-benchmarks-" * 3,
            "ALLOWED_HOSTS": '["localhost"]',
            "BASE_URL": "https://localhost",
            "LOG_LEVEL": "WARNING",
        }

    def run(self, *arguments: object) -> Spent:
        """Run a Python program in a process of its own.

        Raises :class:`SystemExit` where it fails.
        """
        start = time.monotonic()
        with (self.folder / "printed").open("w+") as printed, (self.folder / "progress").open("w+") as progress:
            command = [sys.executable, "-W", "ignore", *map(str, arguments)]
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=printed, stderr=progress)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                progress.seek(0)
                raise SystemExit(f"{command} failed:\n{progress.read()[-2000:]}")
            printed.seek(0)
            output = printed.read()
        seconds = time.monotonic() - start
        return Spent(usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024, output)

    def manage(self, *arguments: object) -> Spent:
        return self.run("manage.py", *arguments)


@contextmanager
def service(database: str, folder: Path) -> Iterator[Service | None]:
    """Yield an empty installation on ``sqlite`` or on ``postgresql`` (a cluster of its own; None where it has none)."""
    if database == "sqlite":
        yield Service(folder, f"sqlite:///{folder / 'db.sqlite3'}")
        return
    programs = find_programs()
    if programs is None:
        yield None
        return
    cluster = Cluster(programs, options=POSTGRES)
    cluster.start()
    try:
        cluster.execute("postgres", "CREATE DATABASE benchmark")
        yield Service(folder, cluster.url("benchmark"))
    finally:
        cluster.stop()
