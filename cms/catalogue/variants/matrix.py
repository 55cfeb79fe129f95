"""The variants of a module as a table: whom they are for, downwards and across, and who falls back on what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cms.catalogue.models import Variant
from cms.catalogue.variants.meeting import World
from cms.taxonomy.api import Lineage
from cms.vietnamese.sorting import sort_key
from curriculum_graph.snapshot import BASE_LANGUAGE
from recommender.engine.api import Learner

Axis = Literal["region", "audience", "industry", "language"]
AXES: tuple[Axis, ...] = ("region", "audience", "industry", "language")
FIELDS: dict[Axis, str] = {
    "region": "regions", "audience": "audiences", "industry": "industries", "language": "languages",
}  # fmt: skip
EVERYONE = ""
"""The row and the column of what names nobody."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: a term that a variant names, or everyone."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The variants for whoever is in row and column. Where there is none, ``fallback`` is met; ``None`` is the base."""

    variants: list[Variant]
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    heading: Heading
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows below one root of a tree."""

    title: str
    rows: list[Row]

    @property
    def count(self) -> int:
        """How many variants its rows show."""
        return len({variant.code for row in self.rows for cell in row.cells for variant in cell.variants})


@dataclass(frozen=True, slots=True)
class Matrix:
    """Only rows and columns that some variant names."""

    down: Axis
    across: Axis
    columns: list[Heading]
    groups: list[Group]


def choose_axes(variants: Sequence[Variant], down: str = "", across: str = "") -> tuple[Axis, Axis]:
    """Return what goes down and what goes across: as asked, else regions and whatever else is named most."""
    counts = {axis: len(_named(variants, axis)) for axis in AXES}
    first: Axis = next((axis for axis in AXES if axis == down), "region")
    rest = [axis for axis in AXES if axis != first]
    second = next((axis for axis in rest if axis == across), max(rest, key=lambda axis: counts[axis]))
    return first, second


def make_matrix(
    variants: Sequence[Variant], world: World, languages: dict[str, str], axes: tuple[Axis, Axis]
) -> Matrix:
    """Return the table of variants along two axes; ``languages`` are titles by code."""
    down, across = axes
    terms = world.terms | {"language": {code: Lineage(code, None, title) for code, title in languages.items()}}
    columns = [_heading(code, terms[across]) for code in _sorted(_named(variants, across), terms[across])]
    groups: dict[str, list[Row]] = {}
    for code in _sorted(_named(variants, down), terms[down]):
        cells = [_cell(variants, world, axes, (code, column.code)) for column in columns]
        groups.setdefault(_root(code, terms[down]), []).append(Row(_heading(code, terms[down]), cells))
    titles = {root: terms[down][root].title if root in terms[down] else "" for root in groups}
    return Matrix(down, across, columns, [Group(titles[root], rows) for root, rows in groups.items()])


def learner_at(axes: tuple[Axis, Axis], codes: tuple[str, str]) -> Learner:
    """Return the learner who stands for a row and a column: of these, speaking Vietnamese where no language is said."""
    values: dict[str, Any] = {"languages": (BASE_LANGUAGE,)}
    for axis, code in zip(axes, codes, strict=True):
        if code:
            values |= {"region": code} if axis == "region" else {FIELDS[axis]: (code,)}
    return Learner(learner="-", **values)


def _cell(variants: Sequence[Variant], world: World, axes: tuple[Axis, Axis], codes: tuple[str, str]) -> Cell:
    found = [
        variant
        for variant in variants
        if all(_is_for(getattr(variant, FIELDS[axis]), code) for axis, code in zip(axes, codes, strict=True))
    ]
    return Cell(found) if found else Cell([], world.choose(learner_at(axes, codes)))


def _is_for(listed: Sequence[str], code: str) -> bool:
    return code in listed if code else not listed


def _named(variants: Iterable[Variant], axis: Axis) -> set[str]:
    """Return the codes that variants name along an axis, with everyone where one names none."""
    return {code for variant in variants for code in getattr(variant, FIELDS[axis]) or [EVERYONE]}


def _sorted(codes: Iterable[str], terms: dict[str, Lineage]) -> list[str]:
    """Return everyone first, then the terms, each below what it is part of."""
    return sorted(
        codes,
        key=lambda code: [
            (sort_key(terms[one].title), one) if one in terms else ("", one) for one in _line(code, terms)
        ],
    )


def _line(code: str, terms: dict[str, Lineage]) -> list[str]:
    line = [code]
    while (parent := terms[line[0]].parent if line[0] in terms else None) is not None:
        line.insert(0, parent)
    return line


def _root(code: str, terms: dict[str, Lineage]) -> str:
    return _line(code, terms)[0]


def _heading(code: str, terms: dict[str, Lineage]) -> Heading:
    return Heading(code, terms[code].title if code in terms else code)
