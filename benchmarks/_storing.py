"""Builds the programs of all stored learners of an installation in this process, and tells each stage's cost.

Runs in a process of its own, with the environment of the installation: prints one JSON document.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django


class Stages:
    """Seconds by the clock and of this process's CPU, by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.cpu: Counter[str] = Counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] += time.perf_counter() - start
        self.cpu[name] += time.process_time() - cpu


def build() -> dict[str, Any]:
    from django.utils import timezone

    from recommender.learners.api import list_id_ranges, list_learner_ids, list_learners
    from recommender.programs.actions import runs
    from recommender.programs.actions.building import prepare
    from recommender.programs.api import get_world
    from recommender.programs.selectors import iter_current_documents

    world, stages, steps = get_world(timezone.localdate()), Stages(), 0
    chunks = [list_learner_ids(first, last) for first, last, _count in list_id_ranges(runs.CHUNK)]
    for ids in chunks:
        with stages.stage("read and plan"):
            prepared = prepare(ids, world, None)
        with stages.stage("store"):
            prepared.store(timezone.now())
    for ids in chunks:
        with stages.stage("find that nothing has changed"):
            prepare(ids, world, None)
    for ids in chunks[:20]:
        learners = list_learners(ids)
        with stages.stage("plan, of the first chunks"):
            planned = world.plan_many([one.state for one in learners], [()] * len(learners), "balanced")
        with stages.stage("write documents, of the first chunks"):
            planned.documents()
        with stages.stage("write records, of the first chunks"):
            records = planned.records()
        steps += len(planned.programs.course)
    with stages.stage("read all as documents"):
        documents = sum(map(len, iter_current_documents()))
    return {
        "learners": sum(map(len, chunks)),
        "first": sum(map(len, chunks[:20])),
        "steps": steps,
        "record": sum(map(len, records)) / len(records),
        "documents": documents,
        "seconds": stages.seconds,
        "cpu": stages.cpu,
        **sizes(),
    }


def sizes() -> dict[str, Any]:
    """Return the bytes of the log on PostgreSQL: rows and indexes."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE programs_programversion")
        cursor.execute("SELECT pg_table_size('programs_programversion'), pg_indexes_size('programs_programversion')")
        rows, indexes = cursor.fetchone()
    return {"rows": rows, "indexes": indexes}


def forget() -> dict[str, Any]:
    """Delete every program, so that all are built again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programs_programversion")
    return {}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(forget() if sys.argv[1:] == ["forget"] else build()))
