"""Who uses a thing that has a code: asked before it is deleted.

Content refers by code, so the database cannot say. Apps register what they know; this app never imports them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

USES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names a thing: ``what`` (a course, a variant …), its title, and where it is edited."""

    what: str
    title: str
    url: str


Finder = Callable[[str, list[str]], Iterable[Use]]
_finders: list[Finder] = []


def register_uses(finder: Finder) -> None:
    """Add a function that yields the uses of codes of a kind."""
    if finder not in _finders:
        _finders.append(finder)


def list_uses(kind: str, codes: list[str]) -> list[Use]:
    """Return the places that name any of the codes, at most ``USES_SHOWN`` of them."""
    found: list[Use] = []
    for finder in _finders:
        for use in finder(kind, codes):
            found.append(use)
            if len(found) >= USES_SHOWN:
                return found
    return found
