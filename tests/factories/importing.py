"""Importing and exporting in a test, as the commands do it."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cms.catalogue.api import export_catalogue, import_catalogue
from cms.taxonomy.api import Report
from curriculum_graph.api import open_catalogue

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
DATA = Path(__file__).parents[1] / "data"


def full_document() -> dict[str, Any]:
    """Return the document that has every field of the schema."""
    document: dict[str, Any] = json.loads((DATA / "full-catalogue.json").read_text())
    return document


def full_package() -> bytes:
    """Return that document and its assets as a package."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(DATA / "full-catalogue.json", "catalogue.json")
        for asset in sorted((DATA / "full-catalogue-assets").iterdir()):
            archive.writestr("assets/" + hashlib.sha256(asset.read_bytes()).hexdigest(), asset.read_bytes())
    return file.getvalue()


def import_document(document: dict[str, Any] | bytes, **options: Any) -> Report:
    """Import a document, or the bytes of a file, and return the report."""
    source = document if isinstance(document, bytes) else json.dumps(document).encode()
    with open_catalogue(source) as catalogue:
        return import_catalogue(catalogue, **{"actor": None, "at": AT, **options})


def export_document() -> dict[str, Any]:
    """Return what is live, as a document."""
    file = io.BytesIO()
    _snapshot, problems = export_catalogue(file)
    assert problems == []
    document: dict[str, Any] = json.loads(file.getvalue())
    return document


def counts(report: Report, kind: str) -> tuple[int, int, int, int]:
    """Return how many things of a kind were created, updated, unchanged, removed."""
    tally = report.of(kind)
    return tally.created, tally.updated, tally.unchanged, tally.removed
