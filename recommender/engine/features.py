"""Learners and courses as named features: what lets a model speak of people and courses that it never met.

A feature is a string, ``kind:value``. Names rather than numbers bind models to releases: a course that is new to a
release is the sum of the features it shares with older ones.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from curriculum_graph.snapshot import Course, Snapshot, Term, text_in
from recommender.engine.learner import Learner

Int32 = npt.NDArray[np.int32]
Csr = sparse.csr_array

GROUP_KINDS = ("region", "audience")
"""Kinds of learner feature whose groups have a popularity of their own."""
TARGET_KINDS = ("audience", "region", "industry", "language")
"""Kinds by which a course says for whom it is."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Trees:
    """The parent of every region, audience and industry that has one."""

    regions: Mapping[str, str]
    audiences: Mapping[str, str]
    industries: Mapping[str, str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Trees":
        """Return the trees of a release."""
        return cls(*(_parents(terms) for terms in (snapshot.regions, snapshot.audiences, snapshot.industries)))


def _parents(terms: Iterable[Term]) -> dict[str, str]:
    return {term.code: term.parent for term in terms if term.parent is not None}


def lineage(code: str, parents: Mapping[str, str]) -> list[str]:
    """Return a term and its ancestors, the root first.

    Examples
    --------
    >>> lineage("commune", {"commune": "province", "province": "region"})
    ['region', 'province', 'commune']
    """
    chain = [code]
    while (parent := parents.get(chain[-1])) is not None and parent not in chain:
        chain.append(parent)
    return chain[::-1]


def learner_features(learner: Learner, trees: Trees) -> tuple[str, ...]:
    """Return a learner's features: region and audiences with their ancestors (the root first), industries, languages.

    Goals, needs and what is mastered are left out: the planner answers to those exactly.
    """
    regions = lineage(learner.region, trees.regions) if learner.region else []
    audiences = [code for audience in learner.audiences for code in lineage(audience, trees.audiences)]
    industries = [code for industry in learner.industries for code in lineage(industry, trees.industries)]
    named = (("region", regions), ("audience", audiences), ("industry", industries), ("language", learner.languages))
    return tuple(dict.fromkeys(f"{kind}:{code}" for kind, codes in named for code in codes))


def course_features(course: Course) -> tuple[str, ...]:
    """Return a course's features: itself, what it teaches, for whom it is, its owner, keywords and title words."""
    teaches = [f"{taught.competence}@{taught.level}" for taught in course.teaches]
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("course", (course.code,)),
        ("teaches", teaches),
        ("competence", (taught.competence for taught in course.teaches)),
        ("audience", course.audiences),
        ("region", course.regions),
        ("industry", course.industries),
        ("language", course.languages),
        ("owner", (course.owner,) if course.owner else ()),
        ("keyword", course.keywords),
        ("word", _WORD.findall(text_in(course.title, "vi").lower())),
    )
    return tuple(dict.fromkeys(f"{kind}:{value}" for kind, values in named for value in values))


def kind_of(feature: str) -> str:
    """Return the kind of a feature: what stands before its first colon."""
    return feature.partition(":")[0]


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """``N`` learners or courses (``rows``, their codes) with ``F`` features (``names``).

    ``matrix`` is float32[N, F], 1 where the row has the feature.
    """

    rows: tuple[str, ...]
    names: tuple[str, ...]
    matrix: Csr

    def columns(self, keep: Sequence[bool]) -> "FeatureTable":
        """Return the table with those features alone for which ``keep`` is true."""
        where = np.flatnonzero(np.asarray(keep, dtype=bool))
        return FeatureTable(self.rows, tuple(self.names[i] for i in where), sparse.csr_array(self.matrix[:, where]))


@dataclass(frozen=True, slots=True)
class CourseTable(FeatureTable):
    """The ``C`` courses of a release, sorted by code, and what they require.

    ``group_course`` is int32[G], the course of each requirement group; ``group_options`` is float32[G, C], 1 at each
    course that satisfies the group by itself (being named, or teaching a named competence at the level or above).
    """

    group_course: Int32
    group_options: Csr


def binary_matrix(pairs: Sequence[tuple[int, int]], shape: tuple[int, int]) -> Csr:
    """Return a float32 matrix that is 1 at each (row, column) of ``pairs``."""
    places = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    ones = np.ones(len(places), dtype=np.float32)
    matrix: Csr = sparse.csr_array((ones, (places[:, 0], places[:, 1])), shape=shape)
    matrix.data[:] = 1.0
    return matrix


def feature_table(features: Mapping[str, Sequence[str]]) -> FeatureTable:
    """Return the table of rows and their features; names are sorted, rows keep their order."""
    names = tuple(sorted({name for row in features.values() for name in row}))
    number = {name: i for i, name in enumerate(names)}
    pairs = [(i, number[name]) for i, row in enumerate(features.values()) for name in row]
    return FeatureTable(tuple(features), names, binary_matrix(pairs, (len(features), len(names))))


def course_table(snapshot: Snapshot) -> CourseTable:
    """Return the courses of a release, sorted by code point as in its compiled graph.

    Complexity O(features + requirements × courses that satisfy them).
    """
    courses = sorted(snapshot.courses, key=lambda course: course.code)
    base = feature_table({course.code: course_features(course) for course in courses})
    index = {course.code: i for i, course in enumerate(courses)}
    teachers: dict[str, list[tuple[int, int]]] = {}
    for i, course in enumerate(courses):
        for taught in course.teaches:
            teachers.setdefault(taught.competence, []).append((taught.level, i))
    group_course: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i, course in enumerate(courses):
        for group in course.requires:
            for entry in group.any_of:
                if entry.course in index:
                    pairs.append((len(group_course), index[entry.course]))
                if entry.competence is not None:
                    able = teachers.get(entry.competence, ())
                    pairs.extend((len(group_course), c) for level, c in able if level >= (entry.level or 1))
            group_course.append(i)
    options = binary_matrix(pairs, (len(group_course), len(courses)))
    return CourseTable(base.rows, base.names, base.matrix, np.array(group_course, dtype=np.int32), options)


def encoded(table: FeatureTable, names: Sequence[str]) -> Csr:
    """Return the table's matrix over other feature names, float32[N, len(names)]; what they lack is left out."""
    number = {name: i for i, name in enumerate(names)}
    column = np.array([number.get(name, -1) for name in table.names], dtype=np.int64)
    coo = table.matrix.tocoo()
    target = column[coo.col] if len(column) else np.zeros(0, dtype=np.int64)
    known = target >= 0
    shape = (len(table.rows), len(names))
    return sparse.csr_array((coo.data[known], (coo.row[known], target[known])), shape=shape)
