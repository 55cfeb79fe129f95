import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from curriculum_graph.releases.api import ReleaseInfo, publish_release
from recommender.engine.interchange import validator
from recommender.learners.api import count_learners
from tests.factories.curricula import small_curriculum
from tests.recommender.conftest import PUBLISHED

LEARNER = {"learner": "a", "audiences": ["farmer"], "languages": ["vi"], "goals": [{"course": "wallet"}]}


def write(path: Path, *documents: Any) -> str:
    path.write_bytes(b"".join(json.dumps(document).encode() + b"\n" for document in documents))
    return str(path)


def build(tmp_path: Path, *documents: Any, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    out = tmp_path / "programs.jsonl"
    run("--learners", write(tmp_path / "learners.jsonl", *documents), "--out", str(out), *options)
    return [json.loads(line) for line in out.read_bytes().splitlines()]


def run(*args: str) -> str:
    err = io.StringIO()
    call_command("build_programs", *args, stdout=io.StringIO(), stderr=err)
    return err.getvalue()


def test_a_program_is_written_for_each_line_in_the_order_of_the_file(release: ReleaseInfo, tmp_path: Path) -> None:
    programs = build(tmp_path, {"learner": "z"}, LEARNER)
    assert [program["learner"] for program in programs] == ["z", "a"]
    assert [step["course"] for step in programs[1]["steps"]] == ["basics", "passwords", "wallet"]
    assert programs[1]["release"] == release.id


def test_what_is_written_follows_the_contract(release: ReleaseInfo, tmp_path: Path) -> None:
    documents = [
        LEARNER,
        {"learner": "no goals"},
        {"learner": "no time", "minutes_budget": 0, "goals": [{"course": "basics"}]},
        {"learner": "nobody teaches", "goals": [{"competence": "tt02:4.2", "level": 8}]},
        {"learner": "has it", "completed": ["basics"], "goals": [{"course": "basics"}]},
        {"learner": "elsewhere", "region": "lao-cai", "goals": [{"course": "harbour"}]},
    ]
    programs = build(tmp_path, *documents)
    for program in programs:
        validator("programs").validate(program)
    assert {program["learner"]: program["status"] for program in programs} == {
        "a": "complete",
        "no goals": "complete",
        "no time": "infeasible",
        "nobody teaches": "infeasible",
        "has it": "complete",
        "elsewhere": "infeasible",
    }
    reasons = [program["unmet"][0]["reason"] for program in programs if program["unmet"]]
    assert reasons == ["over_budget", "no_course_teaches_it", "not_open_to_learner"]


def test_the_same_file_gives_the_same_bytes_also_compressed(release: ReleaseInfo, tmp_path: Path) -> None:
    learners = write(tmp_path / "learners.jsonl", LEARNER, {"learner": "b"})
    for name in ("1.jsonl", "2.jsonl", "1.jsonl.gz", "2.jsonl.gz"):
        run("--learners", learners, "--out", str(tmp_path / name))
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert (tmp_path / "1.jsonl.gz").read_bytes() == (tmp_path / "2.jsonl.gz").read_bytes()
    assert gzip.decompress((tmp_path / "1.jsonl.gz").read_bytes()) == (tmp_path / "1.jsonl").read_bytes()


def test_building_from_a_file_stores_nothing(release: ReleaseInfo, tmp_path: Path) -> None:
    build(tmp_path, LEARNER)
    assert count_learners() == 0


def test_programs_go_to_standard_output_alone(
    release: ReleaseInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "stdout").open("wb") as raw, io.TextIOWrapper(raw, encoding="utf-8") as stdout:
        monkeypatch.setattr("sys.stdout", stdout)
        run("--learners", write(tmp_path / "l.jsonl", LEARNER), "--out", "-")
    assert [json.loads(line)["learner"] for line in (tmp_path / "stdout").read_bytes().splitlines()] == ["a"]


def test_a_bad_line_refuses_the_file_and_leaves_the_old_output(release: ReleaseInfo, tmp_path: Path) -> None:
    out = tmp_path / "programs.jsonl"
    out.write_text("old")
    learners = write(tmp_path / "l.jsonl", LEARNER, {"learner": "b", "goals": [{"course": "alchemy"}]})
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("build_programs", "--learners", learners, "--out", str(out), stderr=err)
    assert "line 2: unknown_course: " in err.getvalue()
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["l.jsonl", "programs.jsonl"]


def test_an_earlier_release_can_be_named_by_the_start_of_its_id(release: ReleaseInfo, tmp_path: Path) -> None:
    later = publish_release(
        small_curriculum(programmes=()), parent=release.id, actor="designer", note="second", at=PUBLISHED
    )
    assert build(tmp_path, LEARNER)[0]["release"] == later.id
    assert build(tmp_path, LEARNER, options=("--release", release.id[:8]))[0]["release"] == release.id


def test_an_unknown_release_is_a_sentence(release: ReleaseInfo, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ffff"):
        build(tmp_path, LEARNER, options=("--release", "ffffffff"))


def test_stored_learners_are_built_once_and_then_only_when_something_changed(
    release: ReleaseInfo, tmp_path: Path
) -> None:
    call_command("import_learners", write(tmp_path / "l.jsonl", LEARNER, {"learner": "b"}), stdout=io.StringIO())
    out = tmp_path / "out.jsonl"
    first = run("--out", str(out))
    before = out.read_bytes()
    second = run("--out", str(out))
    assert [json.loads(line)["learner"] for line in before.splitlines()] == ["a", "b"]
    assert out.read_bytes() == before
    assert [re.findall(r"\d+", said.splitlines()[-1]) for said in (first, second)] == [["2", "0", "0"], ["0", "0", "2"]]


def test_a_release_for_stored_learners_is_refused(release: ReleaseInfo) -> None:
    with pytest.raises(CommandError, match="--learners"):
        run("--release", release.id)


def test_a_file_without_an_output_is_refused(release: ReleaseInfo, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--out"):
        run("--learners", write(tmp_path / "l.jsonl", LEARNER))


def test_exact_programs_are_documents_like_any_other(release: ReleaseInfo, tmp_path: Path) -> None:
    tight = {**LEARNER, "learner": "b", "minutes_budget": 1}
    usual, exact = (build(tmp_path, LEARNER, tight, {"learner": "c"}, options=way) for way in ((), ("--exact",)))
    assert exact == usual


def test_exact_programs_without_a_file_are_refused(release: ReleaseInfo) -> None:
    with pytest.raises(CommandError, match="--exact"):
        run("--exact")
