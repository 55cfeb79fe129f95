"""Choices held back from the model."""

import numpy as np
import pytest

from recommender.engine.splitting import Held, Split, by_time, leave_last_out
from tests.recommender.engine.two_worlds import world

INTERACTIONS = world(80).interactions


def pairs(split: Split) -> set[tuple[int, int]]:
    return set(zip(split.train.learner.tolist(), split.train.course.tolist(), strict=True))


def held(split: Split) -> list[Held]:
    return [*split.tune, *split.test]


SPLITS = {"last": leave_last_out(INTERACTIONS, 1000, 1), "time": by_time(INTERACTIONS, 0.2, 1000, 1)}
both = pytest.mark.parametrize("split", SPLITS.values(), ids=SPLITS)


@both
def test_no_choice_is_seen_in_training(split: Split) -> None:
    assert held(split)
    assert not {(h.learner, h.course) for h in held(split)} & pairs(split)


@both
def test_all_of_a_choices_history_is_seen_in_training(split: Split) -> None:
    assert all((h.learner, int(course)) in pairs(split) for h in held(split) for course in h.history)


@both
def test_no_learner_both_tunes_and_tests(split: Split) -> None:
    assert not {h.learner for h in split.tune} & {h.learner for h in split.test}


def test_the_last_course_of_each_learner_is_held_back() -> None:
    pointers = INTERACTIONS.pointers()
    for h in held(SPLITS["last"]):
        assert h.course == INTERACTIONS.course[pointers[h.learner + 1] - 1]
        assert len(h.history) == 4


def test_nothing_from_the_cut_on_is_seen() -> None:
    split = SPLITS["time"]
    assert split.cut is not None
    assert np.all(split.train.at < split.cut)


def test_split_by_time_asks_for_the_first_course_after_the_cut() -> None:
    split = SPLITS["time"]
    assert split.cut is not None
    after = INTERACTIONS.at >= split.cut
    for h in held(split):
        assert h.course == INTERACTIONS.course[after & (INTERACTIONS.learner == h.learner)][0]


def test_split_by_time_asks_for_learners_of_whom_nothing_was_known() -> None:
    early = by_time(INTERACTIONS, 0.95, 1000, 1)
    assert any(len(h.history) == 0 for h in held(early))


def test_no_more_choices_are_held_back_than_asked_for() -> None:
    assert len(held(leave_last_out(INTERACTIONS, 10, 0))) == len(held(by_time(INTERACTIONS, 0.5, 10, 0))) == 10


def test_without_interactions_nothing_is_held_back() -> None:
    nothing = INTERACTIONS.where(np.zeros(len(INTERACTIONS.at), dtype=bool))
    assert held(leave_last_out(nothing, 10, 0)) == held(by_time(nothing, 0.1, 10, 0)) == []
