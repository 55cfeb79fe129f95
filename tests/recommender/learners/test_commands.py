import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from curriculum_graph.releases.api import ReleaseInfo
from recommender.learners.api import count_events, count_learners, get_learner, list_events

LEARNER = {"learner": "a", "region": "lao-cai", "languages": ["vi"], "goals": [{"course": "wallet"}]}
EVENT = {"id": "e1", "learner": "a", "verb": "completed", "at": "2026-01-01T08:00:00+07:00", "course": "basics"}


def write(path: Path, *documents: Any) -> str:
    lines = [document if isinstance(document, bytes) else json.dumps(document).encode() for document in documents]
    data = b"".join(line + b"\n" for line in lines)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return str(path)


def run(command: str, *args: str) -> str:
    out = io.StringIO()
    call_command(command, *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refusal(command: str, *args: str) -> list[str]:
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command(command, *args, stdout=io.StringIO(), stderr=err)
    return [line for line in err.getvalue().splitlines() if line.startswith("line ")]


def codes(lines: list[str]) -> list[str]:
    return [": ".join(line.split(": ")[:2]) for line in lines]


@pytest.mark.parametrize("name", ["l.jsonl", "l.jsonl.gz"])
def test_learners_are_imported_once_and_then_unchanged(release: ReleaseInfo, tmp_path: Path, name: str) -> None:
    file = write(tmp_path / name, LEARNER, {"learner": "b"})
    first, second = run("import_learners", file), run("import_learners", file)
    assert re.findall(r"\d+", first) == ["2", "0", "0"]
    assert re.findall(r"\d+", second) == ["0", "0", "2"]
    assert get_learner("a").profile.region == "lao-cai"


def test_learners_come_from_standard_input(
    release: ReleaseInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(write(tmp_path / "l.jsonl", LEARNER)).open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        run("import_learners", "-")
    assert count_learners() == 1


def test_a_byte_order_mark_and_blank_lines_do_no_harm(release: ReleaseInfo, tmp_path: Path) -> None:
    file = tmp_path / "l.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(LEARNER).encode() + b"\r\n\r\n")
    run("import_learners", str(file))
    assert count_learners() == 1


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b'{"learner": "x"', "not_json"),
        (b'{"learner": "\xff"}', "not_utf8"),
        (b"[" * 100_000, "nested_too_deeply"),
        (b"[]", "wrong_type"),
        ({}, "missing_field"),
        ({"learner": "x", "name": "Nguyễn Văn A"}, "unknown_field"),
        ({"learner": "x", "needs": ["wings"]}, "not_a_choice"),
        ({"learner": "x", "minutes_per_week": 0}, "too_small"),
        ({"learner": "x", "waived": [{"course": "c", "until": "tomorrow"}]}, "wrong_form"),
        ({"learner": "x\x00"}, "nul_character"),
        ({"learner": "x", "minutes_budget": 10**30}, "number_too_large"),
        ({"learner": "x", "goals": [{"course": "wallet", "programme": "first-steps"}]}, "goal_not_one_thing"),
        ({"learner": "x", "region": "atlantis"}, "unknown_region"),
        ({"learner": "x", "audiences": ["citizen", "pirate"]}, "unknown_audience"),
        ({"learner": "x", "languages": ["tlh"]}, "unknown_language"),
        ({"learner": "x", "goals": [{"course": "alchemy"}]}, "unknown_course"),
        ({"learner": "x", "goals": [{"programme": "alchemy"}]}, "unknown_programme"),
        ({"learner": "x", "goals": [{"competence": "alchemy", "level": 1}]}, "unknown_competence"),
        ({"learner": "x", "goals": [{"competence": "tt02:4.1", "level": 9}]}, "unknown_level"),
        ({"learner": "a"}, "duplicate_learner"),
        (b'"' + b"x" * (1 << 20) + b'"', "line_too_long"),
    ],
)
def test_a_bad_learner_refuses_the_file_and_is_named_by_its_line(
    release: ReleaseInfo, tmp_path: Path, document: Any, code: str
) -> None:
    lines = refusal("import_learners", write(tmp_path / "l.jsonl", LEARNER, document, {"learner": "z"}))
    assert codes(lines) == [f"line 2: {code}"]
    assert count_learners() == 0


def test_what_a_learner_did_before_may_be_unknown_to_the_release(release: ReleaseInfo, tmp_path: Path) -> None:
    past = {"learner": "a", "completed": ["old"], "waived": [{"course": "old-2"}], "industries": ["mining"],
            "mastered": [{"competence": "other:1", "level": 9}]}  # fmt: skip
    run("import_learners", write(tmp_path / "l.jsonl", past))
    assert get_learner("a").profile.completed == ("old",)


def test_every_bad_line_is_listed(release: ReleaseInfo, tmp_path: Path) -> None:
    lines = refusal(
        "import_learners",
        write(
            tmp_path / "l.jsonl", {"learner": "x", "region": "?"}, LEARNER, {"learner": "y", "audiences": ["?", "!"]}
        ),
    )
    assert codes(lines) == ["line 1: unknown_region", "line 3: unknown_audience", "line 3: unknown_audience"]


def test_a_truncated_compressed_file_stores_nothing(release: ReleaseInfo, tmp_path: Path) -> None:
    file = tmp_path / "l.jsonl.gz"
    write(file, *({"learner": str(i)} for i in range(5_000)))
    file.write_bytes(file.read_bytes()[:-2_000])
    assert "file_damaged" in refusal("import_learners", str(file))[-1]
    assert count_learners() == 0


@pytest.mark.parametrize("command", ["import_learners", "import_events"])
def test_without_a_release_a_file_is_refused_with_what_to_do(db: None, tmp_path: Path, command: str) -> None:
    with pytest.raises(CommandError, match="publish_release"):
        call_command(command, write(tmp_path / "f.jsonl", LEARNER))


def test_a_file_that_is_not_there_is_a_sentence(release: ReleaseInfo, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.jsonl"):
        call_command("import_learners", str(tmp_path / "missing.jsonl"))


def test_events_are_imported_and_complete_courses(release: ReleaseInfo, tmp_path: Path) -> None:
    file = write(tmp_path / "e.jsonl", EVENT, {**EVENT, "id": "e2", "learner": "b", "course": "wallet"})
    run("import_events", file)
    run("import_events", file)
    assert count_events() == 2
    assert get_learner("b").state.completed == ("wallet",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"course": "alchemy"}, "unknown_course"),
        ({"module": "alchemy-1"}, "unknown_module"),
        ({"item": "q99"}, "unknown_item"),
        ({"at": "2999-01-01T00:00:00Z"}, "date_in_future"),
        ({"at": "2026-01-01"}, "wrong_form"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "wrong_form"),
        ({"verb": "danced"}, "not_a_choice"),
        ({"score": 1.5}, "too_large"),
    ],
)
def test_a_bad_event_refuses_the_file_and_is_named_by_its_line(
    release: ReleaseInfo, tmp_path: Path, change: dict[str, Any], code: str
) -> None:
    lines = refusal("import_events", write(tmp_path / "e.jsonl", EVENT, {**EVENT, "id": "e2", **change}))
    assert codes(lines) == [f"line 2: {code}"]
    assert (count_events(), count_learners()) == (0, 0)


def test_bad_events_are_skipped_when_asked_and_still_listed(release: ReleaseInfo, tmp_path: Path) -> None:
    file = write(tmp_path / "e.jsonl", {**EVENT, "id": "bad", "course": "?"}, b"{", EVENT)
    err = io.StringIO()
    call_command("import_events", file, "--skip-bad", stdout=io.StringIO(), stderr=err)
    assert [event.id for event in list_events("a")] == ["e1"]
    assert "line 1: unknown_course: " in err.getvalue()
    assert "line 2: not_json: " in err.getvalue()


def test_of_events_with_one_id_in_a_file_the_first_wins(release: ReleaseInfo, tmp_path: Path) -> None:
    run("import_events", write(tmp_path / "e.jsonl", EVENT, {**EVENT, "course": "wallet"}))
    assert [event.course for event in list_events("a")] == ["basics"]


def test_what_is_older_than_its_retention_period_is_forgotten_and_completions_stay(
    release: ReleaseInfo, tmp_path: Path
) -> None:
    run("import_events", write(tmp_path / "e.jsonl", {**EVENT, "at": "2020-01-01T00:00:00Z"}))
    run("forget_learners")
    assert count_events() == 0
    assert get_learner("a").state.completed == ("basics",)
