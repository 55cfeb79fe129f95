"""Programs from values to arrays: the inverse of what documents are made by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy as np

from curriculum_graph.compile import FEATURES, CompiledGraph, TermTree
from curriculum_graph.snapshot import Goal
from recommender.engine.batch import (
    ALTERNATIVES,
    BLOCK,
    BLOCKING,
    NONE,
    REASON,
    REASONS,
    SOURCES,
    STATUSES,
    THING,
    UNMET,
    Int64,
    Programs,
)
from recommender.engine.errors import UnknownCode
from recommender.engine.graphs import kept_per_graph
from recommender.engine.program import Blocking, Program, Reason, Skipped, Step


def programs_of(programs: Sequence[Program], graph: CompiledGraph) -> Programs:
    """Return programs on one graph as arrays: the inverse of :func:`recommender.engine.documents.program_of`.

    Raises
    ------
    UnknownCode
        A program names something that the graph does not have, or has modules that are not its course's.
    """
    codes = codes_of(graph)
    steps = [step for program in programs for step in program.steps]
    skipped = [entry for program in programs for entry in program.skipped]
    unmet = [entry for program in programs for entry in program.unmet]
    variants = [codes.variants(step) for step in steps]
    return Programs(
        graph=graph,
        status=np.array([STATUSES.index(program.status) for program in programs], np.uint8),
        minutes=np.array([program.total_minutes for program in programs], np.int64),
        step_ptr=_pointers(program.steps for program in programs),
        course=np.array([codes.number("course", step.course) for step in steps], np.int32),
        relevance=np.array([np.nan if step.relevance is None else step.relevance for step in steps], np.float32),
        alternatives=_alternatives(steps, codes),
        reason_ptr=_pointers(step.reasons for step in steps),
        reasons=np.array([codes.reason(reason) for step in steps for reason in step.reasons], REASON),
        variant_ptr=_pointers(variants),
        variants=np.array([variant for row in variants for variant in row], np.int32),
        skipped_ptr=_pointers(program.skipped for program in programs),
        skipped=np.array([codes.thing(entry) for entry in skipped], THING),
        skipped_source=np.array([SOURCES.index(entry.reason) for entry in skipped], np.uint8),
        unmet_ptr=_pointers(program.unmet for program in programs),
        unmet=np.array([codes.thing(entry.goal) for entry in unmet], THING),
        unmet_reason=np.array([UNMET.index(entry.reason) for entry in unmet], np.uint8),
        block_ptr=_pointers(entry.blocking for entry in unmet),
        blocks=np.array([codes.block(block) for entry in unmet for block in entry.blocking], BLOCK),
    )


def _pointers(rows: Iterable[Sequence[Any]]) -> Int64:
    return np.fromiter(accumulate(map(len, rows), initial=0), np.int64)


def _alternatives(steps: Sequence[Step], codes: "Codes") -> Any:
    found = np.full((len(steps), ALTERNATIVES), NONE, np.int32)
    for place, step in enumerate(steps):
        numbers = [codes.number("course", code) for code in step.alternatives]
        found[place, : len(numbers)] = numbers
    return found


@dataclass(frozen=True)
class Codes:
    """The numbers that the codes of a graph stand for."""

    graph: CompiledGraph
    numbers: dict[str, dict[str, int]] = field(repr=False)

    def number(self, kind: str, code: str) -> int:
        """Return the number of a code, or raise :class:`UnknownCode`."""
        try:
            return self.numbers[kind][code]
        except KeyError as error:
            raise UnknownCode(kind=kind, name=code) from error

    def find(self, kind: str, code: str | None) -> int:
        """Return the number of a code; :data:`NONE` for none."""
        return NONE if code is None else self.number(kind, code)

    def thing(self, named: Goal | Skipped) -> tuple[int, int, int]:
        """Return a course, or a competence at a level."""
        return self.find("course", named.course), self.find("competence", named.competence), named.level or 0

    def reason(self, reason: Reason) -> tuple[int, int, int, int, int]:
        kind = reason.code.removeprefix("fits_")
        value = self.find(kind, reason.value) if reason.value is not None else self.find("course", reason.course)
        competence = self.find("competence", reason.competence)
        return REASONS.index(reason.code), reason.level or 0, 0, competence, value

    def block(self, block: Blocking) -> tuple[int, int, int, int, int]:
        course, competence = self.find("course", block.course), self.find("competence", block.competence)
        value = NONE
        if block.code == "minutes":
            value = block.minutes or 0
        elif block.code == "need":
            value = FEATURES.index(str(block.value))
        elif block.code != "megabytes":
            value = self.find(block.code, block.value)
        return BLOCKING.index(block.code), block.level or 0, course, competence, value

    def variants(self, step: Step) -> list[int]:
        """Return the variant of each module of a step, :data:`NONE` for the base."""
        course = self.number("course", step.course)
        modules = range(int(self.graph.module_ptr[course]), int(self.graph.module_ptr[course + 1]))
        if [self.graph.module_codes[module] for module in modules] != [used.module for used in step.modules]:
            raise UnknownCode(kind="modules of course", name=step.course)
        return [self._variant(module, used.variant) for module, used in zip(modules, step.modules, strict=True)]

    def _variant(self, module: int, code: str | None) -> int:
        if code is None:
            return NONE
        for variant in range(int(self.graph.variant_ptr[module]), int(self.graph.variant_ptr[module + 1])):
            if self.graph.variant_codes[variant] == code:
                return variant
        raise UnknownCode(kind="variant", name=code)


@kept_per_graph
def codes_of(graph: CompiledGraph) -> Codes:
    """Return the numbers of a graph's codes."""
    trees: dict[str, TermTree] = {"audience": graph.audiences, "region": graph.regions, "industry": graph.industries}
    names: dict[str, tuple[str, ...]] = {
        "course": graph.course_codes,
        "competence": graph.competence_codes,
        "language": graph.languages,
        **{kind: tree.codes for kind, tree in trees.items()},
    }
    return Codes(graph, {kind: {code: number for number, code in enumerate(codes)} for kind, codes in names.items()})
