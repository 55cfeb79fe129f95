"""Programs at rest: small, found at once, never overwritten by what was planned from less."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from recommender.engine.learner import Learner, LearnerGoal
from recommender.engine.program import Objective
from recommender.learners.api import StoredLearner, erase_learner, get_learner, put_learner, put_learners
from recommender.programs.actions import forget_before, start_run
from recommender.programs.actions.building import prepare
from recommender.programs.api import build_program, build_programs, find_current, get_world, list_versions
from recommender.programs.models import BuildRun, ProgramVersion
from recommender.programs.selectors import documents_of, iter_current_documents
from tests.factories.curricula import small_curriculum

NOW = datetime(2026, 11, 20, tzinfo=UTC)
WALLET = Learner(
    learner="a", audiences=("farmer",), languages=("vi",), minutes_per_week=30, goals=(LearnerGoal(course="wallet"),)
)


@pytest.fixture
def learner(release: ReleaseInfo) -> StoredLearner:
    put_learner(WALLET, at=NOW)
    return get_learner("a")


def planned(stored: StoredLearner) -> bytes:
    return get_world(NOW.date()).plan_many([stored.state], [()], "balanced").documents()[0]


def test_what_is_stored_gives_the_document_that_was_planned(learner: StoredLearner) -> None:
    build_program(learner, get_world(NOW.date()), at=NOW)
    current = find_current(learner.id)
    assert current is not None
    assert current.stored.document == planned(learner)
    assert len(current.stored.record) < len(current.stored.document) / 8


def test_programs_of_several_releases_are_read_together_in_their_order(learner: StoredLearner) -> None:
    build_program(learner, get_world(NOW.date()), at=NOW)
    first = planned(learner)
    parent = get_world(NOW.date()).release
    publish_release(small_curriculum(programmes=()), parent=parent, actor="designer", note="second", at=NOW)
    build_program(learner, get_world(NOW.date()), at=NOW)
    assert documents_of(list_versions(learner.id)) == [first, planned(learner)]
    assert first != planned(learner)


def test_the_program_of_now_is_found_in_one_look_up_of_one_index(learner: StoredLearner) -> None:
    put_learners([Learner(learner=f"l{n}") for n in range(300)], at=NOW)
    objectives: list[Objective] = ["minutes", "balanced", "minutes", "balanced"]
    for objective in objectives:  # a history, through which the programs of now need not be looked for
        build_programs(list(range(learner.id, learner.id + 301)), get_world(NOW.date()), objective=objective, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        assert find_current(learner.id) is not None
    assert len(queries) == 1
    [step] = [line for line in plan_of(queries[0]["sql"]) if f" {ProgramVersion._meta.db_table} " in f"{line} "]
    one_index = "Index Scan using program_now on" if connection.vendor == "postgresql" else "USING INDEX program_"
    assert one_index in step


def plan_of(statement: str) -> list[str]:
    """Return how the database would answer, each step without its costs."""
    explain = "EXPLAIN (COSTS OFF)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement}")
        return [str(row[-1]) for row in cursor.fetchall()]


def test_a_program_stored_meanwhile_is_not_overwritten_by_one_planned_before_it(learner: StoredLearner) -> None:
    world = get_world(NOW.date())
    late = prepare([learner.id], world, None)
    build_programs([learner.id], world, objective="minutes", at=NOW)
    assert late.store(NOW).fresh == 1
    assert [version.objective for version in list_versions(learner.id)] == ["minutes"]


def test_who_was_erased_meanwhile_is_passed_over(learner: StoredLearner) -> None:
    late = prepare([learner.id], get_world(NOW.date()), None)
    erase_learner("a")
    assert late.store(NOW).changed == 0
    assert not ProgramVersion.objects.exists()


def test_a_learner_has_one_program_now_and_the_log_keeps_the_others(learner: StoredLearner) -> None:
    for objective in ("balanced", "minutes", "balanced"):
        build_programs([learner.id], get_world(NOW.date()), objective=objective, at=NOW)
    rows = ProgramVersion.objects.order_by("id").values_list("source__objective", "is_current")
    assert list(rows) == [("balanced", False), ("minutes", False), ("balanced", True)]


def test_old_programs_that_others_followed_and_old_runs_are_forgotten(learner: StoredLearner) -> None:
    world = get_world(NOW.date())
    start_run(world, objective=None, actor="operator", at=NOW - timedelta(days=91))
    BuildRun.objects.update(state="done", finished_at=NOW - timedelta(days=91))
    steps: list[tuple[int, Objective]] = [(1200, "balanced"), (1100, "minutes"), (1090, "balanced"), (1080, "minutes")]
    for days, objective in steps:
        build_program(learner, world, objective=objective, at=NOW - timedelta(days=days))
    assert forget_before(programs=NOW - timedelta(days=1095), runs=NOW - timedelta(days=90)) == (2, 0, 1)
    assert [version.objective for version in list_versions(learner.id)] == ["balanced", "minutes"]
    assert forget_before(programs=NOW, runs=NOW) == (1, 0, 0)
    assert find_current(learner.id) is not None


def test_as_many_queries_for_many_learners_as_for_few(release: ReleaseInfo) -> None:
    counts = []
    put_learners([WALLET], at=NOW)
    build_program(get_learner("a"), get_world(NOW.date()), at=NOW)
    for first, many in ((0, 3), (100, 40)):
        put_learners([msgspec.structs.replace(WALLET, learner=f"l{first + n}") for n in range(many)], at=NOW)
        ids = [get_learner(f"l{first + n}").id for n in range(many)]
        with CaptureQueriesContext(connection) as queries:
            assert build_programs(ids, get_world(NOW.date()), objective=None, at=NOW).changed == many
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_programs_kept_as_documents_before_are_the_same_afterwards(learner: StoredLearner) -> None:
    document, other = planned(learner), b'{"learner":"a","status":"partial"}'
    executor = MigrationExecutor(connection)
    before = executor.loader.project_state(("programs", "0001_initial")).apps
    leaves = executor.loader.graph.leaf_nodes("programs")
    now = executor.loader.project_state(leaves).apps
    with connection.schema_editor() as schema:
        for model in now.get_app_config("programs").get_models():
            schema.delete_model(model)
        for name in ("ProgramVersion", "CurrentProgram"):
            schema.create_model(before.get_model("programs", name))
    rows: Any = before.get_model("programs", "ProgramVersion").objects
    about = {"learner_id": learner.id, "release": get_world(NOW.date()).release, "model": "none", "created_at": NOW}
    for text, status in ((other, "partial"), (document, "complete")):
        last = rows.create(
            **about, objective="balanced", status=status, document=text.decode(), digest="", cause="request"
        )
    pointers: Any = before.get_model("programs", "CurrentProgram").objects
    pointers.create(learner_id=learner.id, version=last, inputs="ab" * 32)
    for app, name in executor.loader.applied_migrations:
        if app == "programs" and name != "0001_initial":
            executor.recorder.record_unapplied(app, name)
    MigrationExecutor(connection).migrate(leaves)
    assert documents_of(list_versions(learner.id)) == [other, document]
    assert list(iter_current_documents()) == [document]
    again = build_program(learner, get_world(NOW.date()), at=timezone.now())
    assert json.loads(again.document)["status"] == "complete"
    assert len(list_versions(learner.id)) == 2
