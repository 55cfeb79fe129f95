"""Programs as documents: from arrays to the JSON of ``docs/formats/programs.schema.json``.

The bytes are those that ``msgspec.json.encode`` gives of a :class:`Program`; they are put together from pieces that are
encoded once a release (a course, a module in a variant, a reason), which most of a document consists of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np

from curriculum_graph.snapshot import Goal
from recommender.engine.batch import NONE, STATUSES, Float32, Int64, Programs
from recommender.engine.pieces import Pieces, pieces_of, text
from recommender.engine.program import Objective, Program, Unmet
from recommender.engine.rows import one_of

MILLIONTHS = 1_000_000
"""Relevance is written in whole millionths."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a program's document says that its arrays do not.

    ``lost`` are goals whose codes the release does not know: no course teaches them. The status in the arrays has to
    take them into account.
    """

    learner: str
    model: str = "none"
    objective: Objective = "balanced"
    minutes_per_week: int | None = None
    lost: tuple[Goal, ...] = ()


def millionths(relevance: Float32) -> Int64:
    """Return relevance as whole millionths, as documents write it; NaN (no model) gives -1.

    Notes
    -----
    A float32 times a million is exact in float64, so that this rounds as ``round(float(x), 6)`` does; and the float32
    that is nearest to a number of millionths gives that number again.
    """
    scaled = relevance.astype(np.float64) * MILLIONTHS
    return np.where(np.isnan(scaled), -1, np.rint(np.nan_to_num(scaled))).astype(np.int64)


def program_of(
    programs: Programs, row: int, *, learner: str, model: str, objective: Objective, minutes_per_week: int | None
) -> Program:
    """Return one of the programs as a value: what its document says."""
    heading = Heading(learner, model, objective, minutes_per_week)
    return msgspec.json.decode(encode_rows(one_of(programs, row), [heading])[0], type=Program)


def json_lines(programs: Programs, headings: Sequence[Heading]) -> Iterator[bytes]:
    """Yield the programs as lines of a JSON Lines file."""
    return (document + b"\n" for document in encode_rows(programs, headings))


def encode_rows(programs: Programs, headings: Sequence[Heading]) -> list[bytes]:
    """Return the document of each of N programs, given N headings in the same order.

    Notes
    -----
    Linear in what is written: a few microseconds a step with its reasons, modules and alternatives.
    """
    pieces = pieces_of(programs.graph)
    steps = _steps(programs, pieces, headings)
    unmet, skipped = _unmet(programs, pieces), _skipped(programs, pieces)
    pointers = (programs.step_ptr, programs.unmet_ptr, programs.skipped_ptr)
    rows = zip(*(pairwise(pointer.tolist()) for pointer in pointers), strict=True)
    release = text(programs.graph.release)
    totals, statuses = programs.minutes.tolist(), programs.status.tolist()
    documents = []
    for heading, (step, left, been), total, status in zip(headings, rows, totals, statuses, strict=True):
        goals = [*unmet[slice(*left)], *map(_lost, heading.lost)]
        had = f',"skipped":[{",".join(skipped[slice(*been)])}]' if been[1] > been[0] else ""
        week = heading.minutes_per_week
        weeks = "" if week is None else f',"weeks":{-(-total // week)}'
        documents.append(
            f'{{"learner":{text(heading.learner)},"release":{release},"model":{text(heading.model)},'
            f'"objective":"{heading.objective}","status":"{STATUSES[status]}","steps":[{",".join(steps[slice(*step)])}],'
            f'"unmet":[{",".join(goals)}],"total_minutes":{total}{had}{weeks}}}'.encode()
        )
    return documents


def _lost(goal: Goal) -> str:
    return text(Unmet(goal=goal, reason="no_course_teaches_it"))


def _steps(programs: Programs, pieces: Pieces, headings: Sequence[Heading]) -> list[str]:
    """Return the text of each step of all programs."""
    courses = programs.course.tolist()
    sizes = np.diff(programs.step_ptr)
    positions = (np.arange(len(courses)) - np.repeat(programs.step_ptr[:-1], sizes) + 1).tolist()
    reasons = list(map(pieces.reason.__getitem__, reason_numbers(programs).tolist()))
    modules = list(map(pieces.module.__getitem__, _module_numbers(programs).tolist()))
    alternatives = [[pieces.code[c] for c in row if c != NONE] for row in programs.alternatives.tolist()]
    return [
        f'{{"position":{position}{pieces.opening[course]}{",".join(reasons[slice(*why)])}]{week}{relevance}'
        f"{_listed('modules', modules[slice(*parts)])}{_listed('alternatives', others)}}}"
        for position, course, why, week, relevance, parts, others in zip(
            positions,
            courses,
            pairwise(programs.reason_ptr.tolist()),
            _weeks(programs, headings),
            _relevance(programs),
            pairwise(programs.variant_ptr.tolist()),
            alternatives,
            strict=True,
        )
    ]


def _listed(name: str, entries: list[str]) -> str:
    return f',"{name}":[{",".join(entries)}]' if entries else ""


def reason_numbers(programs: Programs) -> Int64:
    """Return each reason as one number: bits 0–7 the code, 8–15 the level, 16–39 the competence and 40–62 the value,
    the last two with one added.
    """
    reasons = programs.reasons
    competence, value = reasons["competence"].astype(np.int64) + 1, reasons["value"].astype(np.int64) + 1
    small = reasons["code"].astype(np.int64) | reasons["level"].astype(np.int64) << 8
    numbers: Int64 = small | competence << 16 | value << 40
    return numbers


def _module_numbers(programs: Programs) -> Int64:
    """Return for each module of each step its variant, or ``~`` its place among the modules where it has none."""
    first = programs.graph.module_ptr[programs.course].astype(np.int64)
    sizes = np.diff(programs.variant_ptr)
    module = np.repeat(first - programs.variant_ptr[:-1], sizes) + np.arange(len(programs.variants))
    return np.where(programs.variants == NONE, ~module, programs.variants)


def _weeks(programs: Programs, headings: Sequence[Heading]) -> list[str]:
    """Return for each step the week in which it begins."""
    sizes = np.diff(programs.step_ptr)
    minutes = programs.graph.minutes[programs.course].astype(np.int64)
    before = np.cumsum(minutes) - minutes
    start = np.repeat(np.append(before, 0)[programs.step_ptr[:-1]], sizes)
    pace = np.array([heading.minutes_per_week or 0 for heading in headings], np.int64)
    paces = np.repeat(pace, sizes)
    weeks = 1 + (before - start) // np.maximum(paces, 1)
    return [
        f',"week":{week}' if given else "" for week, given in zip(weeks.tolist(), (paces > 0).tolist(), strict=True)
    ]


def _relevance(programs: Programs) -> list[str]:
    whole = millionths(programs.relevance)
    written = text((whole / MILLIONTHS).tolist())[1:-1].split(",") if len(whole) else []
    return [
        f',"relevance":{value}' if given else "" for value, given in zip(written, (whole >= 0).tolist(), strict=True)
    ]


def _skipped(programs: Programs, pieces: Pieces) -> list[str]:
    sources = programs.skipped_source.tolist()
    return [
        text(pieces.skipped(thing, source)) for thing, source in zip(programs.skipped.tolist(), sources, strict=True)
    ]


def _unmet(programs: Programs, pieces: Pieces) -> list[str]:
    blocks = programs.blocks.tolist()
    return [
        text(pieces.unmet(thing, reason, blocks[slice(*those)]))
        for thing, reason, those in zip(
            programs.unmet.tolist(),
            programs.unmet_reason.tolist(),
            pairwise(programs.block_ptr.tolist()),
            strict=True,
        )
    ]
