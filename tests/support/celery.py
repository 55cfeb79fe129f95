"""A Celery worker of the test's own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil

from cms.celery import app
from tests.support.databases import ROOT


@contextmanager
def sending_to(broker_url: str, **more: Any) -> Iterator[None]:
    """Let this process send its tasks to a broker instead of running them."""
    before = {name: app.conf[name] for name in ("broker_url", "task_always_eager", *more)}
    app.conf.update(broker_url=broker_url, task_always_eager=False, **more)
    _forget_connections()
    try:
        yield
    finally:
        app.conf.update(before)
        _forget_connections()


@contextmanager
def running_worker(broker_url: str, *, processes: int = 1) -> Iterator["subprocess.Popen[bytes]"]:
    """Run ``celery worker`` in a process of its own, and let this process send it tasks instead of running them."""
    environment = os.environ | {"CELERY_BROKER_URL": broker_url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    command = [sys.executable, "-m", "celery", "-A", "cms.celery", "worker", "-c", str(processes), "-l", "WARNING"]
    worker = subprocess.Popen([*command, "--without-gossip", "--without-mingle"], cwd=ROOT, env=environment)
    try:
        with sending_to(broker_url):
            _wait_until_ready(worker)
            yield worker
    finally:
        kill(worker)


def kill(worker: "subprocess.Popen[bytes]") -> None:
    """End a worker and the processes it works with at once: nothing of what it was doing is finished."""
    if worker.poll() is None:
        for process in (*psutil.Process(worker.pid).children(recursive=True), psutil.Process(worker.pid)):
            process.kill()
    worker.wait(30)


def _forget_connections() -> None:
    """Drop the connections that were made with the settings before."""
    app._after_fork()  # type: ignore[attr-defined]  # what Celery itself does for this; not in its stubs


def _wait_until_ready(worker: "subprocess.Popen[bytes]") -> None:
    for _ in range(60):
        if worker.poll() is not None:
            raise RuntimeError(f"the Celery worker ended with exit status {worker.returncode}")
        if app.control.ping(timeout=0.5, limit=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the Celery worker did not answer within 30 s")
