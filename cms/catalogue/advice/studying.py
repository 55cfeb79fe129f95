"""What the checks are given: a draft as they see it, and what it stands among, in a constant number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from cms.catalogue.bases import read_blocks
from cms.catalogue.checking.weight import files_in
from cms.catalogue.checking.work import COMMON_GRADE, COMMON_MEGABYTES, Around, Work
from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.catalogue.noted import CheckedAddress
from cms.taxonomy.api import Line, list_audience_lines
from curriculum_graph.snapshot import BASE_LANGUAGE, text_in

Targets = list[tuple[list[str], list[str]]]
"""The audiences and languages of each course that lists a module."""


@dataclass(frozen=True, slots=True)
class Library:
    """What many drafts have around them, read once; ``None`` where it is asked for each draft."""

    lines: dict[str, Line] = field(default_factory=list_audience_lines)
    sizes: dict[str, int] | None = None
    dead: dict[str, str] | None = None
    targets: dict[str, Targets] | None = None
    languages: dict[str, set[str]] | None = None
    """The languages of the variants of each module, by the module's code."""

    def targets_of(self, module: str) -> Targets:
        """Return for whom the courses are that list a module."""
        if self.targets is not None:
            return self.targets.get(module, [])
        return list(CoursePage.objects.filter(modules__names_any=module).values_list("audiences", "languages"))

    def languages_of(self, modules: Iterable[str]) -> dict[str, set[str]]:
        """Return in which languages modules have variants, by code."""
        return list_variant_languages(modules) if self.languages is None else self.languages

    def around(self, work: Work, audiences: Iterable[str]) -> Around:
        """Return what a draft for these audiences stands among. The strictest line of them counts."""
        lines = [self.lines[code] for code in audiences if code in self.lines]
        return Around(
            sizes=self._sizes(work),
            grade=min([line.grade for line in lines if line.grade is not None], default=COMMON_GRADE),
            megabytes=min([line.megabytes for line in lines if line.megabytes is not None], default=COMMON_MEGABYTES),
            dead=self._dead(work),
        )

    def _sizes(self, work: Work) -> dict[str, int]:
        if self.sizes is not None:
            return self.sizes
        codes = files_in(work)
        return dict(Asset.objects.filter(code__in=codes).values_list("code", "bytes")) if codes else {}

    def _dead(self, work: Work) -> dict[str, str]:
        if self.dead is not None:
            return self.dead
        addresses = outside_addresses(work)
        return list_dead_addresses(addresses) if addresses else {}


def study(thing: Any, library: Library | None = None) -> tuple[Work, Around]:
    """Return a draft as checks see it, and what it stands among."""
    library = library or Library()
    work, audiences = _STUDIES[type(thing)](thing, library)
    return work, library.around(work, audiences)


def outside_addresses(work: Work) -> set[str]:
    """Return the addresses on the web to which a body leads."""
    found = {link.address for _place, markup in work.marked() for link in markup.links}
    found |= {str(block.value["url"]) for block in work.blocks if block.value.get("url")}
    return {address for address in found if address.startswith(("http://", "https://"))}


def list_dead_addresses(addresses: Iterable[str] | None = None) -> dict[str, str]:
    """Return those of the addresses (of all) that did not answer when they were last asked, with what they said."""
    rows = CheckedAddress.objects.exclude(answer="")
    if addresses is not None:
        rows = rows.filter(address__in=list(addresses))
    return dict(rows.values_list("address", "answer"))


def list_variant_languages(modules: Iterable[str] | None = None) -> dict[str, set[str]]:
    """Return in which languages modules (or all) have variants, by the module's code, in one query."""
    rows = Variant.objects.all() if modules is None else Variant.objects.filter(module__code__in=list(modules))
    found: dict[str, set[str]] = {}
    for module, languages in rows.values_list("module__code", "languages"):
        found.setdefault(module, set()).update(languages)
    return found


def _study_module(module: Module, library: Library) -> tuple[Work, set[str]]:
    targets = library.targets_of(module.code) if module.code else []
    promised = {language for _audiences, languages in targets for language in languages}
    base = next((languages[0] for _audiences, languages in targets if languages), BASE_LANGUAGE)
    written = library.languages_of([module.code]).get(module.code, set()) if promised - {base} else set()
    work = Work(
        kind="module",
        blocks=_blocks_of(module),
        language=base,
        megabytes=module.megabytes,
        missing=dict.fromkeys(sorted(promised - {base} - written), ""),
        absent=frozenset() if len(module.body) else frozenset({"body"}),
    )
    return work, {code for audiences, _languages in targets for code in audiences}


def _study_variant(variant: Variant, library: Library) -> tuple[Work, set[str]]:
    work = Work(
        kind="variant",
        blocks=_blocks_of(variant),
        language=variant.languages[0] if variant.languages else BASE_LANGUAGE,
        megabytes=variant.megabytes,
        features=frozenset(variant.accessibility),
        absent=frozenset() if len(variant.body) else frozenset({"body"}),
    )
    if variant.audiences or variant.module_id is None:
        return work, set(variant.audiences)
    return work, {code for audiences, _ in library.targets_of(variant.module.code) for code in audiences}


def _study_course(course: CoursePage, library: Library) -> tuple[Work, set[str]]:
    further = course.languages[1:]
    written = library.languages_of(course.modules) if further else {}
    missing = {
        language: ", ".join(code for code in course.modules if language not in written.get(code, ()))
        for language in further
    }
    summary = text_in(course.summary, BASE_LANGUAGE)
    work = Work(
        kind="course",
        texts={"summary": summary} if summary else {},
        megabytes=course.megabytes,
        features=frozenset(course.accessibility),
        missing={language: modules for language, modules in missing.items() if modules},
        absent=_absent(course, "summary", "modules", "teaches"),
    )
    return work, set()


def _study_item(item: TestItem, library: Library) -> tuple[Work, set[str]]:
    prompt = text_in(item.prompt, BASE_LANGUAGE)
    return Work(kind="item", texts={"prompt": prompt}, absent=_absent(item, "feedback", "correct")), set()


def _absent(thing: Any, *names: str) -> frozenset[str]:
    return frozenset(name for name in names if not getattr(thing, name))


def _blocks_of(thing: Module | Variant) -> tuple[Any, ...]:
    return tuple(read_blocks(thing.body.get_prep_value()))


_STUDIES: dict[type, Callable[[Any, Library], tuple[Work, set[str]]]] = {
    Module: _study_module,
    Variant: _study_variant,
    CoursePage: _study_course,
    TestItem: _study_item,
}
