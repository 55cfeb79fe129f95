"""From interactions to the model that is served."""

from functools import cache

import msgspec
import numpy as np
import pytest

from recommender.engine.learner import Learner
from recommender.engine.learning import Learnt, Step, chosen, learn
from recommender.engine.models.blend import Blend, Choices, Weights, calibrated, fit_weights
from recommender.engine.scoring import ModelScorer
from tests.recommender.engine.two_worlds import QUICK, events, learners, noise, world

pytestmark = pytest.mark.xdist_group("learning")
WORLD = world(400)


def learn_again() -> Learnt:
    return learn(WORLD.interactions, WORLD.learners, WORLD.courses, QUICK)


learnt_once = cache(learn_again)


@cache
def scorer() -> ModelScorer:
    return ModelScorer("m", learnt_once().blend, WORLD.trees)


def test_where_worlds_are_apart_the_blend_is_served() -> None:
    assert (learnt_once().served, learnt_once().report["reason"]) == ("blend", "better")


def test_the_report_compares_every_model_on_both_splits() -> None:
    for split in ("by_time", "leave_last_out"):
        assert set(learnt_once().report["splits"][split]["models"]) == {
            "popularity", "hybrid", "neighbours", "content", "blend",
        }  # fmt: skip


def test_the_report_is_plain_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(learnt_once().report)) == learnt_once().report


def test_the_same_data_and_seed_give_the_same_model() -> None:
    again = learn_again()
    assert again.report == learnt_once().report
    assert again.blend.summary() == learnt_once().blend.summary()


def test_noise_beats_nothing_and_popularity_is_served() -> None:
    source = world(400, noise())
    learnt = learn(source.interactions, source.learners, source.courses, QUICK)
    assert learnt.served == "popularity"
    assert [ranker.name for ranker in learnt.blend.rankers] == ["popularity"]


def test_too_little_to_tell_serves_popularity() -> None:
    source = world(6)
    learnt = learn(source.interactions, source.learners, source.courses, QUICK)
    assert (learnt.served, learnt.report["reason"]) == ("popularity", "too_few_choices")
    assert np.isfinite(learnt.blend.relevance((), np.zeros(0, dtype=np.int32))).all()


def test_every_step_is_told_in_order() -> None:
    steps: list[Step] = []
    source = world(400)
    learn(source.interactions, source.learners, source.courses, QUICK, steps.append)
    assert steps == ["fit_by_time", "fit_leave_last_out", "judge_by_time", "judge_leave_last_out", "fit_all"]


@pytest.mark.parametrize(
    ("time", "last", "expected"),
    [
        ((0.01, 0.02), (0.01, 0.02), ("blend", "better")),
        ((-0.01, 0.02), (0.01, 0.02), ("popularity", "not_better")),
        ((0.01, 0.02), (-0.02, -0.01), ("popularity", "worse_elsewhere")),
        ((0.01, 0.02), (-0.02, 0.01), ("blend", "better")),
        ((0.01, 0.02), None, ("blend", "better")),
        (None, (0.01, 0.02), ("blend", "better")),
        (None, None, ("popularity", "too_few_choices")),
    ],
)
def test_the_rule_of_promotion(
    time: tuple[float, float] | None, last: tuple[float, float] | None, expected: tuple[str, str]
) -> None:
    splits = {
        name: {"choices": 500, "models": {"blend": {"gain": {"low": gain[0], "high": gain[1]}}}}
        for name, gain in (("by_time", time), ("leave_last_out", last))
        if gain is not None
    }
    assert chosen(splits) == expected


@pytest.mark.parametrize("learner", [Learner(learner="new"), learners(2)[1]], ids=["unknown", "clerk"])
def test_relevance_lies_between_nothing_and_one(learner: Learner) -> None:
    relevance = scorer().relevance(learner, ())
    assert relevance.dtype == np.float64
    assert relevance.shape == (len(WORLD.courses.rows),)
    assert np.all((relevance >= 0) & (relevance <= 1))


def test_relevance_keeps_the_order_of_the_scores() -> None:
    history = np.array([3, 4], dtype=np.int32)
    scores, relevance = (
        f(("audience:clerk",), history) for f in (learnt_once().blend.scores, learnt_once().blend.relevance)
    )
    assert np.all(np.diff(relevance[np.argsort(scores)]) >= 0)


def test_a_farmer_is_led_to_farming_and_a_clerk_to_the_office() -> None:
    farming = np.array([code.startswith("farmer") for code in WORLD.courses.rows])
    farmer, clerk = (scorer().relevance(learner, ()) for learner in learners(2))
    assert farmer[farming].min() > farmer[~farming].max()
    assert clerk[~farming].min() > clerk[farming].max()


def test_courses_of_events_and_of_the_document_count_alike() -> None:
    own = [event for event in events() if event.learner == "l0000"]
    told = Learner(learner="l0000", completed=tuple(event.course or "" for event in own))
    np.testing.assert_allclose(scorer().relevance(Learner(learner="l0000"), own), scorer().relevance(told, ()))


def test_courses_that_the_release_does_not_know_change_nothing() -> None:
    known = scorer().relevance(Learner(learner="l"), ())
    np.testing.assert_array_equal(scorer().relevance(Learner(learner="l", completed=("gone",)), ()), known)


def test_weights_find_the_term_by_which_choices_were_made() -> None:
    rng = np.random.default_rng(0)
    terms = rng.normal(size=(400, 21, 2))
    best = terms[:, :, 1].argmax(axis=1)
    rows = np.arange(400)
    terms[rows, 0], terms[rows, best] = terms[rows, best].copy(), terms[rows, 0].copy()
    found = fit_weights(Choices(terms, np.zeros((400, 21)))).weights
    assert found[1] > 10 * max(found[0], 0.01)


def test_relevance_is_calibrated_against_a_random_course() -> None:
    """Choices drawn from the model itself: of pairs with a relevance near r, the chosen one makes up a share of r."""
    rng = np.random.default_rng(0)
    score = rng.normal(size=(4000, 51))
    chance = np.exp(score) / np.exp(score).sum(axis=1, keepdims=True)
    picked = np.array([rng.choice(51, p=p) for p in chance])
    rows = np.arange(4000)
    score[rows, 0], score[rows, picked] = score[rows, picked].copy(), score[rows, 0].copy()
    found = calibrated(Choices(score[:, :, None], np.zeros((4000, 51))), np.ones(1))
    assert found.slope == pytest.approx(1, abs=0.1)
    assert found.offset == pytest.approx(0, abs=0.1)


def test_a_blend_without_anything_learnt_still_answers() -> None:
    source = world(4)
    rankers = [ranker.fit(source.interactions, source.learners, source.courses) for ranker in QUICK.rankers()]
    plain = Weights(np.ones(sum(len(ranker.terms) for ranker in rankers)))
    assert np.isfinite(Blend(rankers, plain, plain).relevance((), np.zeros(0, dtype=np.int32))).all()
