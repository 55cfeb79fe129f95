"""What other apps may use of the catalogue."""

from cms.catalogue.interchange.exporting import build_snapshot, export_catalogue
from cms.catalogue.interchange.importing import import_catalogue

__all__ = ["build_snapshot", "export_catalogue", "import_catalogue"]
