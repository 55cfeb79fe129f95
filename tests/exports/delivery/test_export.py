"""``manage.py export``: a validated file, or a clear refusal and nothing left behind."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from curriculum_graph.interchange import read_catalogue
from curriculum_graph.releases.api import ReleaseInfo
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import erase_learner, get_learner, put_learner
from recommender.programs.api import build_program, get_world
from tests.exports.delivery.conftest import NOW

pytestmark = pytest.mark.django_db


def export(*arguments: str) -> list[str]:
    output = io.StringIO()
    call_command("export", *arguments, stdout=output, stderr=io.StringIO())
    return output.getvalue().split()


def test_a_release_is_exported_with_its_assets(release: ReleaseInfo, tmp_path: Path) -> None:
    path, size, digest = export("--format", "catalogue", "--out", str(tmp_path))
    assert Path(path).stat().st_size == int(size)
    assert len(read_catalogue(Path(path)).courses) == 5
    assert apps.get_model("delivery", "Package").objects.get().sha256 == digest


def test_a_second_export_is_the_same_and_noted_once(release: ReleaseInfo, tmp_path: Path) -> None:
    first = export("--format", "schema-org", "--course", "ban-hang", "--out", str(tmp_path))
    written = Path(first[0]).stat().st_mtime_ns
    assert export("--format", "schema-org", "--course", "ban-hang", "--out", str(tmp_path)) == first
    assert Path(first[0]).stat().st_mtime_ns == written
    assert apps.get_model("delivery", "Package").objects.count() == 1


@pytest.mark.parametrize(
    ("what", "word"),
    [
        (("--course", "nowhere"), "nowhere"),
        (("--learner", "nobody"), "nobody"),
        (("--release", "deadbeef"), "deadbeef"),
    ],
)
def test_what_does_not_exist_is_named_and_nothing_is_written(
    release: ReleaseInfo, tmp_path: Path, what: tuple[str, str], word: str
) -> None:
    folder = tmp_path / "packages"
    with pytest.raises(CommandError, match=word):
        export("--format", "catalogue", *what, "--out", str(folder))
    assert not folder.exists()


def test_a_format_that_cannot_hold_a_release_says_so(release: ReleaseInfo, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="program"):
        export("--format", "program", "--out", str(tmp_path))


def test_erasing_a_learner_erases_what_was_noted_of_their_packages(release: ReleaseInfo, tmp_path: Path) -> None:
    goal = LearnerGoal(course="ban-hang")
    put_learner(Learner(learner="a/7", goals=(goal,)), at=NOW)
    build_program(get_learner("a/7"), get_world(NOW.date()), at=NOW)
    export("--format", "program", "--learner", "a/7", "--out", str(tmp_path))
    export("--format", "catalogue", "--out", str(tmp_path))
    packages = apps.get_model("delivery", "Package").objects
    assert list(packages.values_list("scope", "learner__pseudonym", "subject")) == [
        ("release", None, ""),
        ("program", "a/7", ""),
    ]
    erase_learner("a/7")
    assert list(packages.values_list("scope", flat=True)) == ["release"]
