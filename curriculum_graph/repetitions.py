"""Codes that occur twice, and modules that are not the same wherever they are used."""

from collections.abc import Iterable, Iterator

from curriculum_graph.errors import Problem
from curriculum_graph.normal import normal_module
from curriculum_graph.snapshot import Module, Snapshot

Named = Iterable[tuple[str, str]]
"""Codes and their places."""


def check_repetitions(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield codes that occur twice in one kind, crosswalks, variants in one module, options in one item,
    and modules that differ."""
    for kind, section in (
        ("language", "languages"),
        ("framework", "frameworks"),
        ("region", "regions"),
        ("audience", "audiences"),
        ("industry", "industries"),
        ("course", "courses"),
        ("programme", "programmes"),
        ("item", "items"),
        ("asset", "assets"),
    ):
        things = getattr(snapshot, section)
        yield from _check(kind, ((thing.code, f"/{section}/{n}") for n, thing in enumerate(things)))
    yield from _check("domain", _within_frameworks(snapshot, "domains"))
    yield from _check("competence", _within_frameworks(snapshot, "competences"))
    for number, item in enumerate(snapshot.items):
        options = ((option.code, f"/items/{number}/options/{n}") for n, option in enumerate(item.options))
        yield from _check("option", options)
    yield from _check_crosswalks(snapshot)
    yield from _check_modules(snapshot)


def _check(kind: str, named: Named) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for code, place in named:
        if code in first:
            yield Problem(
                code="duplicate_code", place=f"{place}/code", fields={"kind": kind, "code": code, "first": first[code]}
            )
        else:
            first[code] = place


def _within_frameworks(snapshot: Snapshot, field: str) -> Named:
    for number, framework in enumerate(snapshot.frameworks):
        for inner, thing in enumerate(getattr(framework, field)):
            yield thing.code, f"/frameworks/{number}/{field}/{inner}"


def _check_crosswalks(snapshot: Snapshot) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, crosswalk in enumerate(snapshot.crosswalks):
        if crosswalk.name in seen:
            yield Problem(code="repeated_entry", place=f"/crosswalks/{number}", fields={"found": crosswalk.name})
        seen.add(crosswalk.name)


def _check_modules(snapshot: Snapshot) -> Iterator[Problem]:
    first: dict[str, tuple[Module, str]] = {}
    for number, course in enumerate(snapshot.courses):
        here: set[str] = set()
        for inner, module in enumerate(course.modules):
            place = f"/courses/{number}/modules/{inner}"
            if module.code in here:
                fields = {"kind": "module", "code": module.code, "first": f"/courses/{number}"}
                yield Problem(code="duplicate_code", place=f"{place}/code", fields={**fields})
                continue
            here.add(module.code)
            if module.code not in first:
                first[module.code] = (module, place)
                variants = ((variant.code, f"{place}/variants/{n}") for n, variant in enumerate(module.variants))
                yield from _check("variant", variants)
            elif not _same(module, first[module.code][0]):
                yield Problem(
                    code="module_differs", place=place, fields={"module": module.code, "first": first[module.code][1]}
                )


def _same(module: Module, other: Module) -> bool:
    """Return whether two uses of a module are one module, whatever order their sets are in."""
    return module == other or normal_module(module) == normal_module(other)
