"""What is wrong in one draft, as a list for its author: codes that name nothing, levels too high, deadlocks.

The checks are those of the whole catalogue (:mod:`curriculum_graph`), asked about one thing among what exists.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.catalogue.interchange import values
from cms.catalogue.models import CoursePage, Module, TestItem, Variant
from cms.taxonomy.api import list_codes, list_competence_levels, list_missing_codes
from curriculum_graph import snapshot
from curriculum_graph.api import Known, check_references, find_deadlocks
from curriculum_graph.errors import Problem
from curriculum_graph.releases.api import describe

KINDS = ("region", "audience", "industry", "course", "item", "asset", "framework")
PLACES = {
    "requires": gettext_lazy("Requirements"),
    "any_of": gettext_lazy("way"),
    "teaches": gettext_lazy("Teaches"),
    "recommended_after": gettext_lazy("Recommended after"),
    "modules": gettext_lazy("Modules"),
    "audiences": gettext_lazy("Audiences"),
    "regions": gettext_lazy("Regions"),
    "industries": gettext_lazy("Industries"),
    "blocks": gettext_lazy("Body"),
    "body": gettext_lazy("Body"),
    "alt": gettext_lazy("Alternative text"),
    "transcript": gettext_lazy("Transcript"),
    "text": gettext_lazy("Text"),
    "steps": gettext_lazy("Steps"),
    "url": gettext_lazy("Address"),
    "megabytes": gettext_lazy("Megabytes"),
    "languages": gettext_lazy("Languages"),
    "summary": gettext_lazy("Summary"),
    "prompt": gettext_lazy("Prompt"),
    "feedback": gettext_lazy("Feedback"),
    "competence": gettext_lazy("Competence"),
    "level": gettext_lazy("Level"),
    "course": gettext_lazy("Course"),
    "asset": gettext_lazy("File"),
    "item": gettext_lazy("Test item"),
    "captions": gettext_lazy("Captions"),
    "options": gettext_lazy("Options"),
    "correct": gettext_lazy("Correct answers"),
}
OUTLINES = 8192
"""Courses whose requirements a process keeps decoded."""


class _Block(msgspec.Struct):
    """A block of requirements, as its column has it."""

    value: snapshot.Group


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem as its author reads it."""

    place: str
    sentence: str
    is_error: bool
    code: str = "unreadable"
    pointer: str = ""
    """Where it is within the thing, as a JSON pointer."""


def list_problems(thing: Any) -> list[Shown]:
    """Return what is wrong in a draft, errors first. A constant number of queries, whatever the draft holds."""
    try:
        document = _document_of(thing)
    except msgspec.ValidationError as error:
        return [Shown(place=_("Content"), sentence=str(error), is_error=True)]
    found = [_shown(problem) for problem in _check(thing, document)]
    return sorted(found, key=lambda problem: not problem.is_error)


def _document_of(thing: Any) -> snapshot.Snapshot:
    """Return a catalogue of this one thing."""
    if isinstance(thing, CoursePage):
        return _catalogue(courses=(values.course_value(thing, ()),))
    if isinstance(thing, TestItem):
        return _catalogue(items=(values.item_value(thing),))
    if isinstance(thing, Module):
        return _around(values.module_value(thing, ()))
    if isinstance(thing, Variant):
        return _around(snapshot.Module(code="-", title="", variants=(values.variant_value(thing),)))
    return _catalogue()


def _around(module: snapshot.Module) -> snapshot.Snapshot:
    return _catalogue(courses=(snapshot.Course(code="-", title="", minutes=1, modules=(module,)),))


def _catalogue(**parts: Any) -> snapshot.Snapshot:
    return snapshot.Snapshot(format="curriculum-catalogue/1", **parts)


def _check(thing: Any, document: snapshot.Snapshot) -> Iterator[Problem]:
    yield from check_references(document, _known())
    if isinstance(thing, CoursePage):
        for code in list_missing_codes("module", thing.modules):
            yield Problem(code="unknown_code", place="/courses/0/modules", fields={"kind": "module", "code": code})
        yield from _check_deadlocks(document.courses[0])


def _known() -> Known:
    levels = list_competence_levels()
    codes = {kind: frozenset(list_codes(kind)) for kind in KINDS}
    codes |= {"competence": frozenset(levels), "domain": frozenset(), "crosswalk": frozenset()}
    return Known(codes=codes, levels=levels)


def _check_deadlocks(course: snapshot.Course) -> Iterator[Problem]:
    """Yield the deadlocks that this draft would be part of, were it live among the others."""
    if not course.requires:
        return
    others = CoursePage.objects.filter(live=True).exclude(code=course.code)
    raw = others.annotate(raw_teaches=Cast("teaches", TextField()), raw_requires=Cast("requires", TextField()))
    courses = [course, *(_outline(*row) for row in raw.values_list("code", "raw_teaches", "raw_requires"))]
    for deadlock in find_deadlocks(courses):
        if course.code in deadlock.courses:
            fields = {"courses": deadlock.courses, "loop": deadlock.loop, "through": deadlock.through}
            yield Problem(code="deadlock", place=f"/courses/0/requires/{deadlock.group}", fields={**fields})


@lru_cache(maxsize=OUTLINES)
def _outline(code: str, teaches: str, requires: str) -> snapshot.Course:
    """Return what deadlocks are found from. The same columns give the same outline: reading JSON is what takes time."""
    blocks = msgspec.json.decode(requires or "[]", type=list[_Block])
    return snapshot.Course(
        code=code,
        title="",
        minutes=1,
        teaches=msgspec.json.decode(teaches, type=tuple[snapshot.LevelOf, ...]),
        requires=tuple(block.value for block in blocks),
    )


def _shown(problem: Problem) -> Shown:
    inner = re.sub(r"^/(courses/0(/modules/0(/variants/0)?)?|items/0)(?=/|$)", "", problem.place)
    return Shown(_place(inner), describe(problem), problem.severity == "error", problem.code, inner)


def _place(inner: str) -> str:
    """Return a place within the form for a JSON pointer: ``Requirements 1 › way 2 › Course``."""
    words: list[str] = []
    for part in inner.strip("/").split("/"):
        if part.isdigit() and words:
            words[-1] += f" {int(part) + 1}"
        elif part:
            words.append(str(PLACES.get(part, part)))
    return " › ".join(words) or _("Content")
