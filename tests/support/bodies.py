"""Bodies for the tests of the CMS."""

from typing import Any


def markdown(text: str) -> list[dict[str, Any]]:
    """Return the raw value of a body of one Markdown block."""
    return [{"type": "markdown", "value": {"text": text}, "id": "a"}]
