"""The commands, on real files; where exit statuses, streams or death matter, in processes of their own."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from cms.catalogue.models import CoursePage, Module, Variant
from cms.taxonomy.models import Framework
from curriculum_graph.releases.api import has_asset
from tests.factories.importing import export_document, full_document, full_package
from tests.factories.normalising import normalise
from tests.factories.sized import sized_document

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[4]


def _call(*arguments: str | Path) -> tuple[bool, list[str]]:
    """Run a command in this process; return whether it succeeded, and the lines that it printed."""
    out = io.StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=io.StringIO())
    except CommandError:
        return False, out.getvalue().splitlines()
    return True, out.getvalue().splitlines()


def _run(*arguments: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, input=given, capture_output=True, check=False, env=_env()
    )


def _env() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}


def _file(folder: Path, document: dict[str, Any]) -> Path:
    file = folder / "in.json"
    file.write_text(json.dumps(document))
    return file


def test_a_file_goes_in_and_comes_out(tmp_path: Path) -> None:
    assert _call("import_catalogue", _file(tmp_path, full_document()))[0]
    assert _call("export_catalogue", tmp_path / "out.json.gz")[0]
    exported = json.loads(gzip.decompress((tmp_path / "out.json.gz").read_bytes()))
    assert normalise(exported) == normalise(full_document())


@committed
def test_standard_streams_serve_as_files() -> None:
    document = json.dumps(full_document()).encode()
    assert _run("import_catalogue", "-", given=gzip.compress(document)).returncode == 0
    assert normalise(json.loads(_run("export_catalogue", "-").stdout)) == normalise(full_document())


def test_a_package_brings_the_bytes_of_its_assets(tmp_path: Path) -> None:
    file = tmp_path / "in.zip"
    file.write_bytes(full_package())
    assert _call("import_catalogue", file)[0]
    assert all(has_asset(asset["sha256"]) for asset in full_document()["assets"])


@committed
def test_a_file_with_errors_lists_each_with_place_and_code_and_exits_with_1(tmp_path: Path) -> None:
    document = full_document()
    document["courses"][2]["minutes"] = 0
    document["courses"][3]["minutes"] = 0
    done = _run("import_catalogue", _file(tmp_path, document))
    lines = [line.split(": ") for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert [line[0] for line in lines] == ["/courses/2/minutes", "/courses/3/minutes"]
    assert {len(line) for line in lines} == {3}


def test_a_file_that_does_not_hold_together_fails_and_changes_nothing(tmp_path: Path) -> None:
    document = full_document()
    document["courses"][2]["regions"] = ["nowhere"]
    document["courses"][3]["requires"] = [{"any_of": [{"course": "nhap-mon"}]}]
    succeeded, lines = _call("import_catalogue", _file(tmp_path, document))
    places = sorted(line.split(": ")[0] for line in lines)
    assert (succeeded, places) == (False, ["/courses/2/regions/0", "/courses/3/requires/0"])
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize(
    "content", [b'{"format": "curr', b'{"format": "\xff"}', b""], ids=["cut", "not utf-8", "empty"]
)
def test_a_damaged_file_fails_with_a_line_that_says_where(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(content)
    succeeded, lines = _call("import_catalogue", file)
    assert (succeeded, lines[0].split(": ")[0]) == (False, "line 1")


def test_a_file_that_is_not_there_fails() -> None:
    assert _call("import_catalogue", "nowhere.json") == (False, [])


def test_an_export_to_a_name_of_no_known_form_fails(tmp_path: Path) -> None:
    assert _call("export_catalogue", tmp_path / "out.txt") == (False, [])


def test_a_package_of_assets_whose_bytes_are_not_here_is_refused(tmp_path: Path) -> None:
    _call("import_catalogue", _file(tmp_path, full_document()))
    succeeded, lines = _call("export_catalogue", tmp_path / "out.zip")
    assert (succeeded, (tmp_path / "out.zip").exists()) == (False, False)
    assert {line.partition("/")[0] for line in lines} == {"installed"}


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    assert _call("import_catalogue", _file(tmp_path, full_document()), "--dry-run")[0]
    assert not CoursePage.objects.exists()


def test_prune_leaves_what_the_file_names(tmp_path: Path) -> None:
    _call("import_catalogue", _file(tmp_path, full_document()))
    only = {"format": "curriculum-catalogue/1", "courses": [{"code": "a", "title": "A", "minutes": 1}]}
    assert _call("import_catalogue", _file(tmp_path, only), "--prune")[0]
    assert normalise(export_document()) == normalise(only)


@committed
@pytest.mark.parametrize("pieces", [1, 2], ids=["early", "late"])
def test_an_import_killed_in_the_middle_leaves_nothing_behind(tmp_path: Path, pieces: int) -> None:
    file = tmp_path / "in.json"
    with file.open("w") as target:
        target.writelines(sized_document(150, modules=3, variants=1))
    pages = Page.objects.count()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_catalogue", file], cwd=ROOT, stderr=subprocess.PIPE, env=_env()
    )
    assert process.stderr is not None
    written = 0
    for line in process.stderr:
        written += b" / 450 " in line
        if written == pieces:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    assert (process.returncode, written) == (-signal.SIGKILL, pieces)
    left = [model.objects.count() for model in (CoursePage, Module, Variant, Framework, Revision)]
    assert (left, Page.objects.count()) == ([0, 0, 0, 0, 0], pages)
