"""What is to be improved in one draft, as its author reads it: what checks found, and what the catalogue refuses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.catalogue.advice.studying import study
from cms.catalogue.advice.wording import describe
from cms.catalogue.checking.reading import grade_line, read_work
from cms.catalogue.checking.registry import run_checks
from cms.catalogue.problems import PLACES, list_problems
from curriculum_graph.errors import Problem

HASH = "#:w:contentpath="
"""With this and the path of a field, Wagtail's editor opens its tab and scrolls to it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to improve: where, what, and what to do. ``path`` names the field in the editor."""

    code: str
    path: str
    place: str
    sentence: str
    cure: str
    is_error: bool

    @property
    def anchor(self) -> str:
        """The end of an address that opens the editor at the place."""
        return f"{HASH}{self.path}"


@dataclass(frozen=True, slots=True)
class Advice:
    """All findings of one draft, and the grade that its text asks for beside the line (``None``: cannot be said)."""

    findings: list[Finding]
    grade: float | None
    line: int

    @property
    def error_count(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.is_error for finding in self.findings)


def list_findings(thing: Any) -> list[Finding]:
    """Return what is wrong in a draft and what could be better, errors first, in a constant number of queries."""
    return advise(thing).findings


def advise(thing: Any) -> Advice:
    """Return what authors are told of a draft."""
    work, around = study(thing)
    reading = read_work(work)
    refused = [
        Finding(problem.code, _path(problem.pointer, thing), problem.place, problem.sentence, "", problem.is_error)
        for problem in list_problems(thing)
    ]
    found = [*refused, *put_in_words(run_checks(work, around), thing)]
    found.sort(key=lambda finding: not finding.is_error)
    return Advice(found, reading.grade if reading else None, grade_line(work, around))


def list_errors(thing: Any) -> list[Finding]:
    """Return what keeps a draft from being submitted or published."""
    return [finding for finding in list_findings(thing) if finding.is_error]


def put_in_words(problems: Iterable[Problem], thing: Any) -> Iterator[Finding]:
    """Yield what checks found as their author reads it."""
    names = _block_names(thing)
    for problem in problems:
        sentence, cure = describe(problem.code, problem.fields)
        place = place_in_words(problem.place, names)
        yield Finding(problem.code, problem.place, place, sentence, cure, problem.severity == "error")


def place_in_words(path: str, names: dict[str, str]) -> str:
    """Return a place as people name it: ``Body › 3 Image › Alternative text``."""
    parts = path.split(".")
    words = [str(PLACES.get(part, "")) or names.get(part, "") for part in parts]
    return " › ".join(word for word in words if word) or _("Content")


def _block_names(thing: Any) -> dict[str, str]:
    """Return the number and name of each block of the body, by its id."""
    body = getattr(thing, "body", None)
    if body is None:
        return {}
    labels = {name: str(block.label) for name, block in body.stream_block.child_blocks.items()}
    return {
        str(block.get("id") or ""): f"{number} {labels.get(block['type'], block['type'])}"
        for number, block in enumerate(body.get_prep_value(), start=1)
    }


def _path(pointer: str, thing: Any) -> str:
    """Return the path of a field in the editor for a JSON pointer into the document."""
    matched = re.match(r"/blocks/(\d+)(?:/([a-z]+))?|/([a-z_]+)", pointer)
    if matched is None:
        return ""
    if matched[3]:
        return matched[3]
    blocks = list(thing.body.get_prep_value())
    block = blocks[int(matched[1])] if int(matched[1]) < len(blocks) else {}
    return ".".join(part for part in ("body", block.get("id"), matched[2]) if part)
