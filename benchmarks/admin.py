"""What an author's requests cost: listings, editors, saving and publishing, beside plain Wagtail with as many pages.

    python -m benchmarks.admin [--courses 3072] [--here]

Makes two installations: this service with the national curriculum, and a plain Wagtail site with as many pages below
one and as many snippets. Asks both, each in a process of its own, for the same kinds of pages as somebody who may do
everything; prints the median of CPU and the number of queries, and how many times plain Wagtail's that is; writes
``benchmarks/out/admin.json``; fails where a promise is broken. ``--here`` measures the installation that
``DATABASE_URL`` names (and saves drafts in it) instead of making one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks._service import ROOT, Service

LISTING_MS, LISTING_QUERIES = 150, 40
EDITOR_MS = 250
WRITING_MS = 150
OUT = ROOT / "benchmarks" / "out" / "admin.json"
PEERS = {
    "first screen": "first screen",
    "list: courses": "list: pages",
    "list: courses, searched": "list: pages",
    "explorer": "explorer",
    "list": "list: snippets",
    "course": "page",
    "module": "snippet",
    "variant": "snippet",
}
"""What each thing of ours is held beside; by its whole name, or by what stands before the colon."""

Found = dict[str, dict[str, Any]]


class Plain(Service):
    """A plain Wagtail site."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"DJANGO_SETTINGS_MODULE": "benchmarks._plain.settings"}


def ours(folder: Path, courses: int) -> Found:
    """Return what was found in an installation of this service with a curriculum."""
    folder.mkdir()
    service = Service(folder, f"sqlite:///{folder / 'db.sqlite3'}")
    catalogue = folder / "catalogue.json"
    service.manage("migrate", "--verbosity", 0)
    service.manage("collectstatic", "--noinput", "--verbosity", 0)
    service.manage("generate_curriculum", "--courses", courses, "--seed", 1, "--out", catalogue)
    service.manage("import_catalogue", catalogue)
    service.manage("publish_release", "--note", "national")
    return dict(json.loads(service.run("-m", "benchmarks._admin", "ours").output))


def here() -> Found:
    """Return what was found in the installation of the environment."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks._admin", "ours"],
        cwd=ROOT, env=os.environ, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def plain(folder: Path, pages: int) -> Found:
    """Return what was found in a plain Wagtail site."""
    folder.mkdir()
    site = Plain(folder, f"sqlite:///{folder / 'db.sqlite3'}")
    site.manage("migrate", "--verbosity", 0)
    site.run("-m", "benchmarks._admin", "fill", pages)
    return dict(json.loads(site.run("-m", "benchmarks._admin", "plain").output))


def peer_of(name: str) -> str:
    """Return the name of what plain Wagtail does instead."""
    kind, colon, rest = name.partition(": ")
    if name in PEERS or name.startswith("explorer"):
        return PEERS.get(name, "explorer")
    return f"{PEERS[kind]}{colon}{rest}" if kind != "list" else PEERS["list"]


def limits(name: str) -> tuple[float | None, int | None]:
    """Return the promised milliseconds and queries."""
    if name.endswith("editor"):
        return EDITOR_MS, None
    if name.startswith(("list", "explorer", "first")):
        return LISTING_MS, LISTING_QUERIES
    return WRITING_MS, None


def table(found: Found, peers: Found) -> list[str]:
    """Print both side by side, and return which promises are broken."""
    broken = []
    print(f"  {'':<38} {'CPU ms':>8} {'queries':>8} {'promised':>9} {'Wagtail':>9} {'queries':>8} {'times':>6}")
    for name, cost in found.items():
        beside, (most, queries) = peers[peer_of(name)], limits(name)
        cost |= {"peer": peer_of(name), "peer_ms": beside["ms"], "peer_queries": beside["queries"], "promised": most}
        times = cost["ms"] / beside["ms"]
        print(
            f"  {name:<38} {cost['ms']:>8.1f} {cost['queries']:>8} {most or '':>9} {beside['ms']:>9.1f}"
            f" {beside['queries']:>8} {times:>6.2f}",
            flush=True,
        )
        if (most and cost["ms"] > most) or (queries and cost["queries"] > queries):
            broken.append(name)
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--courses", type=int, default=3072)
    parser.add_argument("--here", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        peers = plain(Path(name) / "plain", options.courses)
        found = here() if options.here else ours(Path(name) / "ours", options.courses)
    broken = table(found, peers)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"ours": found, "wagtail": peers, "broken": broken}, indent=1))
    for figure in broken:
        print(f"broken: {figure}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
