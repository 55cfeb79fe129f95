"""Print how much an editor can read in Vietnamese; fail where it is too little. ``make i18n-check`` runs this."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from cms.vietnamese.coverage import Coverage

SHOWN = 20
"""Missing sentences that are printed for each domain."""


def main() -> int:
    """Print one line a domain, then what is missing where that is too much."""
    django.setup()
    from cms.vietnamese.coverage import measure

    found = measure()
    sys.stdout.writelines(table(found))
    poor = [one for one in found if not one.suffices]
    for one in poor:
        sys.stderr.write("\n  ".join([f"{one.name} lacks:", *one.missing[:SHOWN]]) + "\n")
    return 1 if poor else 0


def table(found: "list[Coverage]") -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'domain':34}{'sentences':>10}{'in Vietnamese':>15}{'%':>8}{'needed':>8}\n"
    for one in found:
        said = one.count - len(one.missing)
        yield f"{one.name:34}{one.count:>10}{said:>15}{one.percent:>8.1f}{one.enough:>8.0f}\n"


if __name__ == "__main__":
    sys.exit(main())
