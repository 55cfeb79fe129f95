"""What every ranker does, on data with a known answer."""

import inspect
from functools import cache

import numpy as np
import pytest

from recommender.engine.features import CourseTable, course_table
from recommender.engine.models.popularity import Popularity, Trending
from recommender.engine.models.ranker import Ranker
from recommender.engine.storing import RANKERS
from tests.recommender.engine.two_worlds import WORLDS, World, snapshot, world

pytestmark = pytest.mark.xdist_group("learning")
PERSONAL = [name for name in RANKERS if name != "trending"]
NOTHING = np.zeros(0, dtype=np.int32)


@cache
def the_world() -> World:
    return world()


@cache
def fitted(name: str) -> Ranker:
    w = the_world()
    return RANKERS[name]().fit(w.interactions, w.learners, w.courses)


def of_world(courses: CourseTable, name: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([code.startswith(name) for code in courses.rows])


def history_of(name: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.flatnonzero(of_world(the_world().courses, name))[[2, 5, 9]].astype(np.int32)


every_ranker = pytest.mark.parametrize("name", RANKERS)


@every_ranker
def test_terms_are_finite_numbers_one_a_course(name: str) -> None:
    for history in (NOTHING, history_of("clerk")):
        terms = fitted(name).score_terms(("audience:clerk",), history)
        assert terms.shape == (len(RANKERS[name].terms), len(the_world().courses.rows))
        assert np.isfinite(terms).all()


@every_ranker
def test_scores_are_the_sum_of_the_terms(name: str) -> None:
    ranker, asked = fitted(name), (("audience:clerk",), history_of("clerk"))
    np.testing.assert_allclose(ranker.scores(*asked), ranker.score_terms(*asked).sum(axis=0))


@every_ranker
def test_fitting_the_same_again_gives_the_same_bytes(name: str) -> None:
    w = the_world()
    again = RANKERS[name]().fit(w.interactions, w.learners, w.courses).state().arrays
    first = fitted(name).state().arrays
    assert {key: array.tobytes() for key, array in again.items()} == {k: a.tobytes() for k, a in first.items()}


@every_ranker
def test_asking_changes_nothing(name: str) -> None:
    asked = (("audience:farmer",), history_of("farmer"))
    first = fitted(name).scores(*asked)
    fitted(name).scores((), NOTHING)[:] = 7
    np.testing.assert_array_equal(fitted(name).scores(*asked), first)


@every_ranker
def test_features_that_nobody_had_are_passed_over(name: str) -> None:
    ranker = fitted(name)
    np.testing.assert_array_equal(ranker.scores(("audience:pilot", "odd"), NOTHING), ranker.scores((), NOTHING))


@every_ranker
def test_what_is_kept_gives_the_same_scores(name: str) -> None:
    ranker = fitted(name)
    kept = type(ranker)(**ranker.parameters()).restore(ranker.course_codes_, ranker.state())
    asked = (("audience:clerk", "region:hill"), history_of("clerk"))
    np.testing.assert_allclose(kept.scores(*asked), ranker.scores(*asked), rtol=1e-6)


@every_ranker
def test_the_constructor_stores_what_it_is_given_and_nothing_else(name: str) -> None:
    assert set(vars(RANKERS[name]())) == set(inspect.signature(RANKERS[name]).parameters)


@every_ranker
def test_what_fitting_adds_ends_in_an_underscore(name: str) -> None:
    added = set(vars(fitted(name))) - set(inspect.signature(RANKERS[name]).parameters)
    assert all(attribute.endswith("_") for attribute in added)


@every_ranker
def test_aligned_with_its_own_release_it_scores_the_same(name: str) -> None:
    ranker, asked = fitted(name), (("audience:clerk",), history_of("clerk"))
    np.testing.assert_allclose(ranker.aligned(the_world().courses).scores(*asked), ranker.scores(*asked), rtol=1e-5)


@every_ranker
def test_aligned_with_a_larger_release_it_scores_the_courses_it_knew_in_the_same_order(name: str) -> None:
    larger = course_table(snapshot(25))
    moved = fitted(name).aligned(larger)
    where = [larger.rows.index(code) for code in the_world().courses.rows]
    if name == "content":  # weighs features by the release's own courses
        return
    before = fitted(name).scores(("audience:clerk",), NOTHING)
    after = moved.scores(("audience:clerk",), NOTHING)
    assert after.shape == (50,)
    np.testing.assert_array_equal(np.argsort(-before, kind="stable"), np.argsort(-after[where], kind="stable"))


@every_ranker
def test_aligned_with_a_smaller_release_it_answers_for_its_courses_alone(name: str) -> None:
    smaller = course_table(snapshot(3))
    terms = fitted(name).aligned(smaller).score_terms(("audience:clerk",), np.array([0, 4], dtype=np.int32))
    assert terms.shape[1] == 6
    assert np.isfinite(terms).all()


@every_ranker
def test_it_learns_from_one_interaction(name: str) -> None:
    w = the_world()
    one = w.interactions.where(np.arange(len(w.interactions.at)) == 0)
    assert np.isfinite(RANKERS[name]().fit(one, w.learners, w.courses).scores((), NOTHING)).all()


@pytest.mark.parametrize("name", PERSONAL)
@pytest.mark.parametrize("who", WORLDS)
def test_each_learner_is_led_into_their_own_world(name: str, who: str) -> None:
    own = of_world(the_world().courses, who)
    scores = fitted(name).scores((f"audience:{who}", "audience:people"), history_of(who))
    above = (scores[own][:, None] > scores[~own][None, :]).mean()
    assert above > 0.9


@pytest.mark.parametrize("name", ["popularity", "hybrid", "targeting"])
def test_a_cold_learner_is_led_by_their_audience(name: str) -> None:
    own = of_world(the_world().courses, "farmer")
    scores = fitted(name).scores(("audience:farmer",), NOTHING)
    assert scores[own].mean() > scores[~own].mean()


@pytest.mark.parametrize("name", ["hybrid", "content"])
def test_a_course_new_to_the_release_goes_by_its_features(name: str) -> None:
    larger = course_table(snapshot(21))
    new = {who: larger.rows.index(f"{who}-20") for who in WORLDS}
    taken = np.array([larger.rows.index(f"farmer-{n:02}") for n in (2, 5, 9)], dtype=np.int32)
    scores = fitted(name).aligned(larger).scores(("audience:farmer",), taken)
    assert scores[new["farmer"]] > scores[new["clerk"]]


def test_trending_prefers_what_is_taken_now() -> None:
    w = the_world()
    scores = fitted("trending").scores((), NOTHING)
    late = Trending(half_life_days=1).fit(w.interactions, w.learners, w.courses).scores((), NOTHING)
    newest = w.interactions.course[np.argmax(w.interactions.at)]
    assert (late > late[newest]).sum() <= (scores > scores[newest]).sum()


def test_a_small_group_hardly_moves_popularity() -> None:
    w = the_world()
    few = w.interactions.where(w.interactions.learner < 2)
    ranker = Popularity(prior=1e9).fit(few, w.learners, w.courses)
    np.testing.assert_allclose(ranker.scores(("audience:clerk",), NOTHING), ranker.scores((), NOTHING), atol=1e-6)


def test_a_course_is_ready_once_what_it_requires_is_taken() -> None:
    codes = the_world().courses.rows
    first, second = codes.index("clerk-00"), codes.index("clerk-01")
    ready, continues = fitted("targeting").score_terms((), NOTHING)[2:]
    assert (ready[first], ready[second], continues[second]) == (1, 0, 0)
    ready, continues = fitted("targeting").score_terms((), np.array([first], dtype=np.int32))[2:]
    assert (ready[second], continues[second], continues[first]) == (1, 1, 0)


def test_no_model_keeps_anything_of_a_single_learner() -> None:
    names = set(the_world().interactions.learners)
    for ranker in map(fitted, RANKERS):
        state = ranker.state()
        assert not names & {name for listed in state.names.values() for name in listed}
        assert all(len(names) not in array.shape for array in state.arrays.values())
