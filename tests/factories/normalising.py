"""Catalogue documents in the one form in which equal ones are equal, as the contract defines it.

Stricter than the contract where the service keeps more than it must: only sections and the variants of a module lose
their order.
"""

from typing import Any

SECTIONS = (
    "languages", "frameworks", "regions", "audiences", "industries", "courses", "programmes", "items", "assets",
    "crosswalks",
)  # fmt: skip


def normalise(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with empty lists, null parents, weights of 1 and ``markdown`` written the one way."""
    return {
        name: sorted(map(_normal, part), key=_key) if name in SECTIONS else part
        for name, part in document.items()
        if part != []
    }


def _key(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(entry.get(name, "")) for name in ("code", "from", "to", "relation"))


def _normal(value: Any) -> Any:
    if isinstance(value, list):
        return [_normal(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, part in value.items():
        if name == "markdown":
            kept["blocks"] = [{"type": "markdown", "text": part}]
        elif name == "variants" and part:
            kept[name] = sorted(map(_normal, part), key=_key)
        elif part != [] and part is not None and (name, part) != ("weight", 1):
            kept[name] = _normal(part)
    return kept
