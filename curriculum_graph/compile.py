"""The curriculum as arrays: what planners and rankers compute on.

Every ragged list is stored in compressed rows: ``x_ptr`` (int32, one longer than the rows) and ``x`` (the values of
row ``i`` are ``x[x_ptr[i]:x_ptr[i + 1]]``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from curriculum_graph.errors import BrokenSnapshot
from curriculum_graph.snapshot import Course, Framework, Goal, Requirement, Snapshot, Term, Variant

Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

FEATURES = ("captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard")
"""Accessibility features; feature ``i`` is bit ``1 << i`` of an accessibility mask."""


@dataclass(frozen=True, slots=True)
class TermTree:
    """A tree of regions, audiences or industries. ``T`` terms, sorted by code.

    ``parent`` is int32[T] (-1 for a root); ``depth`` is int32[T], a root being 1.
    """

    codes: tuple[str, ...]
    parent: Int32
    depth: Int32


@dataclass(frozen=True, slots=True)
class Targeting:
    """For whom the ``N`` courses (or variants) are: rows of term indices; an empty row means everyone.

    ``accessibility`` is int32[N] of bit masks over :data:`FEATURES`; ``megabytes`` is float64[N], NaN where not given.
    """

    audience_ptr: Int32
    audience: Int32
    region_ptr: Int32
    region: Int32
    industry_ptr: Int32
    industry: Int32
    language_ptr: Int32
    language: Int32
    accessibility: Int32
    megabytes: Float64


@dataclass(frozen=True, slots=True)
class CompiledGraph:
    """All of a release that planning needs. ``C`` courses, ``K`` competences, ``S`` states, ``G`` groups.

    A *state* is a competence at a level: state ``state_ptr[k] + level - 1`` for competence ``k``; to hold a state is to
    hold every lower one of the same competence.

    Attributes
    ----------
    release : the release's id.
    course_codes : the courses, sorted by code point; a course's index is its place here.
    minutes : int32[C].
    competence_codes : the competences of all frameworks, sorted.
    state_ptr : int32[K + 1].
    teaches_ptr, teaches : int32[C + 1], states taught by each course (the highest of each competence).
    group_ptr : int32[C + 1], the groups of each course are ``group_ptr[c] ... group_ptr[c + 1] - 1``.
    entry_ptr : int32[G + 1], entries of each group.
    entry_course, entry_state : int32[E]; exactly one of the two is not -1.
    after_ptr, after : courses after which each course is recommended (a soft order).
    languages : BCP 47 tags that anything lists, sorted.
    audiences, regions, industries : the trees.
    courses_for : targeting of the courses.
    module_ptr, module_codes : modules of each course, in order (``module_ptr`` int32[C + 1]; one entry per use).
    variant_ptr, variant_codes : variants of each entry of ``module_codes``, sorted by code.
    variants_for : targeting of the variants.
    programme_codes : programmes, sorted.
    goal_ptr, goal_course, goal_state, goal_weight : goals of each programme; one of course and state is -1.
    """

    release: str
    course_codes: tuple[str, ...]
    minutes: Int32
    competence_codes: tuple[str, ...]
    state_ptr: Int32
    teaches_ptr: Int32
    teaches: Int32
    group_ptr: Int32
    entry_ptr: Int32
    entry_course: Int32
    entry_state: Int32
    after_ptr: Int32
    after: Int32
    languages: tuple[str, ...]
    audiences: TermTree
    regions: TermTree
    industries: TermTree
    courses_for: Targeting
    module_ptr: Int32
    module_codes: tuple[str, ...]
    variant_ptr: Int32
    variant_codes: tuple[str, ...]
    variants_for: Targeting
    programme_codes: tuple[str, ...]
    goal_ptr: Int32
    goal_course: Int32
    goal_state: Int32
    goal_weight: Float64


def compile_graph(snapshot: Snapshot, release_id: str) -> CompiledGraph:
    """Return the curriculum as arrays.

    Parameters
    ----------
    snapshot : a snapshot in which :func:`curriculum_graph.checks.check_snapshot` finds no errors.
    release_id : what the graph is the graph of.

    Raises
    ------
    BrokenSnapshot
        If the snapshot refers to something that it does not hold; an unchecked snapshot may.

    Notes
    -----
    The result depends on nothing but the arguments; courses, terms and programmes may come in any order. Linear in
    the size of the snapshot, but for sorting.
    """
    courses = sorted(snapshot.courses, key=lambda course: course.code)
    states = _States(snapshot.frameworks)
    indices = _Indices(
        courses=_index(course.code for course in courses),
        languages=_index(sorted(_languages(snapshot))),
        regions=_index(sorted(term.code for term in snapshot.regions)),
        audiences=_index(sorted(term.code for term in snapshot.audiences)),
        industries=_index(sorted(term.code for term in snapshot.industries)),
    )
    modules = [module for course in courses for module in course.modules]
    variants = [sorted(module.variants, key=lambda variant: variant.code) for module in modules]
    programmes = sorted(snapshot.programmes, key=lambda programme: programme.code)
    groups = [group for course in courses for group in course.requires]
    entries = [_target(entry, indices, states) for group in groups for entry in group.any_of]
    goals = [_target(goal, indices, states) for programme in programmes for goal in programme.goals]
    taught = [_taught(course, states) for course in courses]
    after = [[_find(indices.courses, "course", code) for code in course.recommended_after] for course in courses]
    return CompiledGraph(
        release=release_id,
        course_codes=tuple(indices.courses),
        minutes=_ints(course.minutes for course in courses),
        competence_codes=states.codes,
        state_ptr=states.ptr,
        teaches_ptr=_pointers(taught),
        teaches=_ints(state for row in taught for state in row),
        group_ptr=_pointers([course.requires for course in courses]),
        entry_ptr=_pointers([group.any_of for group in groups]),
        entry_course=_ints(course for course, _ in entries),
        entry_state=_ints(state for _, state in entries),
        after_ptr=_pointers(after),
        after=_ints(course for row in after for course in row),
        languages=tuple(indices.languages),
        audiences=_tree(snapshot.audiences, indices.audiences, "audience"),
        regions=_tree(snapshot.regions, indices.regions, "region"),
        industries=_tree(snapshot.industries, indices.industries, "industry"),
        courses_for=_targeting(courses, indices),
        module_ptr=_pointers([course.modules for course in courses]),
        module_codes=tuple(module.code for module in modules),
        variant_ptr=_pointers(variants),
        variant_codes=tuple(variant.code for row in variants for variant in row),
        variants_for=_targeting([variant for row in variants for variant in row], indices),
        programme_codes=tuple(programme.code for programme in programmes),
        goal_ptr=_pointers([programme.goals for programme in programmes]),
        goal_course=_ints(course for course, _ in goals),
        goal_state=_ints(state for _, state in goals),
        goal_weight=np.array([_weight(goal) for programme in programmes for goal in programme.goals], np.float64),
    )


@dataclass(frozen=True, slots=True)
class _Indices:
    courses: dict[str, int]
    languages: dict[str, int]
    regions: dict[str, int]
    audiences: dict[str, int]
    industries: dict[str, int]


class _States:
    """Numbers competences at levels: all levels of the first competence, then all of the second, …"""

    def __init__(self, frameworks: Sequence[Framework]) -> None:
        levels = {competence.code: framework.levels for framework in frameworks for competence in framework.competences}
        self.codes = tuple(sorted(levels))
        starts = list(accumulate((levels[code] for code in self.codes), initial=0))
        self.ptr = np.array(starts, np.int32)
        self._first = dict(zip(self.codes, starts, strict=False))
        self._levels = levels

    def number(self, competence: str, level: int) -> int:
        if not 1 <= level <= self._levels.get(competence, 0):
            raise BrokenSnapshot(kind="competence", code=f"{competence}@{level}")
        return self._first[competence] + level - 1


def _index(codes: Iterable[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes)}


def _find(index: Mapping[str, int], kind: str, code: str) -> int:
    if code not in index:
        raise BrokenSnapshot(kind=kind, code=code)
    return index[code]


def _ints(values: Iterable[int]) -> Int32:
    return np.fromiter(values, np.int32)


def _pointers(rows: Sequence[Sequence[object]]) -> Int32:
    return np.array(list(accumulate((len(row) for row in rows), initial=0)), np.int32)


def _target(entry: Requirement | Goal, indices: _Indices, states: _States) -> tuple[int, int]:
    """Return (course, state), one of them -1."""
    if entry.course is not None:
        return _find(indices.courses, "course", entry.course), -1
    return -1, states.number(entry.competence or "", entry.level or 0)


def _weight(goal: Goal) -> float:
    return 1.0 if goal.weight is None else goal.weight


def _taught(course: Course, states: _States) -> list[int]:
    highest: dict[str, int] = {}
    for taught in course.teaches:
        highest[taught.competence] = max(taught.level, highest.get(taught.competence, 0))
    return sorted(states.number(competence, level) for competence, level in highest.items())


def _languages(snapshot: Snapshot) -> set[str]:
    listed = {language.code for language in snapshot.languages}
    for course in snapshot.courses:
        listed.update(course.languages)
        for module in course.modules:
            for variant in module.variants:
                listed.update(variant.languages)
    return listed


def _tree(terms: Sequence[Term], index: Mapping[str, int], kind: str) -> TermTree:
    parent = np.full(len(index), -1, np.int32)
    for term in terms:
        if term.parent is not None:
            parent[index[term.code]] = _find(index, kind, term.parent)
    depth = np.zeros(len(index), np.int32)
    current = np.arange(len(index), dtype=np.int32)
    for _ in range(len(index) + 1):
        climbing = current >= 0
        if not climbing.any():
            return TermTree(codes=tuple(index), parent=parent, depth=depth)
        depth[climbing] += 1
        current[climbing] = parent[current[climbing]]
    raise BrokenSnapshot(kind=kind, code=tuple(index)[int(np.flatnonzero(current >= 0)[0])])


def _targeting(things: Sequence[Course | Variant], indices: _Indices) -> Targeting:
    def rows(lists: list[tuple[str, ...]], index: Mapping[str, int], kind: str) -> tuple[Int32, Int32]:
        return _pointers(lists), _ints(_find(index, kind, code) for row in lists for code in row)

    audience_ptr, audience = rows([thing.audiences for thing in things], indices.audiences, "audience")
    region_ptr, region = rows([thing.regions for thing in things], indices.regions, "region")
    industry_ptr, industry = rows([thing.industries for thing in things], indices.industries, "industry")
    language_ptr, language = rows([thing.languages for thing in things], indices.languages, "language")
    masks = (sum({1 << FEATURES.index(feature) for feature in thing.accessibility}) for thing in things)
    megabytes = [np.nan if thing.megabytes is None else thing.megabytes for thing in things]
    return Targeting(
        audience_ptr=audience_ptr,
        audience=audience,
        region_ptr=region_ptr,
        region=region,
        industry_ptr=industry_ptr,
        industry=industry,
        language_ptr=language_ptr,
        language=language,
        accessibility=_ints(masks),
        megabytes=np.array(megabytes, np.float64),
    )
