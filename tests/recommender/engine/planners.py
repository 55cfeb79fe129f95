"""Calls of the planner on documents, as the tests of planning make them."""

import datetime as dt
import json
from typing import Any

import msgspec
import numpy as np

from curriculum_graph.compile import CompiledGraph, Float64, compile_graph
from curriculum_graph.snapshot import Snapshot
from recommender.engine.api import plan
from recommender.engine.learner import Learner
from recommender.engine.program import Objective

Document = dict[str, Any]
TODAY = dt.date(2026, 6, 1)


def graph_of(catalogue: Document) -> CompiledGraph:
    return compile_graph(msgspec.convert(catalogue, Snapshot), "r1")


def learner_of(document: Document) -> Learner:
    return msgspec.convert(document, Learner)


def relevance_of(seed: int, size: int) -> Float64 | None:
    """Return relevances, or none for every fourth seed."""
    return None if seed % 4 == 0 else np.random.default_rng(seed).random(size)


def program_of(
    graph: CompiledGraph,
    learner: Document,
    relevance: Float64 | None = None,
    objective: Objective = "minutes",
    today: dt.date = TODAY,
) -> Document:
    """Return the program as a reader of its JSON meets it."""
    made = plan(graph, learner_of(learner), relevance, objective=objective, model="none", today=today)
    document: Document = json.loads(msgspec.json.encode(made))
    return document


def course(code: str, minutes: int = 10, **fields: Any) -> Document:
    return {"code": code, "title": code, "minutes": minutes, **fields}


def needs(*entries: str | tuple[str, int]) -> Document:
    """Return a group: any one of courses, and competences at levels."""
    return {"any_of": [{"course": e} if isinstance(e, str) else level(*e) for e in entries]}


def level(competence: str, number: int) -> Document:
    return {"competence": competence, "level": number}


def catalogue_of(*courses: Document, **parts: Any) -> Document:
    """Return a catalogue of these courses with the framework ``f`` of competences ``f:1`` and ``f:2``, four levels."""
    competences = [{"code": "f:1", "title": "…"}, {"code": "f:2", "title": "…"}]
    frameworks = [{"code": "f", "title": "…", "levels": 4, "competences": competences}]
    return {"format": "curriculum-catalogue/1", "frameworks": frameworks, "courses": list(courses), **parts}
