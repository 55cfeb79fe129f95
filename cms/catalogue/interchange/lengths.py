"""Texts that are longer than the field that is to hold them.

The contract sets no limits on these; databases do, and one of ours would cut a text off without a word.
"""

from collections.abc import Iterator
from typing import Any

from cms.catalogue.models import Asset, CoursePage
from cms.taxonomy.api import TAXONOMY_LENGTHS
from curriculum_graph.api import Problem
from curriculum_graph.snapshot import Snapshot

SHOWN = 40
"""How many characters of such a text a problem shows."""


def _limits(model: Any, fields: dict[str, str]) -> dict[str, int]:
    return {name: model._meta.get_field(field).max_length for name, field in fields.items()}


LENGTHS: dict[str, dict[str, int]] = {
    **TAXONOMY_LENGTHS,
    "courses": _limits(CoursePage, {"owner": "owner_code", "licence": "licence"}),
    "assets": _limits(Asset, {name: name for name in ("media_type", "file_name", "licence")}),
}
"""By section and field of the document."""


def check_lengths(document: Snapshot) -> Iterator[Problem]:
    """Yield the texts that are too long to be kept."""
    for section, limits in LENGTHS.items():
        for place, entry in enumerate(getattr(document, section)):
            for name, limit in limits.items():
                text = getattr(entry, name) or ""
                if len(text) > limit:
                    yield Problem(
                        code="too_long",
                        place=f"/{section}/{place}/{name}",
                        fields={"found": f"{text[:SHOWN]}…", "limit": limit},
                    )
