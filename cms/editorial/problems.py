"""Problems as the screens and commands show them: in a course that people know, not at a number."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from curriculum_graph.releases.api import Problem, describe
from curriculum_graph.snapshot import Snapshot

_PLACE = re.compile(r"/(?P<kind>[a-z]+)/(?P<index>\d+)(/|\Z)")


def problem_rows(problems: Iterable[Problem], snapshot: Snapshot | None) -> list[dict[str, Any]]:
    """Return problems as JSON data, each with the code of the thing that it is in, where that can be told."""
    return [{**msgspec.to_builtins(problem), "subject": subject(problem, snapshot)} for problem in problems]


def subject(problem: Problem, snapshot: Snapshot | None) -> str:
    """Return the code of the course (or item, region, …) that a problem is in, or ``""``."""
    match = _PLACE.match(problem.place)
    things = getattr(snapshot, match["kind"], ()) if match and snapshot is not None else ()
    index = int(match["index"]) if match else 0
    return getattr(things[index], "code", "") if index < len(things) else ""


def problem_line(problem: Problem) -> str:
    """Return a problem as commands print it: ``PLACE: CODE: sentence``."""
    return f"{problem.place}: {problem.code}: {describe(problem)}"


def sentence(row: dict[str, Any]) -> str:
    """Return the sentence of a row of :func:`problem_rows`."""
    return describe(msgspec.convert({name: row[name] for name in row if name != "subject"}, Problem))
