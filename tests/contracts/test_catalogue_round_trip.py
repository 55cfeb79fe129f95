"""Export after import gives the same document."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from wagtail.models import Page

from cms.catalogue.api import export_catalogue
from curriculum_graph.api import open_catalogue
from tests.factories.catalogues import catalogues
from tests.factories.importing import export_document, full_document, full_package, import_document
from tests.factories.normalising import normalise

pytestmark = pytest.mark.django_db
UNUSUAL = Path(__file__).parents[1] / "data/unusual-catalogue.json"
SHARED = Path(__file__).parents[2] / "../shared/data"


def test_a_document_with_every_field_of_the_schema_comes_back_equal() -> None:
    document = full_document()
    import_document(document)
    assert normalise(export_document()) == normalise(document)


def test_a_document_of_texts_and_codes_that_are_valid_and_unusual_comes_back_equal() -> None:
    document = json.loads(UNUSUAL.read_bytes())
    import_document(document)
    assert normalise(export_document()) == normalise(document)
    assert import_document(document).changed == 0


def test_texts_that_are_longer_than_a_search_index_may_be_come_back_equal() -> None:
    words = [f"w{number}" for number in range(250_000)]
    course = {"code": "a", "title": "A", "summary": " ".join(words), "minutes": 1, "keywords": words}
    document = {"format": "curriculum-catalogue/1", "courses": [course]}
    import_document(document)
    assert normalise(export_document()) == normalise(document)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=catalogues())
def test_any_document_comes_back_equal(document: dict[str, Any]) -> None:
    with transaction.atomic():
        import_document(document)
        exported = export_document()
        problems = Page.find_problems()
        transaction.set_rollback(True)
    assert normalise(exported) == normalise(document)
    assert problems == ([], [], [], [], [])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=catalogues())
def test_any_document_imported_twice_changes_nothing(document: dict[str, Any]) -> None:
    with transaction.atomic():
        import_document(document)
        second = import_document(document)
        transaction.set_rollback(True)
    assert second.changed == 0


def test_a_package_comes_back_with_the_bytes_of_its_assets(tmp_path: Path) -> None:
    import_document(full_package())
    export_catalogue(tmp_path / "out.zip")
    with open_catalogue(tmp_path / "out.zip") as exported, zipfile.ZipFile(io.BytesIO(full_package())) as given_:
        for asset in exported.snapshot.assets:
            with exported.open_asset(asset) as file:
                assert file.read() == given_.read(f"assets/{asset.sha256}")


@pytest.mark.parametrize(("name", "step"), [("universities", 1), ("udemy", 5)])
def test_a_catalogue_that_nobody_here_wrote_comes_back_equal(name: str, step: int) -> None:
    """The second, of courses that stand alone, every fifth of them: enough to be written in several pieces."""
    file = SHARED / name / "catalogue.json.gz"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    document = json.loads(gzip.decompress(file.read_bytes()))
    document["courses"] = document["courses"][::step]
    import_document(document)
    assert normalise(export_document()) == normalise(document)
