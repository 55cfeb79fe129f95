"""Two programs as two bars, one under the other, to the same scale: the geometry, without a word."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from recommender.engine.program import Program

WIDTH = 1_000
"""Units from the beginning to the end of the longer of two bars."""

MOST_MARKS = 26
"""Weeks that are marked at most; more would be a grey wall."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One step. ``differs``: the other program does not have it."""

    x: int
    width: int
    differs: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One program. ``marks`` are where weeks begin, the first apart."""

    segments: tuple[Segment, ...]
    marks: tuple[int, ...]


def bars_of(before: Program, after: Program, paces: tuple[int | None, int | None]) -> tuple[Bar, Bar]:
    """Return the bars of two programs: to scale of weeks where both have a pace (minutes a week), else of minutes."""
    has_paces = paces[0] is not None and paces[1] is not None
    rates = [float(pace or 1) if has_paces else 1.0 for pace in paces]
    longest = max(before.total_minutes / rates[0], after.total_minutes / rates[1]) or 1.0
    steps = [{step.course for step in program.steps} for program in (before, after)]
    return (
        _bar(before, WIDTH / (longest * rates[0]), steps[1], WIDTH / longest if has_paces else None),
        _bar(after, WIDTH / (longest * rates[1]), steps[0], WIDTH / longest if has_paces else None),
    )


def _bar(program: Program, scale: float, other: Collection[str], week: float | None) -> Bar:
    edges = [0]
    minutes = 0
    for step in program.steps:
        minutes += step.minutes
        edges.append(round(minutes * scale))
    segments = tuple(
        Segment(start, max(end - start, 1), differs=step.course not in other)
        for step, (start, end) in zip(program.steps, pairwise(edges), strict=True)
    )
    marks: tuple[int, ...] = ()
    if week is not None and edges[-1] / week <= MOST_MARKS:
        marks = tuple(round(number * week) for number in range(1, MOST_MARKS + 1) if round(number * week) < edges[-1])
    return Bar(segments, marks)
