"""References between things: every code named must be a thing's, every level its framework's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from curriculum_graph.errors import Problem
from curriculum_graph.snapshot import (
    AudioBlock,
    Block,
    Course,
    DownloadBlock,
    Framework,
    Goal,
    ImageBlock,
    Item,
    LevelOf,
    QuestionBlock,
    Requirement,
    Snapshot,
    Term,
    Variant,
    VideoBlock,
)

CHOICES = ("single_choice", "multiple_choice", "order")
"""Kinds of test items whose answers are codes of options."""


@dataclass(frozen=True, slots=True)
class Known:
    """The codes of a snapshot by kind; ``levels`` gives the number of levels of each competence."""

    codes: Mapping[str, frozenset[str]]
    levels: Mapping[str, int]


def collect(snapshot: Snapshot) -> Known:
    """Return what a snapshot defines."""
    levels = {
        competence.code: framework.levels for framework in snapshot.frameworks for competence in framework.competences
    }
    domains = frozenset(domain.code for framework in snapshot.frameworks for domain in framework.domains)
    codes = {
        kind: frozenset(thing.code for thing in things)
        for kind, things in (
            ("region", snapshot.regions),
            ("audience", snapshot.audiences),
            ("industry", snapshot.industries),
            ("course", snapshot.courses),
            ("item", snapshot.items),
            ("asset", snapshot.assets),
            ("framework", snapshot.frameworks),
        )
    }
    codes |= {"competence": frozenset(levels), "domain": domains}
    codes["crosswalk"] = codes["competence"] | domains | codes["framework"]
    return Known(codes=codes, levels=levels)


def check_references(snapshot: Snapshot, known: Known) -> Iterator[Problem]:
    """Yield every code that names nothing, and every level that its framework does not have."""
    for number, framework in enumerate(snapshot.frameworks):
        yield from _check_framework(framework, f"/frameworks/{number}")
    for kind, section, terms in (
        ("region", "regions", snapshot.regions),
        ("audience", "audiences", snapshot.audiences),
        ("industry", "industries", snapshot.industries),
    ):
        for number, term in enumerate(terms):
            yield from _check_term(known, kind, term, f"/{section}/{number}")
    for number, course in enumerate(snapshot.courses):
        yield from _check_course(known, course, f"/courses/{number}")
    for number, programme in enumerate(snapshot.programmes):
        place = f"/programmes/{number}"
        yield from _resolve(known, "audience", programme.audiences, f"{place}/audiences")
        yield from _resolve(known, "region", programme.regions, f"{place}/regions")
        for goal_number, goal in enumerate(programme.goals):
            yield from _check_target(known, goal, f"{place}/goals/{goal_number}")
    for number, item in enumerate(snapshot.items):
        yield from _check_item(known, item, f"/items/{number}")
    for number, crosswalk in enumerate(snapshot.crosswalks):
        yield from _check_code(known, "crosswalk", crosswalk.source, f"/crosswalks/{number}/from")
        yield from _check_code(known, "crosswalk", crosswalk.target, f"/crosswalks/{number}/to")


def _check_code(known: Known, kind: str, code: str | None, place: str) -> Iterator[Problem]:
    if code is not None and code not in known.codes[kind]:
        yield Problem(code="unknown_code", place=place, fields={"kind": kind, "code": code})


def _resolve(known: Known, kind: str, codes: Iterable[str], place: str) -> Iterator[Problem]:
    for number, code in enumerate(codes):
        yield from _check_code(known, kind, code, f"{place}/{number}")


def _check_level(known: Known, competence: str, level: int, place: str) -> Iterator[Problem]:
    if competence not in known.levels:
        yield from _check_code(known, "competence", competence, f"{place}/competence")
    elif level > known.levels[competence]:
        yield Problem(
            code="level_too_high",
            place=f"{place}/level",
            fields={"competence": competence, "level": level, "levels": known.levels[competence]},
        )


def _check_target(known: Known, target: Requirement | Goal, place: str) -> Iterator[Problem]:
    yield from _check_code(known, "course", target.course, f"{place}/course")
    if target.competence is not None:
        yield from _check_level(known, target.competence, target.level or 1, place)


def _check_framework(framework: Framework, place: str) -> Iterator[Problem]:
    domains = {domain.code for domain in framework.domains}
    for number, competence in enumerate(framework.competences):
        here = f"{place}/competences/{number}"
        if competence.domain is not None and competence.domain not in domains:
            fields = {"kind": "domain", "code": competence.domain}
            yield Problem(code="unknown_code", place=f"{here}/domain", fields={**fields})
        for level in competence.descriptors or ():
            if not (level.isascii() and level.isdigit() and 1 <= int(level[:4]) <= framework.levels):
                yield Problem(
                    code="no_such_level",
                    place=f"{here}/descriptors/{level.replace('~', '~0').replace('/', '~1')}",
                    fields={"level": level, "levels": framework.levels},
                )


def _check_term(known: Known, kind: str, term: Term, place: str) -> Iterator[Problem]:
    yield from _check_code(known, kind, term.parent, f"{place}/parent")
    yield from _check_code(known, kind, term.replaced_by, f"{place}/replaced_by")


def _check_course(known: Known, course: Course, place: str) -> Iterator[Problem]:
    yield from _check_targeting(known, course, place)
    yield from _check_teaches(known, course.teaches, place)
    yield from _resolve(known, "course", course.recommended_after, f"{place}/recommended_after")
    for group_number, group in enumerate(course.requires):
        for number, entry in enumerate(group.any_of):
            yield from _check_target(known, entry, f"{place}/requires/{group_number}/any_of/{number}")
    for number, module in enumerate(course.modules):
        here = f"{place}/modules/{number}"
        yield from _check_blocks(known, module.blocks, here)
        for variant_number, variant in enumerate(module.variants):
            yield from _check_targeting(known, variant, f"{here}/variants/{variant_number}")
            yield from _check_blocks(known, variant.blocks, f"{here}/variants/{variant_number}")


def _check_teaches(known: Known, teaches: Iterable[LevelOf], place: str) -> Iterator[Problem]:
    for number, taught in enumerate(teaches):
        yield from _check_level(known, taught.competence, taught.level, f"{place}/teaches/{number}")


def _check_targeting(known: Known, thing: Course | Variant, place: str) -> Iterator[Problem]:
    yield from _resolve(known, "audience", thing.audiences, f"{place}/audiences")
    yield from _resolve(known, "region", thing.regions, f"{place}/regions")
    yield from _resolve(known, "industry", thing.industries, f"{place}/industries")


def _check_blocks(known: Known, blocks: Iterable[Block], place: str) -> Iterator[Problem]:
    for number, block in enumerate(blocks):
        here = f"{place}/blocks/{number}"
        if isinstance(block, QuestionBlock):
            yield from _check_code(known, "item", block.item, f"{here}/item")
        elif isinstance(block, ImageBlock | VideoBlock | AudioBlock | DownloadBlock):
            yield from _check_code(known, "asset", block.asset, f"{here}/asset")
        if isinstance(block, VideoBlock):
            for inner, captions in enumerate(block.captions):
                yield from _check_code(known, "asset", captions.asset, f"{here}/captions/{inner}/asset")
            if block.asset is None and block.url is None:
                yield Problem(code="video_without_source", place=here, severity="warning")


def _check_item(known: Known, item: Item, place: str) -> Iterator[Problem]:
    yield from _check_level(known, item.competence, item.level, place)
    options = {option.code for option in item.options}
    if item.kind in CHOICES or (item.kind == "true_false" and options):
        for number, answer in enumerate(item.correct):
            if answer not in options:
                yield Problem(code="answer_not_an_option", place=f"{place}/correct/{number}", fields={"answer": answer})
    if item.kind == "single_choice" and len(item.correct) > 1:
        yield Problem(
            code="several_answers", place=f"{place}/correct", fields={"count": len(item.correct)}, severity="warning"
        )
