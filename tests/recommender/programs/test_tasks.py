from datetime import UTC, datetime
from typing import Any

import pytest

from curriculum_graph.releases.api import ReleaseInfo
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import get_learner, put_learner
from recommender.programs.api import find_current, list_versions, program_changed
from recommender.programs.tasks import build

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def learner(release: ReleaseInfo) -> int:
    put_learner(Learner(learner="a", goals=(LearnerGoal(course="basics"),)), at=NOW)
    return get_learner("a").id


def test_a_job_that_runs_twice_builds_once(learner: int) -> None:
    build([learner])
    build([learner])
    assert len(list_versions(learner)) == 1


def test_another_profile_with_the_same_program_is_not_another_version(learner: int) -> None:
    build([learner])
    put_learner(Learner(learner="a", industries=("agriculture",), goals=(LearnerGoal(course="basics"),)), at=NOW)
    build([learner])
    assert len(list_versions(learner)) == 1


def test_a_learner_who_is_gone_is_passed_over(learner: int) -> None:
    build([learner, learner + 1])
    assert find_current(learner) is not None


def test_the_layers_above_are_told_once_of_programs_that_changed(
    learner: int, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[tuple[str, ...]] = []

    def receive(learners: tuple[str, ...], **_: Any) -> None:
        told.append(learners)

    program_changed.connect(receive)
    try:
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                build([learner])
    finally:
        program_changed.disconnect(receive)
    assert told == [("a",)]
