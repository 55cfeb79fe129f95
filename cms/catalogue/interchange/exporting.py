"""The export of all that is live, as a catalogue file."""

from pathlib import Path
from typing import IO

from cms.catalogue.interchange.live import read_live
from curriculum_graph.api import Problem, Refused, write_catalogue
from curriculum_graph.releases.api import has_asset, open_asset
from curriculum_graph.snapshot import Asset, Snapshot


def build_snapshot() -> Snapshot:
    """Return everything that is live, as a release would publish it.

    Raises
    ------
    Refused
        If a live course lists a module that is not live, or something live is not as the document can say it.
    """
    snapshot, problems = read_live()
    if problems:
        raise Refused(problems)
    return snapshot


def export_catalogue(target: Path | IO[bytes]) -> tuple[Snapshot, list[Problem]]:
    """Write what is live to ``target``; return it, and what had to be left out.

    Raises
    ------
    Refused
        If ``target`` is a package and the bytes of an asset are not here. Nothing was written.
    """
    snapshot, problems = read_live()
    if isinstance(target, Path) and target.name.lower().removesuffix(".gz").endswith(".zip"):
        missing = [asset.code for asset in snapshot.assets if not has_asset(asset.sha256)]
        if missing:
            raise Refused(
                [
                    Problem(code="asset_bytes_missing", place=f"installed/assets/{code}", fields={"asset": code})
                    for code in missing
                ]
            )
    write_catalogue(snapshot, target, open_asset=_open)
    return snapshot, problems


def _open(asset: Asset) -> IO[bytes]:
    return open_asset(asset.sha256)
