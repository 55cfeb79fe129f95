"""The import of a catalogue, start to end: check, keep the assets' bytes, then write everything in one transaction."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from cms.catalogue.interchange.checking import check
from cms.catalogue.interchange.content import Content, Progress
from cms.catalogue.interchange.prune import prune as take_out
from cms.catalogue.interchange.publication import Occasion
from cms.taxonomy.api import Report, write_taxonomies
from curriculum_graph.api import Catalogue, Problem, Refused
from curriculum_graph.releases.api import has_asset, store_asset
from curriculum_graph.snapshot import Asset, Snapshot

IMPORTED, PRUNED = "catalogue.import", "catalogue.import_and_prune"
IMPORT_TITLE = "Danh mục học liệu (Catalogue)"


def ignore_progress(kind: str, done: int, total: int) -> None:
    """Tell nobody how far an import is."""


def import_catalogue(
    catalogue: Catalogue,
    *,
    actor: Any,
    at: datetime,
    dry_run: bool = False,
    prune: bool = False,
    progress: Progress = ignore_progress,
) -> Report:
    """Make content live as a catalogue says; what it does not name stays as it is, unless ``prune``.

    The same catalogue a second time changes nothing and writes nothing. Edits that people have not published yet stay
    on top of what is published below them (``Report.drafts_kept``). With ``dry_run`` nothing is written.

    Raises
    ------
    Refused
        If the catalogue, together with what is there already, has errors. Nothing was written.
    """
    document = catalogue.snapshot
    problems = [*check(document, prune=prune)]
    if any(problem.severity == "error" for problem in problems):
        raise Refused([problem for problem in problems if problem.severity == "error"])
    report = Report(warnings=[*problems, *_missing_bytes(catalogue)])
    if dry_run:
        _write(document, Content(report, None, progress), prune)
        return report
    _store_bytes(catalogue)
    with transaction.atomic():
        _write(document, Content(report, Occasion(actor, at, uuid.uuid4()), progress), prune)
        if report.changed:
            _record(report, actor, at, prune)
    return report


def _record(report: Report, actor: Any, at: datetime, prune: bool) -> None:
    """Leave one entry in the log for the whole, beside those of each thing."""
    counts = {kind: tally.changed for kind, tally in report if tally.changed}
    root = Page.objects.filter(depth=1).get()
    log(root, PRUNED if prune else IMPORTED, user=actor, title=IMPORT_TITLE, data={"changed": counts}, timestamp=at)


def _write(document: Snapshot, content: Content, prune: bool) -> None:
    write_taxonomies(document, content.report, dry_run=content.occasion is None)
    content.write_assets(document.assets)
    content.write_items(document.items)
    content.write_modules(document.courses)
    content.write_courses(document)
    if prune:
        take_out(document, content.report, content.occasion)


def _absent(assets: Iterable[Asset]) -> list[tuple[int, Asset]]:
    return [(place, asset) for place, asset in enumerate(assets) if not has_asset(asset.sha256)]


def _missing_bytes(catalogue: Catalogue) -> list[Problem]:
    if catalogue.has_assets:
        return []
    return [
        Problem(code="asset_bytes_missing", place=f"/assets/{place}", fields={"asset": asset.code}, severity="warning")
        for place, asset in _absent(catalogue.snapshot.assets)
    ]


def _store_bytes(catalogue: Catalogue) -> None:
    """Keep the bytes that the file carries. They are filed by hash: were the import to fail, they would harm nobody."""
    if catalogue.has_assets:
        for _place, asset in _absent(catalogue.snapshot.assets):
            with catalogue.open_asset(asset) as file:
                store_asset(file)  # type: ignore[arg-type]  # the file inside a package is binary, as its mode says
