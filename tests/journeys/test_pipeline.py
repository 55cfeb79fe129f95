"""From an authored course to a learner's program and an exported release, with the commands that people use."""

import datetime as dt
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from curriculum_graph.interchange import read_catalogue
from tests.journeys.conftest import Run
from tests.validity import violations

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
UNIVERSITIES = SHARED / "universities" / "catalogue.json.gz"


def read_lines(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def invalid(catalogue: dict[str, Any], learners: Path, programs: Path, today: dt.date) -> dict[str, list[str]]:
    """Return what the independent checker says against each program."""
    pairs = zip(read_lines(learners), read_lines(programs), strict=True)
    found = {learner["learner"]: violations(catalogue, learner, program, today) for learner, program in pairs}
    return {learner: sentences for learner, sentences in found.items() if sentences}


def test_the_national_curriculum_from_prose_to_packages(run: Run, tmp_path: Path) -> None:
    catalogue, learners, events, programs = (
        tmp_path / name for name in ("national.json", "learners.jsonl", "events.jsonl.gz", "programs.jsonl")
    )
    run("generate_curriculum", "--courses", 220, "--seed", 3, "--out", catalogue)
    assert "courses: created 220" in run("import_catalogue", catalogue)
    release = run("publish_release", "--note", "journey").split()[0]

    run("generate_learners", "--catalogue", catalogue, "--count", 60, "--seed", 3, "--out", learners)
    run("generate_events", "--catalogue", catalogue, "--learners", learners, "--seed", 3, "--out", events)
    assert "created: 60" in run("import_learners", learners)
    run("import_events", events)
    run("train", "--seed", 3)

    run("build_programs", "--learners", learners, "--out", programs)
    today = timezone.localdate()
    assert invalid(json.loads(catalogue.read_text()), learners, programs, today) == {}
    built = read_lines(programs)
    assert {program["release"] for program in built} == {release}
    assert Counter(program["status"] for program in built)["complete"] > 30

    first = programs.read_bytes()
    run("build_programs", "--learners", learners, "--out", programs)
    assert programs.read_bytes() == first

    run("build_programs")
    packages = tmp_path / "packages"
    learner = built[0]["learner"]
    for what in ((), ("--course", "1.1-b1-moi-nguoi"), ("--learner", learner)):
        for name in ("catalogue", "schema-org"):
            path = Path(run("export", "--format", name, *what, "--out", packages).split()[0])
            assert path.stat().st_size > 0
    exported = read_catalogue(next(packages.glob("release-*.catalogue.zip")))
    assert len(exported.courses) == 220


def test_a_second_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    catalogue = tmp_path / "national.json"
    run("generate_curriculum", "--courses", 200, "--seed", 1, "--out", catalogue)
    run("import_catalogue", catalogue)
    first = run("publish_release", "--note", "one").split()[0]
    assert "courses: created 0, updated 0, unchanged 200" in run("import_catalogue", catalogue)
    assert run("publish_release", "--note", "two").split()[0] == first


@pytest.mark.skipif(not UNIVERSITIES.exists(), reason="the universities' data are not beside this checkout")
def test_real_prerequisites_give_valid_programs(run: Run, tmp_path: Path) -> None:
    run("import_catalogue", UNIVERSITIES)
    run("publish_release", "--note", "universities")
    catalogue = json.loads(gzip.decompress(UNIVERSITIES.read_bytes()))
    learners, programs = tmp_path / "learners.jsonl", tmp_path / "programs.jsonl"
    deepest = sorted(catalogue["courses"], key=lambda course: -depth(catalogue, course["code"]))[:60]
    learners.write_text(
        "\n".join(
            json.dumps({"learner": f"l{number}", "languages": ["en"], "goals": [{"course": course["code"]}]})
            for number, course in enumerate(deepest)
        )
    )
    run("build_programs", "--learners", learners, "--out", programs)
    assert invalid(catalogue, learners, programs, timezone.localdate()) == {}
    built = read_lines(programs)
    assert {program["status"] for program in built} == {"complete"}
    assert max(len(program["steps"]) for program in built) >= 5


def depth(catalogue: dict[str, Any], code: str, above: frozenset[str] = frozenset()) -> int:
    """Return how many courses lie below one, along the longest way that does not go round."""
    course = next(c for c in catalogue["courses"] if c["code"] == code)
    needed = {e["course"] for g in course.get("requires", []) for e in g["any_of"] if "course" in e} - above - {code}
    return max((1 + depth(catalogue, other, above | {code}) for other in needed), default=0)
