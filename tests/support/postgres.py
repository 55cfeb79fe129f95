"""A PostgreSQL cluster of the test run's own, in a temporary folder, as a user without privileges."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.databases import CACHE, TEMPLATE, locked, migrate, schema_key

OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60 -c shared_buffers=128MB "
    "-c autovacuum=off -c listen_addresses=127.0.0.1"
)


def find_programs() -> Path | None:
    """Return the folder that holds ``initdb`` and ``pg_ctl``, newest version first, or None."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else []
    versions = Path("/usr/lib/postgresql")
    if versions.exists():
        folders += sorted((p / "bin" for p in versions.iterdir()), key=lambda p: int(p.parent.name), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def free_port() -> int:
    """Return a TCP port on the loopback interface that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unprivileged_user() -> str | None:
    """Return whom to run the server as: PostgreSQL refuses root. None means: as ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@dataclass
class Cluster:
    """A running server. ``url(name)`` addresses a database of it; ``stop()`` ends it and removes its folder."""

    programs: Path
    port: int = field(default_factory=free_port)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="curriculum-pg-")))
    user: str | None = field(default_factory=_unprivileged_user)
    options: str = OPTIONS

    def url(self, name: str) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start the server on data that are migrated already, migrating first where they are not."""
        self._own(self.folder)
        kept = CACHE / f"postgres-{schema_key()}"
        with locked("postgres"):
            if kept.exists():
                shutil.copytree(kept, self.folder / "data")
                self._own(self.folder)
                self._serve()
                return
            self._run("initdb", "-D", str(self.folder / "data"), "-U", "tests", "-A", "trust", "-E", "UTF8")
            self._serve()
            self.execute("postgres", f"CREATE DATABASE {TEMPLATE}")
            migrate(self.url(TEMPLATE))
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")
            for old in CACHE.glob("postgres-*"):
                shutil.rmtree(old)
            shutil.copytree(self.folder / "data", kept)
            self._serve()

    def execute(self, database: str, *statements: str) -> None:
        """Run statements outside a transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _serve(self) -> None:
        log, data = str(self.folder / "log"), str(self.folder / "data")
        options = f"{self.options} -p {self.port} -k {self.folder}"
        self._run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(
            command,
            check=False,
            user=self.user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")

    def _own(self, folder: Path) -> None:
        if self.user is None:
            return
        uid = pwd.getpwnam(self.user).pw_uid
        for path in (folder, *folder.rglob("*")):
            os.chown(path, uid, -1)
        folder.chmod(0o700)
