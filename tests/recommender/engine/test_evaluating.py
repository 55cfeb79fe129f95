"""Metrics of a ranking."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.evaluating import comparison, gains, interval, rank_of
from recommender.engine.ranking import best

NOTHING = np.zeros(0, dtype=np.int32)


def test_the_best_course_has_rank_zero() -> None:
    assert rank_of(np.array([0.1, 0.9]), 1, NOTHING) == 0


def test_courses_taken_do_not_stand_in_the_way() -> None:
    assert rank_of(np.array([0.9, 0.8, 0.1]), 2, np.array([0, 1], dtype=np.int32)) == 0


def test_among_equals_the_right_one_is_in_the_middle() -> None:
    assert rank_of(np.zeros(5), 2, NOTHING) == 2


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.data())
def test_rank_agrees_with_counting(scores: list[int], data: st.DataObject) -> None:
    course = data.draw(st.integers(0, len(scores) - 1))
    taken = data.draw(st.sets(st.integers(0, len(scores) - 1).filter(lambda i: i != course)))
    others = [s for i, s in enumerate(scores) if i != course and i not in taken]
    expected = sum(s > scores[course] for s in others) + sum(s == scores[course] for s in others) / 2
    assert rank_of(np.array(scores, dtype=float), course, np.array(sorted(taken), dtype=np.int32)) == expected


def test_a_hit_counts_within_the_first_ten_only() -> None:
    assert gains(np.array([0.0, 9.0, 9.5, 10.0]), "hr").tolist() == [1, 1, 1, 0]


def test_ndcg_discounts_by_the_logarithm_of_the_place() -> None:
    assert gains(np.array([1.0]), "ndcg")[0] == pytest.approx(1 / np.log2(3))


def test_the_interval_holds_the_mean_and_narrows_with_more_choices() -> None:
    values = np.tile([0.0, 1.0], 200)
    few, many = interval(values[:20], 0), interval(values, 0)
    assert few.low < many.low < 0.5 < many.high < few.high


def test_without_choices_the_interval_is_nothing() -> None:
    assert interval(np.zeros(0), 0).high == 0


def test_a_model_gains_nothing_over_itself() -> None:
    ranks = {"popularity": np.array([0.0, 5.0]), "other": np.array([0.0, 0.0])}
    told = comparison(ranks, "popularity", 0)
    assert told["popularity"]["gain"] == {"mean": 0, "low": 0, "high": 0}
    assert told["other"]["gain"]["mean"] > 0


def test_the_best_are_listed_first_ties_by_code_without_those_taken() -> None:
    relevance = np.array([0.5, 0.9, 0.5, 0.7])
    assert best(relevance, ("a", "b", "c", "d"), {"b"}, 2) == [("d", 0.7), ("a", 0.5)]


def test_fewer_are_listed_where_fewer_are_left() -> None:
    assert best(np.array([0.5, 0.9]), ("a", "b"), {"a"}, 10) == [("b", 0.9)]
