"""The main job at national size against the limits that the service promises, on SQLite and on PostgreSQL.

    python -m benchmarks.national [--database sqlite|postgresql] [--courses 3072] [--learners 2000]

Generates the national curriculum, learners and what they did; imports, publishes, trains, builds programs and exports
through the commands, each in a process of its own; then serves from a granian worker. Prints CPU (of the service; a
database server works in processes of its own), peak memory and what was promised, and fails where a promise is broken.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks._service import Service, Spent, service
from benchmarks._worker import walk

PEAK_MIB = 1024
WORKER_MIB = 400
IMPORT_MS = 40
PUBLISH_SECONDS = 20
GRAPH_SECONDS = 1
REQUEST_MS = 15
DATABASES = ("sqlite", "postgresql")


class Figures:
    """What was measured, each figure printed as it comes, and which promises were broken."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def show(self, name: str, value: float, unit: str, limit: float | None = None) -> None:
        promise = "" if limit is None else f"   promised: {limit:g} {unit}"
        if limit is not None and value > limit:
            self.broken.append(name)
            promise += "   BROKEN"
        print(f"  {name:<52} {value:>8.1f} {unit}{promise}", flush=True)

    def command(self, name: str, spent: Spent) -> None:
        limit = None if name == "train" else PEAK_MIB
        self.show(f"{name}: CPU", spent.cpu, "s")
        self.show(f"{name}: peak memory", spent.mib, "MiB", limit)


def commands(files: Path, courses: int, learners: int) -> Iterator[tuple[str, list[object]]]:
    """Yield the commands of the main job by name."""
    catalogue, people, events = (files / name for name in ("catalogue.json", "learners.jsonl", "events.jsonl"))
    yield "generate_curriculum", ["--courses", courses, "--seed", 1, "--out", catalogue]
    yield "generate_learners", ["--catalogue", catalogue, "--count", learners, "--seed", 1, "--out", people]
    yield "generate_events", ["--catalogue", catalogue, "--learners", people, "--seed", 1, "--out", events]
    yield "import_catalogue", [catalogue]
    yield "import_catalogue (again)", [catalogue]
    yield "publish_release", ["--note", "national"]
    yield "import_learners", [people]
    yield "import_events", [events]
    yield "train", []
    yield "build_programs (file)", ["--learners", people, "--out", files / "programs.jsonl"]
    yield "build_programs (stored)", []
    yield "export_catalogue", [files / "exported.json"]
    for name in ("catalogue", "schema-org"):
        yield f"export {name}", ["--format", name, "--out", files / "exports"]


def measure(installed: Service, courses: int, learners: int) -> list[str]:
    """Measure one installation and return which promises it broke."""
    figures = Figures()
    installed.manage("migrate", "--verbosity", 0)
    installed.manage("collectstatic", "--noinput", "--verbosity", 0)
    start_up = installed.manage("check").cpu
    for name, arguments in commands(installed.folder, courses, learners):
        spent = installed.manage(name.split()[0], *arguments)
        figures.command(name, spent)
        if name == "import_catalogue":
            figures.show("import: CPU a course", 1000 * (spent.cpu - start_up) / courses, "ms", IMPORT_MS)
        if name == "publish_release":
            figures.show("publish: CPU, rendering included", spent.cpu - start_up, "s", PUBLISH_SECONDS)
    graph = json.loads(installed.run("-m", "benchmarks._requests", "graph").output)
    figures.show("compiled graph ready from disk", graph["seconds"], "s", GRAPH_SECONDS)
    requests(figures, json.loads(installed.run("-m", "benchmarks._requests", 300).output))
    serving(figures, walk(installed))
    return figures.broken


def requests(figures: Figures, found: dict[str, list[float]]) -> None:
    cold = found["cold"]
    figures.show("program request, planned anew: mean CPU", statistics.mean(cold), "ms", REQUEST_MS)
    figures.show("  median", statistics.median(cold), "ms")
    figures.show("  95th percentile", statistics.quantiles(cold, n=20)[-1], "ms")
    figures.show("program request, as it was: mean CPU", statistics.mean(found["warm"]), "ms", REQUEST_MS)


def serving(figures: Figures, found: dict[str, float]) -> None:
    figures.show("granian: CPU a program request", found.pop("CPU ms a program"), "ms", REQUEST_MS)
    for name, mib in found.items():
        figures.show(f"web worker, {name}: memory", mib, "MiB", WORKER_MIB)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--courses", type=int, default=3072)
    parser.add_argument("--learners", type=int, default=2000)
    options = parser.parse_args()
    broken = []
    for database in options.database or DATABASES:
        with tempfile.TemporaryDirectory() as name, service(database, Path(name)) as installed:
            if installed is None:
                print(f"{database} WAS NOT MEASURED: its server programs are not installed")
                continue
            print(f"{database}, {options.courses} courses, {options.learners} learners", flush=True)
            broken += [f"{database}: {figure}" for figure in measure(installed, options.courses, options.learners)]
    for figure in broken:
        print(f"broken: {figure}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
