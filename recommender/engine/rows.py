"""Parts of the arrays of programs, and several of them put together."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import accumulate
from typing import Any

import numpy as np

from curriculum_graph.compile import CompiledGraph
from recommender.engine.batch import Int64, Programs


def one_of(programs: Programs, row: int) -> Programs:
    """Return one of the programs as programs of one learner."""
    step, skip, left = (
        pointer[row : row + 2] for pointer in (programs.step_ptr, programs.skipped_ptr, programs.unmet_ptr)
    )
    steps, skips, unmet = (slice(int(start), int(stop)) for start, stop in (step, skip, left))
    reason_ptr, variant_ptr = (
        pointer[steps.start : steps.stop + 1] for pointer in (programs.reason_ptr, programs.variant_ptr)
    )
    block_ptr = programs.block_ptr[unmet.start : unmet.stop + 1]
    return Programs(
        graph=programs.graph,
        status=programs.status[row : row + 1],
        minutes=programs.minutes[row : row + 1],
        step_ptr=step - step[0],
        course=programs.course[steps],
        relevance=programs.relevance[steps],
        alternatives=programs.alternatives[steps],
        reason_ptr=reason_ptr - reason_ptr[0],
        reasons=programs.reasons[reason_ptr[0] : reason_ptr[-1]],
        variant_ptr=variant_ptr - variant_ptr[0],
        variants=programs.variants[variant_ptr[0] : variant_ptr[-1]],
        skipped_ptr=skip - skip[0],
        skipped=programs.skipped[skips],
        skipped_source=programs.skipped_source[skips],
        unmet_ptr=left - left[0],
        unmet=programs.unmet[unmet],
        unmet_reason=programs.unmet_reason[unmet],
        block_ptr=block_ptr - block_ptr[0],
        blocks=programs.blocks[block_ptr[0] : block_ptr[-1]],
    )


def picked(programs: Programs, rows: Int64) -> Programs:
    """Return some of the programs, in the order of ``rows``."""
    steps, step_ptr = _within(programs.step_ptr, rows)
    reasons, reason_ptr = _within(programs.reason_ptr, steps)
    variants, variant_ptr = _within(programs.variant_ptr, steps)
    skipped, skipped_ptr = _within(programs.skipped_ptr, rows)
    unmet, unmet_ptr = _within(programs.unmet_ptr, rows)
    blocks, block_ptr = _within(programs.block_ptr, unmet)
    return Programs(
        graph=programs.graph,
        status=programs.status[rows],
        minutes=programs.minutes[rows],
        step_ptr=step_ptr,
        course=programs.course[steps],
        relevance=programs.relevance[steps],
        alternatives=programs.alternatives[steps],
        reason_ptr=reason_ptr,
        reasons=programs.reasons[reasons],
        variant_ptr=variant_ptr,
        variants=programs.variants[variants],
        skipped_ptr=skipped_ptr,
        skipped=programs.skipped[skipped],
        skipped_source=programs.skipped_source[skipped],
        unmet_ptr=unmet_ptr,
        unmet=programs.unmet[unmet],
        unmet_reason=programs.unmet_reason[unmet],
        block_ptr=block_ptr,
        blocks=programs.blocks[blocks],
    )


def _within(pointer: Int64, rows: Int64) -> tuple[Int64, Int64]:
    """Return the places of all values of some rows of a ragged list, and the pointer of these rows."""
    sizes = pointer[rows + 1] - pointer[rows]
    ends = np.concatenate(([0], np.cumsum(sizes)))
    return np.repeat(pointer[rows] - ends[:-1], sizes) + np.arange(ends[-1]), ends


def joined(parts: Sequence[Programs], graph: CompiledGraph) -> Programs:
    """Return programs one after another. All are of releases with the same courses, competences, terms and variants."""

    def columns(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    def pointers(name: str) -> Int64:
        own = [getattr(part, name) for part in parts]
        before = accumulate((int(pointer[-1]) for pointer in own), initial=0)
        return np.concatenate([[0], *(pointer[1:] + start for pointer, start in zip(own, before, strict=False))])

    names = [column.name for column in fields(Programs) if column.name != "graph"]
    arrays: dict[str, Any] = {name: pointers(name) if name.endswith("_ptr") else columns(name) for name in names}
    return Programs(graph=graph, **arrays)
