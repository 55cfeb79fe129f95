"""The list of decisions is whole."""

import re
from pathlib import Path

DECISIONS = Path(__file__).resolve().parents[2] / "docs" / "adr"


def test_each_decision_is_listed_once_in_order_by_its_number_and_title() -> None:
    headings = {path.name: re.match(r"# (\d+)\. (.+)", path.read_text()) for path in DECISIONS.glob("[0-9]*.md")}
    wanted = [f"- [{found[1]}]({name}) {found[2]}" for name, found in sorted(headings.items()) if found]
    listed = [line for line in (DECISIONS / "README.md").read_text().splitlines() if line.startswith("- ")]
    assert listed == wanted
    assert len(wanted) == len(headings)
