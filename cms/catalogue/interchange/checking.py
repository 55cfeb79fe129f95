"""A document held against itself together with what is in the installation already."""

import re
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from cms.catalogue.interchange.live import read_outline
from cms.catalogue.interchange.prune import check_prune
from curriculum_graph.api import Problem, check_snapshot
from curriculum_graph.snapshot import Competence, Domain, Framework, Snapshot

CODED = ("languages", "regions", "audiences", "industries", "courses", "programmes", "items", "assets")
_PLACE = re.compile(r"/(\w+)/(\d+)(.*)\Z", re.DOTALL)


def check(document: Snapshot, *, prune: bool) -> list[Problem]:
    """Return the problems of importing ``document``, errors first.

    With ``prune`` nothing else will be there, so that the document must hold by itself. Without, it may refer to what
    is there; errors that what is there has anyway, without the document, are nobody's news and are left out.
    """
    if prune:
        return [*check_snapshot(document), *check_prune(document)]
    live = read_outline()
    together = check_snapshot(merge(document, live))
    problems = [_relabel(problem, document, live) for problem in together]
    if not any(_is_of_live(problem) for problem in problems):
        return problems
    known = {(problem.code, tuple(problem.fields.items())) for problem in check_snapshot(live)}
    return [
        problem
        for problem in problems
        if not _is_of_live(problem) or (problem.code, tuple(problem.fields.items())) not in known
    ]


def merge(document: Snapshot, live: Snapshot) -> Snapshot:
    """Return what will be there: the document's things in their places, then what it does not name."""
    return replace(
        document,
        **{section: _join(getattr(document, section), getattr(live, section)) for section in CODED},
        frameworks=_join_frameworks(document.frameworks, live.frameworks),
        crosswalks=_join(document.crosswalks, live.crosswalks, "name"),
    )


def _join(first: Iterable[Any], second: Iterable[Any], name: str = "code") -> tuple[Any, ...]:
    first = tuple(first)
    named = {getattr(value, name) for value in first}
    return (*first, *(value for value in second if getattr(value, name) not in named))


def _join_frameworks(document: tuple[Framework, ...], live: tuple[Framework, ...]) -> tuple[Framework, ...]:
    before = {framework.code: framework for framework in live}
    competences = {value.code for framework in document for value in framework.competences}
    domains = {value.code for framework in document for value in framework.domains}

    def rest_of(framework: Framework) -> tuple[tuple[Domain, ...], tuple[Competence, ...]]:
        return (
            tuple(value for value in framework.domains if value.code not in domains),
            tuple(value for value in framework.competences if value.code not in competences),
        )

    joined = []
    for framework in document:
        more_domains, more = rest_of(before.pop(framework.code)) if framework.code in before else ((), ())
        joined.append(
            replace(
                framework,
                domains=(*framework.domains, *more_domains),
                competences=(*framework.competences, *more),
            )
        )
    for framework in before.values():
        left_domains, left = rest_of(framework)
        joined.append(replace(framework, domains=left_domains, competences=left))
    return tuple(joined)


def _relabel(problem: Problem, document: Snapshot, live: Snapshot) -> Problem:
    """Return the problem with its place named by code where that is in the installation and not in the document."""
    matched = _PLACE.match(problem.place)
    if matched is None:
        return problem
    section, number, rest = matched[1], int(matched[2]), matched[3]
    named = getattr(document, section, ())
    if number < len(named) or section not in CODED:
        return problem
    entry = _join(named, getattr(live, section))[number]
    return replace(problem, place=f"installed/{section}/{entry.code}{rest}")


def _is_of_live(problem: Problem) -> bool:
    return problem.place.startswith("installed/")
