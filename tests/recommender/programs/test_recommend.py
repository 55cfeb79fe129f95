"""``manage.py recommend``."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from curriculum_graph.releases.api import ReleaseInfo
from recommender.engine.interchange import validator
from recommender.learners.api import count_learners
from tests.recommender.programs.test_build_programs import write


def run(*args: str) -> str:
    err = io.StringIO()
    call_command("recommend", *args, stdout=io.StringIO(), stderr=err)
    return err.getvalue()


def recommended(tmp_path: Path, *learners: Any, minutes: int = 1_200) -> list[dict[str, Any]]:
    out = tmp_path / "recommended.jsonl"
    run("--learners", write(tmp_path / "l.jsonl", *learners), "--out", str(out), "--minutes", str(minutes))
    return [json.loads(line) for line in out.read_bytes().splitlines()]


def test_a_line_is_written_for_each_learner_in_the_order_of_the_file(release: ReleaseInfo, tmp_path: Path) -> None:
    found = recommended(tmp_path, {"learner": "z"}, {"learner": "a", "audiences": ["farmer"]}, minutes=125)
    for line in found:
        validator("recommendations").validate(line)
    assert [line["learner"] for line in found] == ["z", "a"]
    assert [step["course"] for step in found[0]["steps"]] == ["basics", "passwords"]
    assert [step["course"] for step in found[1]["steps"]] == ["basics", "passwords", "wallet"]
    assert {line["release"] for line in found} == {release.id}


def test_goals_and_budget_of_the_file_play_no_part_and_nothing_is_stored(release: ReleaseInfo, tmp_path: Path) -> None:
    document = {"learner": "a", "goals": [{"course": "passwords"}], "minutes_budget": 0}
    [found] = recommended(tmp_path, document, minutes=25)
    assert [step["course"] for step in found["steps"]] == ["basics"]
    assert count_learners() == 0


def test_the_same_file_gives_the_same_bytes_also_compressed(release: ReleaseInfo, tmp_path: Path) -> None:
    learners = write(tmp_path / "l.jsonl", {"learner": "a"}, {"learner": "b"})
    for name in ("1.jsonl.gz", "2.jsonl.gz"):
        run("--learners", learners, "--out", str(tmp_path / name))
    assert (tmp_path / "1.jsonl.gz").read_bytes() == (tmp_path / "2.jsonl.gz").read_bytes()


def test_standard_output_gets_the_lines_alone(
    release: ReleaseInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "stdout").open("wb") as raw, io.TextIOWrapper(raw, encoding="utf-8") as stdout:
        monkeypatch.setattr("sys.stdout", stdout)
        run("--learners", write(tmp_path / "l.jsonl", {"learner": "a"}), "--out", "-")
    assert [json.loads(line)["learner"] for line in (tmp_path / "stdout").read_bytes().splitlines()] == ["a"]


def test_a_bad_line_refuses_the_file_and_leaves_the_old_output(release: ReleaseInfo, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    learners = write(tmp_path / "l.jsonl", {"learner": "a"}, {"learner": "b", "region": "atlantis"}, {"learner": 1})
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("recommend", "--learners", learners, "--out", str(out), stderr=err)
    assert ["line 2: unknown_region: " in err.getvalue(), "line 3: wrong_type: " in err.getvalue()] == [True, True]
    assert out.read_text() == "old"


@pytest.mark.parametrize("minutes", ["-1", "two", "1.5", "1000000000"])
def test_minutes_that_make_no_sense_are_refused(release: ReleaseInfo, tmp_path: Path, minutes: str) -> None:
    with pytest.raises(CommandError, match="60000"):
        run("--learners", str(tmp_path / "l.jsonl"), "--out", "-", f"--minutes={minutes}")
