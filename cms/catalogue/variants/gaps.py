"""The gaps of all modules, worked out once for many readers."""

from datetime import date

from django.core.cache import cache
from django.db.models import Max
from django.utils.translation import get_language
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.catalogue.variants.coverage import Coverage, read_coverage

MINUTES = 5
"""How long what no log tells (a term renamed by an import) may go unnoticed."""


def read_all_coverage(on: date) -> Coverage:
    """Return the gaps of all modules on a day, kept until anything is written: each publication leaves a log entry."""
    newest = [log.objects.aggregate(newest=Max("pk"))["newest"] for log in (PageLogEntry, ModelLogEntry)]
    key = f"variant-gaps:{on}:{get_language()}:{newest[0]}:{newest[1]}"
    coverage: Coverage | None = cache.get(key)
    if coverage is None:
        coverage = read_coverage(on)
        cache.set(key, coverage, MINUTES * 60)
    return coverage
