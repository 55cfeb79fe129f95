"""Publish a small curriculum once for each moment named on the command line, each time killed at that moment.

A moment is a stage of the publication, or the name of a table that was just written to. What became of each attempt
(the signal that ended it, or 0) is printed. Attempts are forks, so that Django is loaded once.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def attempt(moment: str) -> int:
    """Publish in a fork, and return what ended it."""
    child = os.fork()
    if not child:
        publish(moment)
        os._exit(0)
    return -os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def publish(moment: str) -> None:
    from django.db import connection

    from curriculum_graph.releases.api import find_current_release, publish_release
    from tests.curriculum_graph.releases.content import AT, course, snapshot

    def on_query(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if f'"{moment}"' in sql and not sql.startswith("SELECT"):
            die()
        return result

    def on_progress(stage: str, done: int, total: int) -> None:
        if stage == moment:
            die()

    current = find_current_release()
    with connection.execute_wrapper(on_query):
        publish_release(
            snapshot(course(1), course(2, minutes=99)),
            parent=current.id if current else None,
            actor="killed",
            note="never seen",
            at=AT,
            progress=on_progress,
        )


if __name__ == "__main__":
    django.setup()
    print(*[attempt(moment) for moment in sys.argv[1:]])  # noqa: T201 -- for the test that started this
