"""Programs at rest: a few hundred bytes each, read with the compiled graph of their release.

A record is a byte that says its form, and then

- form 0: the document, compressed (zlib): what no graph can name;
- form 1: numbers (:mod:`recommender.engine.varints`): a head of :data:`HEAD` numbers, then the lists of
  :func:`_columns`, one after another. Courses, competences, terms and variants are the graph's numbers, optional ones
  with one added; a variant is counted within its module. What follows from the graph (minutes, modules) is not written;
- form 2: the same, preceded by goals that the release does not know: four bytes of length and a JSON list.

Releases are immutable and kept, so that records stay readable; a new way of writing gets a new form.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph
from curriculum_graph.snapshot import Goal
from recommender.engine.batch import ALTERNATIVES, BLOCK, NONE, REASON, THING, Int64, Programs, Structured
from recommender.engine.documents import MILLIONTHS, Heading, encode_rows, millionths
from recommender.engine.program import Objective
from recommender.engine.varints import Integers, Ragged, read, side_by_side, write

DOCUMENT, NUMBERS, NUMBERS_AND_GOALS = b"\x00", b"\x01", b"\x02"
HEAD = ("status", "steps", "relevances", "reasons", "named", "skipped", "unmet", "blocks", "minutes a week")
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Label:
    """What a program's record leaves out, because it is known beside it."""

    learner: str
    model: str
    objective: Objective


def pack(programs: Programs, headings: Sequence[Heading]) -> list[bytes]:
    """Return the record of each of N programs.

    Notes
    -----
    The record says all that the document says but the learner, the release, the model and the objective. The same
    document gives the same record.
    """
    numbers, pointer = side_by_side(_columns(programs, headings))
    written, starts = write(numbers, pointer)
    bounds = starts.tolist()
    return [
        _lost(heading.lost) + written[start:stop]
        for heading, start, stop in zip(headings, bounds[:-1], bounds[1:], strict=True)
    ]


def pack_document(document: bytes) -> bytes:
    """Return the record of a program that no graph can name."""
    return DOCUMENT + zlib.compress(document)


def is_document(record: bytes) -> bool:
    """Return whether a record holds the document itself."""
    return record[:1] == DOCUMENT


def _lost(goals: tuple[Goal, ...]) -> bytes:
    if not goals:
        return NUMBERS
    listed = msgspec.json.encode(goals)
    return NUMBERS_AND_GOALS + len(listed).to_bytes(_LENGTH, "little") + listed


def _columns(programs: Programs, headings: Sequence[Heading]) -> list[Ragged]:
    """Return the lists of a record in their order, for all programs."""
    relevance = millionths(programs.relevance)
    scored, score_ptr = _picked(relevance, relevance >= 0, programs.step_ptr)
    reasons, reason_ptr = programs.reasons, programs.reason_ptr[programs.step_ptr]
    named = reasons["competence"] != NONE
    levels, named_ptr = _picked(reasons["level"], named, reason_ptr)
    variant_ptr, block_ptr = programs.variant_ptr[programs.step_ptr], programs.block_ptr[programs.unmet_ptr]
    head = [
        programs.status,
        *map(np.diff, (programs.step_ptr, score_ptr, reason_ptr, named_ptr)),
        *map(np.diff, (programs.skipped_ptr, programs.unmet_ptr, block_ptr)),
        [heading.minutes_per_week or 0 for heading in headings],
    ]
    return [
        (np.array(head, np.int64).T.ravel(), np.arange(len(headings) + 1) * len(HEAD)),
        (programs.course, programs.step_ptr),
        (scored, score_ptr),
        (programs.alternatives.ravel() + 1, programs.step_ptr * ALTERNATIVES),
        (np.diff(programs.reason_ptr), programs.step_ptr),
        (reasons["code"] * 2 + named, reason_ptr),
        (reasons["value"] + 1, reason_ptr),
        (reasons["competence"][named], named_ptr),
        (levels, named_ptr),
        (_within_modules(programs), variant_ptr),
        *_things(programs.skipped, programs.skipped_ptr),
        (programs.skipped_source, programs.skipped_ptr),
        *_things(programs.unmet, programs.unmet_ptr),
        (programs.unmet_reason, programs.unmet_ptr),
        (np.diff(programs.block_ptr), programs.unmet_ptr),
        (programs.blocks["code"], block_ptr),
        (programs.blocks["level"], block_ptr),
        *((programs.blocks[name] + 1, block_ptr) for name in ("course", "competence", "value")),
    ]


def _picked(values: Integers, mask: Bool, pointer: Int64) -> Ragged:
    """Return the values of a ragged list that the mask picks."""
    return values[mask], np.concatenate(([0], np.cumsum(mask)))[pointer]


def _things(things: Structured, pointer: Int64) -> list[Ragged]:
    return [(things["course"] + 1, pointer), (things["competence"] + 1, pointer), (things["level"], pointer)]


def _first_variants(graph: CompiledGraph, course: Integers, variant_ptr: Int64) -> Int64:
    """Return for each module of each step the number of its first variant."""
    module = np.repeat(graph.module_ptr[course] - variant_ptr[:-1], np.diff(variant_ptr))
    return graph.variant_ptr[module + np.arange(len(module))].astype(np.int64)


def _within_modules(programs: Programs) -> Int64:
    first = _first_variants(programs.graph, programs.course, programs.variant_ptr)
    return np.where(programs.variants == NONE, 0, programs.variants - first + 1)


def unpack(records: Sequence[bytes], graph: CompiledGraph, labels: Sequence[Label]) -> list[bytes]:
    """Return the documents of N programs from their records, given the graph of their release and N labels.

    Notes
    -----
    Some 0.3 ms for one record and little more for each of many: the work is done on whole arrays.
    """
    numbered = [place for place, record in enumerate(records) if not is_document(record)]
    documents = {place: zlib.decompress(record[1:]) for place, record in enumerate(records) if is_document(record)}
    if numbered:
        programs, headings = _read([records[place] for place in numbered], graph, [labels[place] for place in numbered])
        documents |= zip(numbered, encode_rows(programs, headings), strict=True)
    return [documents[place] for place in range(len(records))]


class _Reader:
    """Takes lists off the fronts of N rows of numbers."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._numbers, ended = read(np.frombuffer(b"".join(parts), np.uint8))
        self._next = ended[np.cumsum([0, *map(len, parts)])][:-1]

    def take(self, sizes: Int64) -> Ragged:
        """Return the next ``sizes[i]`` numbers of each row ``i``."""
        pointer = np.concatenate(([0], np.cumsum(sizes)))
        places = np.repeat(self._next - pointer[:-1], sizes) + np.arange(pointer[-1])
        self._next = self._next + sizes
        return self._numbers[places], pointer

    def things(self, sizes: Int64) -> Structured:
        course, competence, level = (self.take(sizes)[0] for _ in THING.names or ())
        return _structured(THING, course=course - 1, competence=competence - 1, level=level)


def _structured(kind: np.dtype[np.void], **columns: Integers) -> Structured:
    made = np.zeros(len(next(iter(columns.values()))), kind)
    for name, values in columns.items():
        made[name] = values
    return made


def _read(records: Sequence[bytes], graph: CompiledGraph, labels: Sequence[Label]) -> tuple[Programs, list[Heading]]:
    """Return what records of numbers hold: the inverse of :func:`pack`."""
    parts, lost = zip(*map(_without_goals, records), strict=True)
    reader = _Reader(parts)
    head = reader.take(np.full(len(records), len(HEAD)))[0].reshape(-1, len(HEAD)).T
    programs = _programs(reader, graph, dict(zip(HEAD, head, strict=True)))
    weekly = [pace or None for pace in head[HEAD.index("minutes a week")].tolist()]
    return programs, [
        Heading(label.learner, label.model, label.objective, pace, goals)
        for label, pace, goals in zip(labels, weekly, lost, strict=True)
    ]


def _without_goals(record: bytes) -> tuple[bytes, tuple[Goal, ...]]:
    if record[:1] == NUMBERS:
        return record[1:], ()
    end = 1 + _LENGTH + int.from_bytes(record[1 : 1 + _LENGTH], "little")
    return record[end:], msgspec.json.decode(record[1 + _LENGTH : end], type=tuple[Goal, ...])


def _programs(reader: _Reader, graph: CompiledGraph, sizes: dict[str, Int64]) -> Programs:
    course, step_ptr = reader.take(sizes["steps"])
    scored, _ = reader.take(sizes["relevances"])
    relevance = np.full(len(course), np.nan, np.float32)
    relevance[np.repeat(sizes["relevances"] > 0, sizes["steps"])] = scored / MILLIONTHS
    alternatives, _ = reader.take(sizes["steps"] * ALTERNATIVES)
    reason_ptr = _pointer(reader.take(sizes["steps"])[0])
    reasons = _reasons(reader, sizes)
    variant_ptr = _pointer(np.diff(graph.module_ptr)[course])
    within, _ = reader.take(np.diff(variant_ptr[step_ptr]))
    skipped, skipped_source = reader.things(sizes["skipped"]), reader.take(sizes["skipped"])[0]
    unmet, (unmet_reason, unmet_ptr) = reader.things(sizes["unmet"]), reader.take(sizes["unmet"])
    return Programs(
        graph=graph,
        status=sizes["status"].astype(np.uint8),
        minutes=np.diff(_pointer(graph.minutes[course])[step_ptr]),
        step_ptr=step_ptr,
        course=course.astype(np.int32),
        relevance=relevance,
        alternatives=(alternatives - 1).astype(np.int32).reshape(-1, ALTERNATIVES),
        reason_ptr=reason_ptr,
        reasons=reasons,
        variant_ptr=variant_ptr,
        variants=np.where(within == 0, NONE, within - 1 + _first_variants(graph, course, variant_ptr)).astype(np.int32),
        skipped_ptr=_pointer(sizes["skipped"]),
        skipped=skipped,
        skipped_source=skipped_source.astype(np.uint8),
        unmet_ptr=unmet_ptr,
        unmet=unmet,
        unmet_reason=unmet_reason.astype(np.uint8),
        block_ptr=_pointer(reader.take(sizes["unmet"])[0]),
        blocks=_blocks(reader, sizes["blocks"]),
    )


def _pointer(sizes: Integers) -> Int64:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


def _reasons(reader: _Reader, sizes: dict[str, Int64]) -> Structured:
    codes, _ = reader.take(sizes["reasons"])
    values, _ = reader.take(sizes["reasons"])
    reasons = _structured(REASON, code=codes >> 1, value=values - 1)
    reasons["competence"] = NONE
    named = codes & 1 == 1
    reasons["competence"][named], reasons["level"][named] = (reader.take(sizes["named"])[0] for _ in range(2))
    return reasons


def _blocks(reader: _Reader, sizes: Int64) -> Structured:
    code, level, course, competence, value = (reader.take(sizes)[0] for _ in range(5))
    return _structured(BLOCK, code=code, level=level, course=course - 1, competence=competence - 1, value=value - 1)
