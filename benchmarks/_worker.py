"""A web worker under granian: what it serves, its memory, and whether that grows."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks._service import ROOT, Service
from tests.support.postgres import free_port

HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Language": "vi"}


class Worker:
    """One granian worker on a port of its own; ``mib`` is its resident memory, ``cpu`` its seconds so far."""

    def __init__(self, service: Service) -> None:
        self.port = free_port()
        command = ["granian", "--interface", "wsgi", "cms.wsgi:application", "--host", "127.0.0.1", "--port"]
        command = [
            str(Path(sys.executable).parent / command[0]),
            *command[1:],
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
        ]
        self._log = (service.folder / "granian").open("w")
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=service.environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        self._wait()
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._worker = max(children, key=lambda child: child.memory_info().rss)

    @property
    def mib(self) -> float:
        return float(self._worker.memory_info().rss / 2**20)

    @property
    def cpu(self) -> float:
        times = self._worker.cpu_times()
        return float(times.user + times.system)

    def get(self, path: str, **headers: str) -> bytes:
        """Return the answer to a request; raises :class:`RuntimeError` where the status is not 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={**HEADERS, **headers})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}: {body[:300]!r}")
        return body

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._log.close()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                self.get("/health")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("granian did not answer within 30 s")


@contextmanager
def running(service: Service) -> Iterator[Worker]:
    worker = Worker(service)
    try:
        yield worker
    finally:
        worker.stop()


def walk(service: Service, requests: int = 500) -> dict[str, float]:
    """Serve every kind of page, then so many requests; return MiB after each, and CPU milliseconds a program."""
    given = json.loads(service.run("-m", "benchmarks._requests", "prepare").output)
    with running(service) as worker:
        cookie = {"Cookie": f"sessionid={given['session']}"}
        token = {"Authorization": f"Bearer {given['token']}"}
        started = worker.mib
        kinds = [*((page, cookie) for page in given["pages"]), *((path, token) for path in given["addresses"])]
        for path, headers in kinds:
            worker.get(path, **headers)
        warm = worker.mib
        before = worker.cpu
        for learner in given["learners"][:300]:
            worker.get(f"/api/v1/learners/{learner}/program", **token)
        programs = 1000 * (worker.cpu - before) / 300
        served = worker.mib
        for number in range(requests):
            path, headers = kinds[number % len(kinds)]
            worker.get(path, **headers)
        return {
            "started": started, "every kind once": warm, "300 programs": served,
            f"{requests} requests more": worker.mib, "CPU ms a program": programs,
        }  # fmt: skip
