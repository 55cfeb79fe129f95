"""What the search knows of content: code and title in every language, and for whom and for what it is, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.searching.api import write
from cms.taxonomy.api import get_texts
from curriculum_graph.matching import Entry, make_entry
from curriculum_graph.snapshot import BASE_LANGUAGE, Text, texts_of

TARGETS = {"audience": "audiences", "region": "regions", "industry": "industries", "language": "languages"}


def course_entries(courses: Sequence[CoursePage]) -> list[Entry]:
    """Return what is searched of courses, in one query for each kind of thing that they name."""
    taught = [[record["competence"] for record in course.teaches if "competence" in record] for course in courses]
    competences = get_texts("competence", {code for codes in taught for code in codes})
    return [
        make_entry(
            course.code,
            texts_of(course.title_text),
            [
                *texts_of(course.summary),
                *course.keywords,
                course.owner_code or "",
                *targets,
                *_named(competences, codes),
            ],
        )
        for course, codes, targets in zip(courses, taught, _targets(courses), strict=True)
    ]


def course_facets(courses: Sequence[CoursePage]) -> list[list[tuple[str, str]]]:
    """Return the values of each course's facets, as its row, or the draft in its place, says."""
    return [list(_facets(course)) for course in courses]


def module_entries(modules: Sequence[Module]) -> list[Entry]:
    """Return what is searched of modules."""
    return [make_entry(module.code, texts_of(module.title), [module.owner]) for module in modules]


def variant_entries(variants: Sequence[Variant]) -> list[Entry]:
    """Return what is searched of variants, their modules' codes and titles included."""
    keys = {variant.module_id for variant in variants}
    modules = {
        pk: (code, title) for pk, code, title in Module.objects.filter(pk__in=keys).values_list("pk", "code", "title")
    }
    entries = []
    for variant, targets in zip(variants, _targets(variants), strict=True):
        code, title = modules.get(variant.module_id, ("", None))
        more = [*texts_of(title), *targets, variant.owner]
        entries.append(make_entry(f"{variant.code} {code}", texts_of(variant.title), more))
    return entries


def item_entries(items: Sequence[TestItem]) -> list[Entry]:
    """Return what is searched of test items."""
    competences = get_texts("competence", {item.competence for item in items})
    return [
        make_entry(
            item.code,
            texts_of(item.prompt),
            [item.competence, *texts_of(item.feedback), *_named(competences, [item.competence])],
        )
        for item in items
    ]


def asset_entries(assets: Sequence[Asset]) -> list[Entry]:
    """Return what is searched of files."""
    return [
        make_entry(asset.code, [asset.file_name or ""], [asset.attribution or "", asset.media_type]) for asset in assets
    ]


def follow_modules(modules: Iterable[Module]) -> None:
    """Bring what is searched of modules' variants up to date with the modules."""
    variants = list(Variant.objects.filter(module__in=modules))
    if variants:
        write(Variant, variants)


def _facets(course: CoursePage) -> Iterable[tuple[str, str]]:
    for name in ("competence", "level"):
        taught = dict.fromkeys(str(record[name]) for record in course.teaches if name in record)
        yield from ((name, value) for value in taught)
    yield from (("audience", code) for code in course.audiences)
    yield from (("region", code) for code in course.regions)
    written = course.title_text if isinstance(course.title_text, dict) else (BASE_LANGUAGE,)
    yield from (("language", tag) for tag in dict.fromkeys([*course.languages, *written]))
    if course.owner_code:
        yield "owner_code", course.owner_code


def _targets(things: Sequence[Any]) -> list[list[str]]:
    """Return for each thing the titles of those for whom it is."""
    found: list[list[str]] = [[] for _thing in things]
    for kind, field in TARGETS.items():
        texts = get_texts(kind, {code for thing in things for code in getattr(thing, field)})
        for thing, words in zip(things, found, strict=True):
            words.extend(_named(texts, getattr(thing, field)))
    return found


def _named(texts: dict[str, Text], codes: Iterable[str]) -> list[str]:
    return [text for code in codes for text in texts_of(texts.get(code))]
