"""The kernel's structures as ctypes sees them (``planner.h``), and the kernel itself, loaded."""

import ctypes
from ctypes import POINTER, Structure, c_double, c_int32, c_int64, c_void_p
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.native.building import build

Array = npt.NDArray[Any]


class Rows(Structure):
    _fields_ = (("ptr", c_void_p), ("values", c_void_p))


class Targeting(Structure):
    _fields_ = (
        *((name, Rows) for name in ("audience", "region", "industry", "language")),
        ("accessibility", c_void_p),
        ("megabytes", c_void_p),
    )


class Tree(Structure):
    _fields_ = (("parent", c_void_p), ("depth", c_void_p), ("size", c_int64))


class Graph(Structure):
    _fields_ = (
        *((name, c_int64) for name in ("courses", "competences", "levels", "languages")),
        *((name, c_void_p) for name in ("minutes", "group_ptr", "entry_ptr", "entry_fact")),
        ("teaches", Rows),
        ("teach_level", c_void_p),
        ("teachers", Rows),
        ("teacher_level", c_void_p),
        ("givers", Rows),
        ("state_competence", c_void_p),
        ("state_level", c_void_p),
        ("after", Rows),
        *((name, Tree) for name in ("audiences", "regions", "industries")),
        *((name, Targeting) for name in ("course_for", "variant_for")),
        ("module_ptr", c_void_p),
        ("variant_ptr", c_void_p),
    )


class Learners(Structure):
    _fields_ = (
        ("size", c_int64),
        *((name, Rows) for name in ("audiences", "industries", "languages")),
        *((name, c_void_p) for name in ("region", "needs", "megabytes", "budget")),
        *((name, Rows) for name in ("completed", "waived", "skip", "keep", "started", "only")),
        *((name, Rows) for name in ("mastered",)),
        *((name, c_void_p) for name in ("mastered_level",)),
        ("goal_course", Rows),
        *((name, c_void_p) for name in ("goal_competence", "goal_level", "goal_weight")),
    )


class Relevance(Structure):
    _fields_ = (
        ("kind", c_int64),
        *((name, c_void_p) for name in ("rows", "learner", "learner_bias", "course", "course_bias")),
        ("dimensions", c_int64),
    )


class Options(Structure):
    _fields_ = (
        ("balanced", c_int64),
        ("irrelevance", c_double),
        ("trials", c_int64),
        ("goal_trials", c_int64),
    )


class Buffer(Structure):
    _fields_ = (("at", c_void_p), ("size", c_int64), ("capacity", c_int64))


class Out(Structure):
    _fields_ = tuple(
        (name, Buffer)
        for name in (
            "status", "minutes", "steps", "course", "relevance", "alternatives", "reason_ends", "reasons",
            "variant_ends", "variants", "skipped_ends", "skipped", "skipped_source", "unmet_ends", "unmet",
            "unmet_reason", "block_ends", "blocks",
        )
    )  # fmt: skip


def pointer(array: Array | None, dtype: npt.DTypeLike) -> int | None:
    """Return the address of an array, which has to have this dtype and lie in one piece."""
    if array is None:
        return None
    if array.dtype != np.dtype(dtype) or not array.flags.c_contiguous:
        raise TypeError(f"an array of {np.dtype(dtype)} in one piece is needed, not of {array.dtype}")
    return array.ctypes.data


def copied(buffer: Buffer, dtype: npt.DTypeLike, columns: int = 1) -> Array:
    """Return a copy of what a buffer holds, of whose rows each has so many values."""
    kind = np.dtype(dtype)
    if not buffer.size:
        return np.empty(0, kind)
    size = buffer.size * columns * kind.itemsize
    held = (ctypes.c_char * size).from_address(buffer.at)
    return np.frombuffer(held, kind).copy()


@cache
def kernel() -> ctypes.CDLL:
    """Return the kernel, compiled where it is missing.

    Raises
    ------
    NotBuilt
        If it cannot be compiled.
    """
    library = ctypes.CDLL(str(build()))
    library.planner_open.argtypes, library.planner_open.restype = [POINTER(Graph)], c_void_p
    library.planner_close.argtypes, library.planner_close.restype = [c_void_p], None
    library.planner_run.argtypes = [c_void_p, POINTER(Learners), POINTER(Relevance), POINTER(Options), c_int64, c_int64]
    library.planner_run.restype = c_int32
    library.planner_out.argtypes, library.planner_out.restype = [c_void_p], POINTER(Out)
    return library
