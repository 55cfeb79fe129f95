"""Everybody's programs in one run: cut into chunks, each done once, resumed where it was left."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import get_learner, list_id_ranges, put_learners
from recommender.learners.models import Learner as Row
from recommender.programs.actions import cancel_run, perform_chunk, retry_failed, runs, start_run
from recommender.programs.api import count_by_status, find_current, get_world, list_versions
from recommender.programs.models import BuildChunk, BuildRun
from recommender.programs.planning import World
from recommender.programs.run_selectors import get_progress, iter_waiting_chunks, list_failed
from tests.factories.curricula import small_curriculum

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LEARNERS = 10


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "CHUNK", 4)


@pytest.fixture
def learners(release: ReleaseInfo) -> list[int]:
    goals = (LearnerGoal(course="basics"),)
    put_learners([Learner(learner=f"l{n:02}", goals=goals) for n in range(LEARNERS)], at=NOW)
    return [get_learner(f"l{n:02}").id for n in range(LEARNERS)]


def world() -> World:
    return get_world(NOW.date())


def started(objective: Any = None) -> BuildRun:
    return start_run(world(), objective=objective, actor="operator", at=NOW)


def carried_out(run: BuildRun, count: int | None = None) -> BuildRun:
    for chunk in list(iter_waiting_chunks(run.pk))[:count]:
        perform_chunk(chunk, world(), at=NOW)
    return BuildRun.objects.get(pk=run.pk)


def damage(pseudonym: str) -> None:
    Row.objects.filter(pseudonym=pseudonym).update(goals=[{"course": 7}])


def command(*args: str) -> str:
    said = io.StringIO()
    call_command("build_programs", *args, stdout=io.StringIO(), stderr=said)
    return said.getvalue()


def test_learners_come_in_ranges_whatever_gaps_their_ids_have(learners: list[int]) -> None:
    Row.objects.filter(id__in=learners[1:4]).delete()
    expected = [(1, learners[7], 5), (learners[7] + 1, learners[9], 2)]
    assert list_id_ranges(5) == expected
    assert list_id_ranges(7) == [(1, learners[9], 7)]


def test_a_run_is_done_when_its_last_chunk_is(learners: list[int]) -> None:
    run = carried_out(started(), 2)
    assert (run.state, get_progress(run.pk).done) == ("running", 8)
    run = carried_out(run)
    progress = get_progress(run.pk)
    assert (run.state, run.finished_at) == ("done", NOW)
    assert (progress.total, progress.done, progress.changed, progress.failed) == (10, 10, 10, 0)


def test_a_chunk_done_twice_changes_nothing(learners: list[int]) -> None:
    run = started()
    first = next(iter_waiting_chunks(run.pk))
    for _ in range(2):
        perform_chunk(first, world(), at=NOW)
    assert get_progress(run.pk).changed == 4
    assert [len(list_versions(learner)) for learner in learners] == [1] * 4 + [0] * 6


def test_a_run_that_goes_on_is_gone_on_with_and_not_begun_again(learners: list[int]) -> None:
    run = carried_out(started(), 1)
    assert started().pk == run.pk
    assert BuildChunk.objects.count() == 3


def test_a_run_with_another_objective_ends_the_one_that_goes_on(learners: list[int]) -> None:
    first, second = started(), started("minutes")
    assert BuildRun.objects.get(pk=first.pk).state == "outdated"
    carried_out(second)
    current = find_current(learners[0])
    assert current is not None
    assert current.stored.objective == "minutes"


def test_a_chunk_of_a_release_that_is_not_current_any_more_builds_nothing(
    learners: list[int], release: ReleaseInfo
) -> None:
    run = started()
    publish_release(small_curriculum(programmes=()), parent=release.id, actor="designer", note="second", at=NOW)
    assert carried_out(run, 1).state == "outdated"
    assert count_by_status()["complete"] == 0


def test_a_cancelled_run_builds_nothing_more_and_undoes_nothing(learners: list[int]) -> None:
    run = carried_out(started(), 1)
    cancel_run(run.pk, at=NOW)
    assert carried_out(run).state == "cancelled"
    assert count_by_status()["complete"] == 4


def test_a_learner_whose_state_is_damaged_fails_alone_and_is_named(learners: list[int]) -> None:
    damage("l05")
    run = carried_out(started())
    progress = get_progress(run.pk)
    assert (run.state, progress.changed, progress.failed) == ("done", LEARNERS - 1, 1)
    assert [(failed.learner, failed.code) for failed in list_failed(run.pk)] == [("l05", "ValidationError")]


def test_failed_chunks_are_tried_again_and_the_rest_of_them_is_passed_over(learners: list[int]) -> None:
    damage("l05")
    run = carried_out(started())
    Row.objects.filter(pseudonym="l05").update(goals=[])
    retry_failed(run.pk, at=NOW)
    assert get_progress(run.pk).done == 6
    run = carried_out(run)
    assert (run.state, list_failed(run.pk), get_progress(run.pk).failed) == ("done", [], 0)
    assert {len(list_versions(learner)) for learner in learners} == {1}


def test_a_chunk_over_which_workers_were_lost_again_and_again_is_given_up(learners: list[int]) -> None:
    run = started()
    first = next(iter_waiting_chunks(run.pk))
    BuildChunk.objects.filter(pk=first).update(attempts=runs.ATTEMPTS)
    carried_out(run)
    assert [(failed.learner, failed.code) for failed in list_failed(run.pk)] == [("", "worker_lost")]
    assert get_progress(run.pk).failed == 4


def test_a_database_that_is_away_leaves_the_chunk_as_it_was(
    learners: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started()

    def gone(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(World, "plan_many", gone)
    with pytest.raises(DatabaseError):
        carried_out(run, 1)
    assert len(list(iter_waiting_chunks(run.pk))) == 3


def test_a_run_for_nobody_is_done_at_once(release: ReleaseInfo) -> None:
    assert get_progress(started().pk).is_finished


def test_a_run_of_which_nothing_is_heard_is_silent_until_it_is_handed_out_again(learners: list[int]) -> None:
    progress = get_progress(started().pk)
    late = NOW + timedelta(minutes=6)
    assert (progress.is_silent(NOW), progress.is_silent(late)) == (False, True)
    runs.resume_run(progress.run.pk, at=late)
    assert not get_progress(progress.run.pk).is_silent(late)


def test_the_command_goes_on_with_what_is_left(learners: list[int]) -> None:
    run = carried_out(started(), 2)
    assert "8, " not in command("--resume").splitlines()[-1]
    assert BuildRun.objects.get().pk == run.pk
    assert get_progress(run.pk).changed == LEARNERS


def test_the_command_says_that_there_is_nothing_to_go_on_with(learners: list[int]) -> None:
    command()
    with pytest.raises(CommandError):
        command("--resume")


def test_the_command_names_who_failed_and_ends_with_an_error(learners: list[int]) -> None:
    damage("l05")
    said = io.StringIO()
    with pytest.raises(CommandError, match="1"):
        call_command("build_programs", stdout=io.StringIO(), stderr=said)
    assert "l05: ValidationError: " in said.getvalue()
    assert count_by_status()["complete"] == LEARNERS - 1
