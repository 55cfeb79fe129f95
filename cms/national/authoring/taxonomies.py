"""Languages, regions, audiences and industries."""

import json
from dataclasses import dataclass
from functools import cache

import vietnam_provinces

from cms.national.authoring.prose import bilingual, read_lines
from curriculum_graph.snapshot import Language, Term

TWO_TIERS_FROM = "2025-07-01"
THREE_TIERS_UNTIL = "2025-06-30"


@dataclass(frozen=True)
class Province:
    """A province and what a lesson may say of it. ``inhabitants`` are thousands, rounded."""

    code: str
    vi: str
    en: str
    region: str
    inhabitants: int
    product: str
    landmark: str
    languages: tuple[str, ...]


def languages() -> tuple[Language, ...]:
    """Return the languages that texts, lessons and classes are in."""
    rows = (line.fields(3) for line in read_lines("languages.txt"))
    return tuple(Language(code=code, title=bilingual(vi, en)) for code, vi, en in rows)


@cache
def provinces() -> tuple[Province, ...]:
    """Return the 34 provinces in the order of their regions."""
    found: list[Province] = []
    region = ""
    for line in read_lines("regions.txt"):
        if line.depth == 0:
            region = line.fields(3)[0]
            continue
        code, vi, en, inhabitants, product, landmark, spoken = line.fields(7)
        tags = () if spoken == "-" else tuple(spoken.split())
        found.append(Province(code, vi, en, region, int(inhabitants), product, landmark, tags))
    return tuple(found)


@cache
def communes() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return code and name of the communes of each province, by official code, in the order of codes."""
    nested = json.loads(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    return {
        f"{province['code']:02d}": tuple(sorted((f"{ward['code']:05d}", ward["name"]) for ward in province["wards"]))
        for province in nested
    }


@cache
def regions() -> tuple[Term, ...]:
    """Return regions, provinces, communes, and the provinces that were merged on 1 July 2025."""
    rows = [line.fields(3) for line in read_lines("regions.txt") if line.depth == 0]
    terms = [Term(code=code, title=bilingual(vi, en)) for code, vi, en in rows]
    for place in provinces():
        title = bilingual(place.vi, place.en)
        terms.append(Term(code=place.code, title=title, parent=place.region, valid_from=TWO_TIERS_FROM))
    for place in provinces():
        terms += [
            Term(code=code, title=name, parent=place.code, valid_from=TWO_TIERS_FROM)
            for code, name in communes()[place.code]
        ]
    return (*terms, *former_provinces())


def former_provinces() -> list[Term]:
    """Return the provinces of before 1 July 2025 that were merged, below the region that they lay in by today's map."""
    region_of = {place.code: place.region for place in provinces()}
    rows = (line.fields(3) for line in read_lines("former_provinces.txt"))
    return [
        Term(
            code=f"truoc-2025-07/{code}",
            title=title,
            parent=region_of[heir],
            valid_until=THREE_TIERS_UNTIL,
            replaced_by=heir,
        )
        for code, title, heir in rows
    ]


def _tree(name: str) -> tuple[Term, ...]:
    above: list[str] = []
    terms = []
    for line in read_lines(name):
        code, vi, en = line.fields(3)
        if line.depth > len(above):
            raise line.error("indented too far")
        parent = above[line.depth - 1] if line.depth else None
        above[line.depth :] = [code]
        terms.append(Term(code=code, title=bilingual(vi, en), parent=parent))
    return tuple(terms)


@cache
def audiences() -> tuple[Term, ...]:
    """Return the audiences below the four groups of Decision 757/QĐ-BKHCN."""
    return _tree("audiences.txt")


@cache
def industries() -> tuple[Term, ...]:
    """Return the fields of work."""
    return _tree("industries.txt")


@cache
def root_of_audience() -> dict[str, str]:
    """Return, for each audience, the one of the four groups that it belongs to."""
    roots: dict[str, str] = {}
    for term in audiences():
        roots[term.code] = term.code if term.parent is None else roots[term.parent]
    return roots
