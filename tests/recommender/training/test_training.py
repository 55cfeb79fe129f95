"""Training, keeping and serving."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum_graph.releases.api import ReleaseInfo
from recommender.engine.learner import Event, Learner
from recommender.engine.storing import ModelUnreadable, load_manifest, load_model, save_model
from recommender.learners.api import put_learners, record_events
from recommender.training import actions
from recommender.training.actions import promote, retire, roll_back, train_model
from recommender.training.models import ModelVersion, Promotion
from recommender.training.selectors import find_current_version, get_version, list_versions
from recommender.training.serving import find_scorer, get_scorer
from recommender.training.sources import material_for
from recommender.training.values import NoSuchVersion, NothingToLearn, Trained
from tests.recommender.engine import two_worlds
from tests.recommender.training.conftest import COUNT, NOW, publish, train

pytestmark = pytest.mark.xdist_group("training")
CLERK = two_worlds.learners(2)[1]


def damage(data_root: Path, version: str) -> None:
    (data_root / "models" / version / "hybrid.vectors.npy").write_bytes(b"not an array")


def one_more(trained: Trained, days: int) -> Trained:
    """Keep the same model as a version that was trained some days later, without learning it again."""
    blend, trees, _manifest = load_model(actions.models_root() / trained.version.id)
    row = ModelVersion.objects.get(id=trained.version.id)
    row.id = save_model(blend, trees, actions.models_root(), {"days": days})
    row.trained_at += timedelta(days=days)
    promoted = actions._register(row, actor="operator", at=row.trained_at)
    return Trained(get_version(row.id), changed=True, promoted=promoted)


def test_what_is_better_than_popularity_is_served(trained: Trained) -> None:
    version = trained.version
    assert (version.served, version.is_current, trained.promoted) == ("blend", True, True)
    assert version.metrics["blend"]["gain"]["low"] > 0


def test_the_version_says_what_it_was_trained_on(trained: Trained, happened: list[Event]) -> None:
    version = trained.version
    assert (version.interaction_count, version.learner_count) == (len(happened), COUNT)
    assert version.window_from.isoformat() == min(event.at for event in happened)
    assert version.window_to.isoformat() == max(event.at for event in happened)


def test_the_manifest_names_data_release_seed_libraries_and_metrics(trained: Trained, data_root: Path) -> None:
    manifest = load_manifest(data_root / "models" / trained.version.id)
    assert manifest["release"] == trained.version.release
    assert manifest["parameters"]["seed"] == 0
    assert set(manifest["libraries"]) == {"lightfm-next", "numpy", "scipy", "machine"}
    assert manifest["report"] == trained.version.report
    assert len(manifest["window"]) == 2


def test_nothing_new_trains_nothing(trained: Trained, release: ReleaseInfo) -> None:
    again = train(release)
    assert (again.changed, again.version.id) == (False, trained.version.id)
    assert Promotion.objects.count() == 1


def test_training_the_same_by_force_gives_the_same_model(trained: Trained, release: ReleaseInfo) -> None:
    again = train(release, force=True)
    assert (again.changed, again.promoted, again.version.id) == (True, False, trained.version.id)


def test_one_more_event_trains_again(trained: Trained, release: ReleaseInfo) -> None:
    record_events([Event(id="new", learner="l0000", verb="enrolled", at=NOW.isoformat(), course="clerk-03")], at=NOW)
    assert train(release).changed


def test_a_learner_who_says_more_trains_again(trained: Trained, release: ReleaseInfo) -> None:
    put_learners([Learner(learner="l0002", audiences=("farmer",))], at=NOW)
    assert train(release).changed


def test_another_seed_trains_again(trained: Trained, release: ReleaseInfo) -> None:
    other = train_model(release.id, replace(two_worlds.QUICK, seed=1), actor="operator", at=NOW)
    assert other.changed
    assert other.version.id != trained.version.id


def test_a_damaged_model_is_trained_again(trained: Trained, release: ReleaseInfo, data_root: Path) -> None:
    damage(data_root, trained.version.id)
    assert train(release).version.id == trained.version.id
    assert get_scorer(release.id) is not None


def test_without_events_there_is_nothing_to_learn(release: ReleaseInfo) -> None:
    with pytest.raises(NothingToLearn):
        train(release)
    assert find_scorer(release.id) is None
    assert not ModelVersion.objects.exists()


def test_few_events_serve_popularity(release: ReleaseInfo) -> None:
    record_events(two_worlds.events(5), at=NOW)
    version = train(release).version
    assert (version.served, version.reason, version.is_current) == ("popularity", "too_few_choices", True)
    scorer = get_scorer(release.id)
    assert scorer is not None
    assert scorer.relevance(CLERK, ()).shape == (40,)


def test_queries_do_not_grow_with_events(release: ReleaseInfo) -> None:
    def queries(count: int) -> int:
        put_learners(two_worlds.learners(count), at=NOW)
        record_events(two_worlds.events(count), at=NOW)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            material_for(release.id)
        return len(captured)

    assert queries(10) == queries(60)


def test_no_model_names_a_learner(trained: Trained, data_root: Path) -> None:
    for path in (data_root / "models" / trained.version.id).iterdir():
        assert b"l0001" not in path.read_bytes()


class TestServing:
    def test_relevance_is_aligned_with_the_release(self, trained: Trained, release: ReleaseInfo) -> None:
        scorer = get_scorer(release.id)
        assert scorer is not None
        assert scorer.course_codes == tuple(sorted(course.code for course in two_worlds.snapshot().courses))
        assert scorer.model == trained.version.id
        relevance = scorer.relevance(CLERK, ())
        assert np.min(relevance[:20]) > np.max(relevance[20:])

    def test_asking_again_costs_one_query(self, trained: Trained, release: ReleaseInfo) -> None:
        find_scorer(release.id)
        with CaptureQueriesContext(connection) as captured:
            find_scorer(release.id)
        assert len(captured) == 1

    def test_asking_again_gives_the_same_object(self, trained: Trained, release: ReleaseInfo) -> None:
        assert find_scorer(release.id) is find_scorer(release.id)

    def test_another_release_gets_the_same_model_aligned(self, trained: Trained, release: ReleaseInfo) -> None:
        other = publish(two_worlds.snapshot(22), parent=release.id)
        scorer = get_scorer(other.id)
        assert scorer is not None
        assert (scorer.model, len(scorer.course_codes)) == (trained.version.id, 44)
        relevance = scorer.relevance(CLERK, ())
        assert np.min(relevance[20:22]) > np.max(relevance[42:44])

    def test_a_damaged_alignment_is_made_again(self, trained: Trained, release: ReleaseInfo, data_root: Path) -> None:
        other = publish(two_worlds.snapshot(22), parent=release.id)
        assert get_scorer(other.id)
        from recommender.training import serving

        serving._bound.cache_clear()
        next((data_root / "scorers").rglob("names.json")).write_text("{}")
        assert get_scorer(other.id)

    def test_a_damaged_model_is_not_served_and_does_not_stop_learners(
        self, trained: Trained, release: ReleaseInfo, data_root: Path
    ) -> None:
        damage(data_root, trained.version.id)
        with pytest.raises(ModelUnreadable, match=r"hybrid\.vectors\.npy"):
            get_scorer(release.id)
        assert find_scorer(release.id) is None

    def test_a_lost_model_is_not_served_and_does_not_stop_learners(
        self, trained: Trained, release: ReleaseInfo, data_root: Path
    ) -> None:
        (data_root / "models" / trained.version.id).rename(data_root / "elsewhere")
        assert find_scorer(release.id) is None


class TestPromotion:
    @pytest.fixture
    def second(self, trained: Trained) -> Trained:
        return one_more(trained, days=1)

    def test_the_newer_one_is_taken_up_at_once(self, trained: Trained, release: ReleaseInfo) -> None:
        before = get_scorer(release.id)
        newer = one_more(trained, days=1)
        after = get_scorer(release.id)
        assert before and after
        assert (before.model, after.model) == (trained.version.id, newer.version.id)

    def test_rolling_back_serves_the_one_before(self, trained: Trained, second: Trained) -> None:
        back = roll_back(actor="operator", at=NOW)
        assert back is not None
        assert back.id == trained.version.id
        assert find_current_version() == get_version(trained.version.id)

    def test_rolling_back_the_first_serves_none(self, trained: Trained, release: ReleaseInfo) -> None:
        assert roll_back(actor="operator", at=NOW) is None
        assert find_scorer(release.id) is None

    def test_every_change_is_in_the_log(self, trained: Trained, second: Trained) -> None:
        roll_back(actor="minh", at=NOW, note="worse in the south")
        retire(actor="lan", at=NOW)
        log = Promotion.objects.order_by("id").values_list("version_id", "promoted_by", "automatic", "note")
        first, other = trained.version.id, second.version.id
        assert list(log) == [
            (first, "operator", True, ""), (other, "operator", True, ""),
            (first, "minh", False, "worse in the south"), (None, "lan", False, ""),
        ]  # fmt: skip

    def test_serving_what_is_served_changes_nothing(self, trained: Trained) -> None:
        promote(trained.version.short, actor="minh", at=NOW)
        assert Promotion.objects.count() == 1

    def test_a_persons_choice_stands_when_training_goes_on(self, trained: Trained, second: Trained) -> None:
        promote(trained.version.id, actor="minh", at=NOW)
        third = one_more(trained, days=2)
        assert (third.promoted, third.version.is_current) == (False, False)

    def test_choosing_the_newest_gives_the_choice_back_to_the_rule(self, trained: Trained, second: Trained) -> None:
        retire(actor="minh", at=NOW)
        promote(second.version.id, actor="minh", at=NOW)
        third = one_more(trained, days=2)
        assert third.promoted

    def test_a_damaged_version_cannot_be_promoted(self, trained: Trained, second: Trained, data_root: Path) -> None:
        damage(data_root, trained.version.id)
        with pytest.raises(ModelUnreadable):
            promote(trained.version.id, actor="minh", at=NOW)
        assert find_current_version() == get_version(second.version.id)

    @pytest.mark.parametrize("name", ["", "abc", "zzzz"])
    def test_what_no_version_is_called_is_refused(self, trained: Trained, name: str) -> None:
        with pytest.raises(NoSuchVersion):
            promote(name, actor="minh", at=NOW)

    def test_listing_versions_costs_the_same_however_many_there_are(self, trained: Trained, second: Trained) -> None:
        with CaptureQueriesContext(connection) as captured:
            assert [version.id for version in list_versions()] == [second.version.id, trained.version.id]
        assert len(captured) == 3
