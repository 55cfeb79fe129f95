"""train, promote_model and rank_courses, as people call them."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from curriculum_graph.releases.api import ReleaseInfo
from recommender.engine.learner import Event
from recommender.training.values import Trained
from tests.recommender.engine import two_worlds
from tests.recommender.training.conftest import publish, train

pytestmark = pytest.mark.xdist_group("training")


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def ranked(folder: Path, *learners: dict[str, Any], top: int = 5) -> list[dict[str, Any]]:
    source, target = folder / "learners.jsonl", folder / "ranked.jsonl"
    source.write_text("".join(f"{json.dumps(learner)}\n" for learner in learners))
    run("rank_courses", "--learners", str(source), "--top", str(top), "--out", str(target))
    return [json.loads(line) for line in target.read_text().splitlines()]


@pytest.mark.django_db
def test_train_reports_each_model_and_says_what_is_served(happened: list[Event]) -> None:
    out, err = run("train", "--epochs", "3")
    assert out.count("NDCG@10") == 10
    assert len(err.splitlines()) == 7


@pytest.mark.django_db
def test_train_a_second_time_says_unchanged(happened: list[Event]) -> None:
    run("train", "--epochs", "3")
    again, _ = run("train", "--epochs", "3")
    assert len(again.splitlines()) == 1
    assert "NDCG" not in again


@pytest.mark.django_db
def test_train_in_the_background_runs_the_same_job(happened: list[Event]) -> None:
    run("train", "--epochs", "3", "--background")
    assert len(run("promote_model", "--list")[0].splitlines()) == 1


@pytest.mark.django_db
def test_train_without_a_release_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="publish_release"):
        run("train")


@pytest.mark.django_db
def test_train_without_events_says_what_to_do(release: ReleaseInfo) -> None:
    with pytest.raises(CommandError, match="import_events"):
        run("train")


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [("--epochs", "0"), ("--release", "ffff")])
def test_train_refuses_what_makes_no_sense(release: ReleaseInfo, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("train", *arguments)


def test_promote_model_goes_back_and_forth(trained: Trained) -> None:
    run("promote_model", "--none")
    assert not run("promote_model", "--list")[0].startswith("*")
    run("promote_model", trained.version.short)
    assert run("promote_model", "--list")[0].startswith(f"* {trained.version.short}")


def test_rank_courses_lists_the_best_first(trained: Trained, tmp_path: Path) -> None:
    (line,) = ranked(tmp_path, {"learner": "new", "audiences": ["clerk"]})
    relevances = [course["relevance"] for course in line["courses"]]
    assert line["learner"] == "new"
    assert relevances == sorted(relevances, reverse=True)
    assert all(0 <= relevance <= 1 for relevance in relevances)
    assert all(course["code"].startswith("clerk") for course in line["courses"])


def test_rank_courses_goes_by_stored_events(trained: Trained, tmp_path: Path) -> None:
    lines = ranked(tmp_path, {"learner": "l0002"}, {"learner": "l0003"})
    worlds = [{course["code"][:4] for course in line["courses"]} for line in lines]
    assert worlds == [{"farm"}, {"cler"}]


def test_rank_courses_leaves_out_what_was_taken(trained: Trained, happened: list[Event], tmp_path: Path) -> None:
    taken = {event.course for event in happened if event.learner == "l0003"}
    learner = {"learner": "l0003", "completed": ["farmer-01", "gone"], "waived": [{"course": "farmer-02"}]}
    (line,) = ranked(tmp_path, learner, top=100)
    codes = {course["code"] for course in line["courses"]}
    assert not codes & {*taken, "farmer-01", "farmer-02"}
    assert len(codes) == 40 - len(taken | {"farmer-01", "farmer-02"})


def test_rank_courses_lists_courses_again_whose_waiver_is_over(trained: Trained, tmp_path: Path) -> None:
    learner = {"learner": "new", "waived": [{"course": "farmer-02", "until": "2020-01-01"}]}
    (line,) = ranked(tmp_path, learner, top=100)
    assert "farmer-02" in {course["code"] for course in line["courses"]}


def test_rank_courses_keeps_the_order_of_the_file_and_repeats_exactly(trained: Trained, tmp_path: Path) -> None:
    learners = [{"learner": name} for name in ("l0009", "unheard", "l0001")]
    first = ranked(tmp_path, *learners)
    assert [line["learner"] for line in first] == ["l0009", "unheard", "l0001"]
    assert ranked(tmp_path, *learners) == first


def test_rank_courses_writes_and_reads_compressed_files(trained: Trained, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl.gz"
    source.write_bytes(gzip.compress(b'{"learner": "l0001"}\n'))
    run("rank_courses", "--learners", str(source), "--out", str(target))
    assert json.loads(gzip.decompress(target.read_bytes()))["learner"] == "l0001"


@pytest.mark.parametrize(
    "line",
    ['{"learner": "a", "region": "atlantis"}', '{"learner": "a", "ag', '{"name": "a"}', '{"learner": "l"}\n' * 2],
)
def test_rank_courses_refuses_a_wrong_file_and_writes_nothing(trained: Trained, tmp_path: Path, line: str) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(line)
    with pytest.raises(CommandError):
        run("rank_courses", "--learners", str(source), "--out", str(target))
    assert not target.exists()


def test_rank_courses_without_a_model_says_what_to_do(release: ReleaseInfo, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="train"):
        ranked(tmp_path, {"learner": "a"})


def test_rank_courses_with_a_damaged_model_says_what_to_do(trained: Trained, data_root: Path, tmp_path: Path) -> None:
    (data_root / "models" / trained.version.id / "names.json").write_text("{}")
    with pytest.raises(CommandError, match=r"names\.json"):
        ranked(tmp_path, {"learner": "a"})


@pytest.mark.django_db(transaction=True)
def test_publishing_aligns_the_served_model(release: ReleaseInfo, happened: list[Event], data_root: Path) -> None:
    trained = train(release)
    other = publish(two_worlds.snapshot(21), parent=release.id)
    assert list((data_root / "scorers" / trained.version.id / other.id).iterdir())
