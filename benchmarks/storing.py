"""What storing everybody's programs costs: bytes a program, programs a second, CPU a program, and where it goes.

    python -m benchmarks.storing [--database sqlite|postgresql] [--courses 3072] [--learners 20000] [--workers 2]

Generates the national curriculum and learners, imports and publishes through the commands, then builds the programs of
all learners in one process, chunk by chunk, as a worker does; prints what each stage took, and what 400,000 learners
and a hundred million would take at this rate. Then the same by workers on Redis.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._service import Service, service
from tests.support.redis import running_redis

MILLION = 1_000_000


def prepare(installation: Service, folder: Path, courses: int, learners: int) -> None:
    """Publish a national curriculum and store learners."""
    catalogue, people = folder / "catalogue.json", folder / "learners.jsonl"
    manage = installation.manage
    manage("migrate", "--verbosity", "0")
    manage("generate_curriculum", "--courses", courses, "--seed", 1, "--out", catalogue)
    manage("generate_learners", "--catalogue", catalogue, "--count", learners, "--seed", 1, "--out", people)
    manage("import_catalogue", catalogue)
    manage("publish_release", "--note", "national")
    manage("import_learners", people)


def by_workers(installation: Service, folder: Path, processes: int) -> float:
    """Return how many seconds ``build_programs`` waits for workers who build everything anew."""
    installation.run("-m", "benchmarks._storing", "forget")
    with running_redis(folder) as broker:
        environment = installation.environment | {"CELERY_BROKER_URL": broker}
        command = [sys.executable, "-m", "celery", "-A", "cms.celery", "worker", "-l", "ERROR", "-c", str(processes)]
        worker = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            start = time.monotonic()
            subprocess.run([sys.executable, "manage.py", "build_programs"], env=environment, check=True)
            return time.monotonic() - start
        finally:
            worker.terminate()
            worker.wait()


def show(found: dict[str, Any]) -> None:
    learners, first = found["learners"], found["first"]
    print(f"  {learners:,} learners, {found['steps'] / first:.1f} steps a program")
    for stage in found["seconds"]:
        count = first if stage.endswith("first chunks") else learners
        seconds, cpu = found["seconds"][stage] / count, found["cpu"][stage] / count
        print(
            f"  {stage:<38} {seconds * MILLION:>8.0f} µs a program, {cpu * MILLION:>8.0f} µs of CPU of ours", flush=True
        )
    print(f"  a record {found['record']:.0f} bytes, a document {found['documents'] / learners:.0f}")
    if "rows" in found:
        rows, indexes = found["rows"] / learners, found["indexes"] / learners
        print(f"  on PostgreSQL {rows:.0f} bytes a program and {indexes:.0f} of indexes")
        for name, many in (("400,000", 400_000), ("100 million", 100 * MILLION)):
            hours = many * (found["seconds"]["read and plan"] + found["seconds"]["store"]) / learners / 3600
            print(f"  {name}: {many * (rows + indexes) / 2**30:.1f} GiB, {hours:.2f} hours of one process")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--courses", type=int, default=3072)
    parser.add_argument("--learners", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, service(options.database, Path(name)) as installation:
        if installation is None:
            print("  PostgreSQL is not installed", file=sys.stderr)
            return 1
        prepare(installation, Path(name), options.courses, options.learners)
        spent = installation.run("-m", "benchmarks._storing")
        show(json.loads(spent.output))
        print(f"  peak memory {spent.mib:.0f} MiB")
        seconds = by_workers(installation, Path(name), options.workers)
        rate = options.learners / seconds
        print(
            f"  build_programs with {options.workers} worker processes: {seconds:.1f} s, {rate:.0f} programs a second"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
