"""For whom modules have nothing of their own: regions, audiences and languages that no variant names.

Sets of terms are bits of whole numbers, and what is the same for many modules is found out once: a report over ten
thousand modules takes a fraction of a second and five queries.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from cms.catalogue.models import CoursePage, Module, Variant
from cms.taxonomy.api import Lineage, get_titles, list_codes, list_lineages, list_top_terms
from curriculum_graph.snapshot import BASE_LANGUAGE

DIMENSIONS = ("region", "audience", "language")
FIELDS = ("regions", "audiences", "languages")
Targets = tuple[str, str, str]
"""What a course or a variant lists of each dimension, as JSON."""
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

    def terms_in(self, mask: int) -> list[Lineage]:
        """Return the terms of a set."""
        return [term for place, term in enumerate(self.terms) if mask >> place & 1]

    def bit(self, code: str) -> int:
        """Return a term's bit; 0 where it is not counted."""
        return self._bits.get(code, 0)

    def _line(self, code: str | None) -> Iterator[str]:
        while code is not None:
            yield code
            code = self._parents.get(code)


class Space:
    """All dimensions side by side: a set of terms of each is one whole number."""

    def __init__(self, dimensions: dict[str, Dimension]) -> None:
        self.dimensions = dimensions
        sizes = [len(dimension.terms) for dimension in dimensions.values()]
        self._starts = dict(zip(dimensions, accumulate([0, *sizes]), strict=False))

    def wanted(self, targets: Targets) -> int:
        """Return for whom something with these targets is."""
        return self._join([one.wanted(json.loads(text)) for one, text in self._each(targets)])

    def named(self, targets: Targets) -> int:
        """Return who is named by these targets."""
        return self._join([one.named(json.loads(text)) for one, text in self._each(targets)])

    def base(self, targets: Targets) -> int:
        """Return the language of the bodies of a course with these targets."""
        first = json.loads(targets[DIMENSIONS.index("language")])[:1]
        return self.dimensions["language"].named(first or [BASE_LANGUAGE]) << self._starts["language"]

    def part(self, mask: int, name: str) -> int:
        """Return the set of one dimension."""
        return mask >> self._starts[name] & self.dimensions[name].all

    def bit(self, name: str, code: str) -> int:
        """Return a term as a set; empty where it is not counted."""
        return self.dimensions[name].bit(code) << self._starts[name]

    def _each(self, targets: Targets) -> Iterator[tuple[Dimension, str]]:
        return zip(self.dimensions.values(), targets, strict=True)

    def _join(self, masks: Sequence[int]) -> int:
        return sum(mask << start for mask, start in zip(masks, self._starts.values(), strict=True))


@dataclass(frozen=True, slots=True)
class ModuleGaps:
    """One module: the terms that its courses are for, and those of them that none of its variants names."""

    pk: int
    code: str
    owner: str
    wanted: int
    gaps: int


@dataclass(frozen=True, slots=True)
class TermCount:
    """How many modules are for a term, and how many of these have nothing of its own."""

    term: Lineage
    wanted: int
    lacking: int

    @property
    def covered(self) -> int:
        """How many have something."""
        return self.wanted - self.lacking


@dataclass(frozen=True, slots=True)
class Coverage:
    """The gaps of modules that a live course lists, by code."""

    space: Space
    modules: list[ModuleGaps]

    def terms_in(self, mask: int, name: str) -> list[Lineage]:
        """Return the terms of one dimension that are in a set."""
        return self.space.dimensions[name].terms_in(self.space.part(mask, name))

    def count(self, mask: int, name: str) -> int:
        """Return how many terms of one dimension are in a set."""
        return self.space.part(mask, name).bit_count()

    def count_by_term(self, name: str) -> list[TermCount]:
        """Return for each term of a dimension how many modules are for it, and how many of these lack it."""
        wanted = _count_bits(self.space.part(module.wanted, name) for module in self.modules)
        lacking = _count_bits(self.space.part(module.gaps, name) for module in self.modules)
        return [TermCount(term, wanted[n], lacking[n]) for n, term in enumerate(self.space.dimensions[name].terms)]


def read_coverage(on: date, module: Module | None = None) -> Coverage:
    """Return what is lacking on a day: of one module, or of all that live courses list."""
    courses = CoursePage.objects.filter(live=True)
    variants = Variant.objects.filter(live=True)
    modules = Module.objects.filter(live=True)
    if module is not None:
        courses, variants = courses.filter(modules__names_any=module.code), variants.filter(module=module)
        modules = Module.objects.filter(pk=module.pk)
    targets = [Cast(field, TextField()) for field in FIELDS]
    texts: dict[Targets, int] = {}
    lists = _read(courses.values_list("modules", *targets), texts)
    named = _read(variants.values_list("module", *targets), texts)
    space = _space(on, texts)
    wanted, bases = _by_module(lists, [(space.wanted(one), space.base(one)) for one in texts])
    masks = [space.named(one) for one in texts]
    covered: dict[int, int] = {}
    for pk, place in named:
        covered[pk] = covered.get(pk, 0) | masks[place]
    rows = modules.order_by("code").values_list("pk", "code", "owner")
    return Coverage(
        space,
        [
            ModuleGaps(pk, code, owner, wanted[code], wanted[code] & ~covered.get(pk, 0) & ~bases[code])
            for pk, code, owner in rows
            if code in wanted
        ],
    )


def _read(rows: Any, texts: dict[Targets, int]) -> Iterator[tuple[Any, int]]:
    """Return what has targets, each with the place of these among all that differ: thousands of rows say the same.

    Rows are let go one by one: kept, they would have Python look through all it holds for what it may forget.
    """
    keys, places = [], []
    for row in rows.iterator(2000):
        keys.append(row[0])
        places.append(texts.setdefault(row[1:], len(texts)))
    return zip(keys, places, strict=True)


def _by_module(
    lists: Iterable[tuple[list[str], int]], masks: Sequence[tuple[int, int]]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return by code for whom the courses of modules are, and in which languages the modules' bases are."""
    wanted: dict[str, int] = {}
    bases: dict[str, int] = {}
    for codes, place in lists:
        who, language = masks[place]
        for code in codes:
            wanted[code] = wanted.get(code, 0) | who
            bases[code] = bases.get(code, 0) | language
    return wanted, bases


def _space(on: date, targets: Iterable[Targets]) -> Space:
    codes: list[set[str]] = [set(), set(), set()]
    for texts in targets:
        for named, text in zip(codes, texts, strict=True):
            named.update(json.loads(text))
    trees = {
        kind: Dimension(list_top_terms(kind, depth, on), list_lineages(kind, named))
        for (kind, depth), named in zip(DEPTHS.items(), codes, strict=False)
    }
    languages = get_titles("language", sorted(list_codes("language")))
    return Space(trees | {"language": Dimension([Lineage(code, None, title) for code, title in languages.items()])})


def _count_bits(masks: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for mask, times in Counter(masks).items():
        for place in range(mask.bit_length()):
            if mask >> place & 1:
                counts[place] += times
    return counts
