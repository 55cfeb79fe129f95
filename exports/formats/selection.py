"""A part of the catalogue that stands on its own: some courses and everything that they refer to."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

import msgspec

from curriculum_graph.requirements import holds, learn
from curriculum_graph.snapshot import (
    AudioBlock,
    Block,
    Course,
    DownloadBlock,
    Group,
    ImageBlock,
    QuestionBlock,
    Snapshot,
    Term,
    Variant,
    VideoBlock,
)


class _HasCode(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=_HasCode)


def select_courses(snapshot: Snapshot, codes: Iterable[str]) -> Snapshot:
    """Return the smallest catalogue that has these courses and in which every reference resolves.

    That is: the courses, those that they require or are recommended after (and so on), the frameworks, terms (with
    ancestors and successors), languages, test items and assets that any of them names, and crosswalks between the
    frameworks kept. Programmes are left out. Linear in the size of the catalogue. Order is that of ``snapshot``.
    """
    courses = _with_required(snapshot, codes)
    bodies = [body for course in courses for module in course.modules for body in (module, *module.variants)]
    targets: list[Course | Variant] = [*courses, *(b for b in bodies if isinstance(b, Variant))]
    items = _named(snapshot.items, {b.item for body in bodies for b in body.body if isinstance(b, QuestionBlock)})
    competences = {level.competence for course in courses for level in course.teaches}
    competences |= {r.competence for c in courses for g in c.requires for r in g.any_of if r.competence}
    competences |= {item.competence for item in items}
    frameworks = tuple(f for f in snapshot.frameworks if any(c.code in competences for c in f.competences))
    kept = {competence.code for framework in frameworks for competence in framework.competences}
    return Snapshot(
        format=snapshot.format,
        languages=_named(snapshot.languages, {tag for target in targets for tag in target.languages}),
        frameworks=frameworks,
        regions=_terms(snapshot.regions, {code for target in targets for code in target.regions}),
        audiences=_terms(snapshot.audiences, {code for target in targets for code in target.audiences}),
        industries=_terms(snapshot.industries, {code for target in targets for code in target.industries}),
        courses=courses,
        items=items,
        assets=_named(snapshot.assets, {code for body in bodies for b in body.body for code in _assets(b)}),
        crosswalks=tuple(c for c in snapshot.crosswalks if c.source in kept and c.target in kept),
    )


def _with_required(snapshot: Snapshot, codes: Iterable[str]) -> tuple[Course, ...]:
    by_code = {course.code: course for course in snapshot.courses}
    wanted: set[str] = set()
    waiting = [code for code in codes if code in by_code]
    while waiting:
        code = waiting.pop()
        if code not in wanted:
            wanted.add(code)
            course = by_code[code]
            waiting += [r.course for group in course.requires for r in group.any_of if r.course]
            waiting += course.recommended_after
    return tuple(course for course in snapshot.courses if course.code in wanted)


def _named(things: tuple[T, ...], codes: set[str]) -> tuple[T, ...]:
    return tuple(thing for thing in things if thing.code in codes)


def _terms(terms: tuple[Term, ...], codes: set[str]) -> tuple[Term, ...]:
    by_code = {term.code: term for term in terms}
    kept: set[str] = set()
    waiting = [code for code in codes if code in by_code]
    while waiting:
        code = waiting.pop()
        if code not in kept:
            kept.add(code)
            waiting += [c for c in (by_code[code].parent, by_code[code].replaced_by) if c]
    return _named(terms, kept)


def _assets(block: Block) -> Iterator[str]:
    if isinstance(block, ImageBlock | AudioBlock | DownloadBlock):
        yield block.asset
    elif isinstance(block, VideoBlock):
        if block.asset:
            yield block.asset
        yield from (captions.asset for captions in block.captions)


def program_catalogue(snapshot: Snapshot, steps: Iterable[str]) -> Snapshot:
    """Return a catalogue of a program's courses alone, in which they can be taken in the program's order.

    A requirement is kept where earlier steps meet it, with those of its entries that lead to the program's courses or
    to levels. One that the learner met otherwise (taken before, held before, waived) is left out: nothing in the
    catalogue could meet it.
    """
    order = list(steps)
    by_code = {course.code: course for course in snapshot.courses}
    taken: set[str] = set()
    held: dict[str, int] = {}
    within: dict[str, Course] = {}
    for code in order:
        course = by_code[code]
        kept = tuple(_within(group, set(order)) for group in course.requires if holds(group, taken, held))
        after = tuple(other for other in course.recommended_after if other in order)
        within[code] = msgspec.structs.replace(course, requires=kept, recommended_after=after)
        taken.add(code)
        held = learn(held, course.teaches)
    courses = tuple(within[course.code] for course in snapshot.courses if course.code in within)
    return select_courses(msgspec.structs.replace(snapshot, courses=courses), order)


def _within(group: Group, courses: set[str]) -> Group:
    entries = tuple(entry for entry in group.any_of if entry.course is None or entry.course in courses)
    return msgspec.structs.replace(group, any_of=entries)
