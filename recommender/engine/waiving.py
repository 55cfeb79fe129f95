"""Waived requirements: what courses do not ask of one learner.

A waived *course* is part of the learner's document: it counts as taken. A waived *requirement* has no place there. It
satisfies the requirements that it names and nothing else: it is no goal reached, is not held and teaches nothing. So it
is no fact about the learner, but another graph: the same release without some groups, for this learner alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import msgspec
import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph


class WaivedRequirement(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """What counts as met: a course, or a competence at a level and so at every level below.

    ``required_by`` is the course that no longer asks for it; ``None``: none does (of a competence only). ``until`` is
    the last day (ISO 8601) on which it is waived; ``None``: for ever.
    """

    course: str | None = None
    competence: str | None = None
    level: int | None = None
    required_by: str | None = None
    until: str | None = None


class WaiverDocument(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """What is said when something is waived: ``schemas/waivers.schema.json``.

    A ``course`` alone is a waived course; all else is a :class:`WaivedRequirement`.
    """

    reason: str
    course: str | None = None
    competence: str | None = None
    level: int | None = None
    required_by: str | None = None
    until: str | None = None

    @property
    def requirement(self) -> WaivedRequirement | None:
        """Return the requirement that is waived; ``None`` where it is a course."""
        if self.course is not None and self.required_by is None:
            return None
        return WaivedRequirement(
            course=self.course,
            competence=self.competence,
            level=self.level,
            required_by=self.required_by,
            until=self.until,
        )


def waived_on(waived: Iterable[WaivedRequirement], today: dt.date) -> tuple[WaivedRequirement, ...]:
    """Return the requirements that are still waived: on their date they are, the day after they are not."""
    return tuple(one for one in waived if one.until is None or today <= dt.date.fromisoformat(one.until))


def without_requirements(graph: CompiledGraph, waived: Iterable[WaivedRequirement]) -> CompiledGraph:
    """Return a release without the groups that the waived requirements meet; it is the same graph where there are none.

    What the release does not know waives nothing. Complexity: linear in the requirements of the release.
    """
    met = np.zeros(len(graph.entry_ptr) - 1, np.bool_)
    for one in waived:
        met |= _met(graph, one)
    if not met.any():
        return graph
    kept = ~met
    entries = np.repeat(kept, np.diff(graph.entry_ptr))
    sizes = np.diff(graph.entry_ptr)[kept]
    before = np.concatenate(([0], np.cumsum(kept)))
    return replace(
        graph,
        group_ptr=before[graph.group_ptr].astype(np.int32),
        entry_ptr=np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        entry_course=graph.entry_course[entries],
        entry_state=graph.entry_state[entries],
    )


def _met(graph: CompiledGraph, waived: WaivedRequirement) -> Bool:
    """Return bool[G]: the groups that one waived requirement meets."""
    met = np.zeros(len(graph.entry_ptr) - 1, np.bool_)
    groups = slice(None)
    if waived.required_by is not None:
        if waived.required_by not in graph.course_codes:
            return met
        course = graph.course_codes.index(waived.required_by)
        groups = slice(int(graph.group_ptr[course]), int(graph.group_ptr[course + 1]))
    group_of_entry = np.repeat(np.arange(len(met)), np.diff(graph.entry_ptr))
    named = np.zeros_like(met)
    named[group_of_entry[_names(graph, waived)]] = True
    met[groups] = named[groups]
    return met


def _names(graph: CompiledGraph, waived: WaivedRequirement) -> Bool:
    """Return bool[E]: the entries of groups that a waived requirement satisfies."""
    if waived.course in graph.course_codes:
        return np.asarray(graph.entry_course == graph.course_codes.index(waived.course))
    if waived.competence in graph.competence_codes and waived.level is not None:
        competence = graph.competence_codes.index(waived.competence)
        first, end = int(graph.state_ptr[competence]), int(graph.state_ptr[competence + 1])
        return np.asarray((graph.entry_state >= first) & (graph.entry_state < min(end, first + waived.level)))
    return np.zeros(len(graph.entry_course), np.bool_)
