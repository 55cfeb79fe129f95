"""For whom modules have nothing of their own: regions, audiences and languages that no variant names.

Sets of terms are bits of whole numbers, and what is the same for many modules is found out once: a report over ten
thousand modules takes a fraction of a second and five queries.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextField
from django.db.models.functions import Cast

from cms.catalogue.models import CoursePage, Module, Variant
from cms.taxonomy.api import Lineage, list_choices, list_lineages, list_top_terms
from curriculum_graph.snapshot import BASE_LANGUAGE

DIMENSIONS = ("region", "audience", "language")
FIELDS = {"region": "regions", "audience": "audiences", "language": "languages"}
DEPTHS = {"region": 2, "audience": 8}
"""How far down a tree gaps are counted: provinces, and every audience."""


class Dimension:
    """The terms of one kind that are counted, each a bit; a term that is not counted belongs to those above it."""

    def __init__(self, counted: Sequence[Lineage], others: Iterable[Lineage] = ()) -> None:
        self._parents = {term.code: term.parent for term in [*others, *counted]}
        tops = {term.parent for term in counted}  # only headings of what is counted
        self.terms = [term for term in counted if term.code not in tops]
        self._bits = {term.code: 1 << place for place, term in enumerate(self.terms)}
        self.all = (1 << len(self.terms)) - 1
        self._lines = [(1 << place, frozenset(self._line(term.code))) for place, term in enumerate(self.terms)]

    def wanted(self, listed: Sequence[str]) -> int:
        """Return the terms for which something that lists these is; everyone where it lists none."""
        if not listed:
            return self.all
        found = self.named(listed)
        for code in listed:  # below a counted term: that one
            found |= next((self._bits[one] for one in self._line(code) if one in self._bits), 0)
        return found

    def named(self, listed: Sequence[str]) -> int:
        """Return the terms that are listed, themselves or by one above them."""
        codes = set(listed)
        return sum(bit for bit, line in self._lines if not codes.isdisjoint(line))

    def list(self, mask: int) -> list[Lineage]:
        """Return the terms of a set."""
        return [term for place, term in enumerate(self.terms) if mask >> place & 1]

    def bit(self, code: str) -> int:
        """Return a term's bit; 0 where it is not counted."""
        return self._bits.get(code, 0)

    def _line(self, code: str | None) -> Iterator[str]:
        while code is not None:
            yield code
            code = self._parents.get(code)


@dataclass(frozen=True, slots=True)
class ModuleGaps:
    """What one module lacks: for each dimension the terms that its courses are for, and those without a variant."""

    pk: int
    code: str
    owner: str
    wanted: tuple[int, int, int]
    gaps: tuple[int, int, int]

    @property
    def count(self) -> int:
        """How many gaps it has in all."""
        return sum(mask.bit_count() for mask in self.gaps)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The gaps of modules that a live course lists."""

    dimensions: dict[str, Dimension]
    modules: list[ModuleGaps]

    def count_by_term(self, place: int) -> list[tuple[Lineage, int, int]]:
        """Return for each term of a dimension how many modules are for it, and how many of these lack it."""
        dimension = self.dimensions[DIMENSIONS[place]]
        wanted, lacking = (
            _count_bits(getattr(module, name)[place] for module in self.modules) for name in ("wanted", "gaps")
        )
        return [(term, wanted[n], lacking[n]) for n, term in enumerate(dimension.terms)]


def read_coverage(on: date, module: Module | None = None) -> Coverage:
    """Return what is lacking on a day: of one module, or of all that live courses list."""
    courses = CoursePage.objects.filter(live=True)
    variants = Variant.objects.filter(live=True)
    modules = Module.objects.filter(live=True)
    if module is not None:
        courses, variants = courses.filter(modules__names_any=module.code), variants.filter(module=module)
        modules = Module.objects.filter(pk=module.pk)
    targets = list(courses.values_list("modules", *(Cast(field, TextField()) for field in FIELDS.values())))
    named = list(variants.values_list("module", *(Cast(field, TextField()) for field in FIELDS.values())))
    dimensions = _dimensions(on, [row[1:] for row in [*targets, *named]])
    wanted = _wanted(targets, dimensions)
    covered = _covered(named, dimensions)
    rows = modules.order_by("code").values_list("pk", "code", "owner")
    return Coverage(
        dimensions,
        [_gaps(pk, code, owner, wanted[code], covered[pk]) for pk, code, owner in rows if code in wanted],
    )


def _gaps(pk: int, code: str, owner: str, wanted: list[int], covered: list[int]) -> ModuleGaps:
    region, audience, language, base = wanted
    lacking = (region & ~covered[0], audience & ~covered[1], language & ~covered[2] & ~base)
    return ModuleGaps(pk, code, owner, (region, audience, language), lacking)


def _wanted(rows: Iterable[tuple[list[str], str, str, str]], dimensions: dict[str, Dimension]) -> dict[str, list[int]]:
    """Return by module code for whom its courses are, and in which languages its base is."""
    find = [_once(dimensions[name].wanted) for name in DIMENSIONS]
    base = _once(lambda listed: dimensions["language"].named(listed[:1] or [BASE_LANGUAGE]))
    wanted: dict[str, list[int]] = {}
    for modules, *targets in rows:
        masks = [one(text) for one, text in zip(find, targets, strict=True)] + [base(targets[2])]
        for code in modules:
            before = wanted.get(code)
            wanted[code] = masks if before is None else [one | two for one, two in zip(before, masks, strict=True)]
    return wanted


def _covered(rows: Iterable[tuple[int, str, str, str]], dimensions: dict[str, Dimension]) -> dict[int, list[int]]:
    find = [_once(dimensions[name].named) for name in DIMENSIONS]
    covered: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pk, *targets in rows:
        masks = covered[pk]
        for place in range(3):
            masks[place] |= find[place](targets[place])
    return covered


def _dimensions(on: date, targets: Iterable[Sequence[str]]) -> dict[str, Dimension]:
    texts: list[set[str]] = [set(), set(), set()]
    for row in targets:
        for place, text in enumerate(row):
            texts[place].add(text)
    named = [{code for text in some for code in json.loads(text)} for some in texts]
    trees = {
        kind: Dimension(list_top_terms(kind, depth, on), list_lineages(kind, named[place]))
        for place, (kind, depth) in enumerate(DEPTHS.items())
    }
    return trees | {"language": Dimension([Lineage(code, None, title) for code, title in list_choices("language")])}


def _once(find: Callable[[list[str]], int]) -> Callable[[str], int]:
    """Return a function of JSON that works out each text once."""
    known: dict[str, int] = {}

    def cached(text: str) -> int:
        mask = known.get(text)
        if mask is None:
            mask = known[text] = find(json.loads(text))
        return mask

    return cached


def _count_bits(masks: Iterable[int]) -> dict[int, int]:
    alike: dict[int, int] = defaultdict(int)
    for mask in masks:
        alike[mask] += 1
    counts: dict[int, int] = defaultdict(int)
    for mask, times in alike.items():
        for place in range(mask.bit_length()):
            if mask >> place & 1:
                counts[place] += times
    return counts
