"""Programs in arrays, in documents and at rest are the same programs."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum_graph.compile import CompiledGraph
from curriculum_graph.snapshot import Goal
from recommender.engine import varints
from recommender.engine.api import plan
from recommender.engine.batch import Programs
from recommender.engine.compact import Label, pack, pack_document, unpack
from recommender.engine.documents import Heading, encode_rows, json_lines, millionths, program_of
from recommender.engine.errors import UnknownCode
from recommender.engine.program import Objective, Program, Unmet
from tests.recommender.engine.arrays import programs_of
from tests.recommender.engine.catalogues import catalogue, learner
from tests.recommender.engine.planners import TODAY, catalogue_of, course, graph_of, learner_of, relevance_of

seeds = st.integers(0, 10**9)
objectives: st.SearchStrategy[Objective] = st.sampled_from(("balanced", "minutes"))


def planned(seed: int, size: int, objective: Objective = "balanced") -> tuple[CompiledGraph, list[Program], Programs]:
    """Return three learners' programs on a catalogue, as values and as arrays."""
    graph = graph_of(catalogue(seed, size))
    relevance = relevance_of(seed, size)
    values = [
        plan(graph, learner_of(learner(seed + n, size)), relevance, objective=objective, model=f"m{seed}", today=TODAY)
        for n in range(3)
    ]
    return graph, values, programs_of(values, graph)


def headings_of(values: list[Program], seed: int, size: int) -> list[Heading]:
    paces = [learner_of(learner(seed + n, size)).minutes_per_week for n in range(3)]
    return [
        Heading(value.learner, value.model, value.objective, pace) for value, pace in zip(values, paces, strict=True)
    ]


@settings(max_examples=150, deadline=None)
@given(seeds, st.integers(1, 12), objectives)
def test_documents_from_arrays_are_the_bytes_of_the_values(seed: int, size: int, objective: Objective) -> None:
    _graph, values, programs = planned(seed, size, objective)
    headings = headings_of(values, seed, size)
    documents = [msgspec.json.encode(value) for value in values]
    assert encode_rows(programs, headings) == documents
    assert list(json_lines(programs, headings)) == [document + b"\n" for document in documents]


@settings(max_examples=50, deadline=None)
@given(seeds, st.integers(1, 12))
def test_a_program_goes_into_arrays_and_comes_out(seed: int, size: int) -> None:
    _graph, values, programs = planned(seed, size)
    for row, heading in enumerate(headings_of(values, seed, size)):
        about = {name: getattr(heading, name) for name in ("learner", "model", "objective", "minutes_per_week")}
        assert program_of(programs, row, **about) == values[row]


@settings(max_examples=150, deadline=None)
@given(seeds, st.integers(1, 12), objectives)
def test_what_is_stored_gives_the_same_documents_together_and_one_by_one(
    seed: int, size: int, objective: Objective
) -> None:
    graph, values, programs = planned(seed, size, objective)
    records = pack(programs, headings_of(values, seed, size))
    labels = [Label(value.learner, value.model, value.objective) for value in values]
    documents = [msgspec.json.encode(value) for value in values]
    assert unpack(records, graph, labels) == documents
    alone = [unpack([record], graph, [label])[0] for record, label in zip(records, labels, strict=True)]
    assert alone == documents


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=20))
def test_relevance_is_written_as_rounding_to_six_digits_does(values: list[float]) -> None:
    relevance = np.array(values, np.float32)
    whole = millionths(relevance)
    assert (whole / 1_000_000).tolist() == [round(float(value), 6) for value in relevance]
    assert millionths((whole / 1_000_000).astype(np.float32)).tolist() == whole.tolist()


@given(st.lists(st.lists(st.integers(0, 2**48), max_size=4), max_size=5))
def test_whole_numbers_come_back_from_their_bytes(rows: list[list[int]]) -> None:
    pointer = np.cumsum([0, *map(len, rows)])
    values = np.array([value for row in rows for value in row], np.int64)
    written, starts = varints.write(values, pointer)
    read, ended = varints.read(np.frombuffer(written, np.uint8))
    assert read.tolist() == values.tolist()
    assert ended[starts].tolist() == pointer.tolist()


def test_goals_that_the_release_does_not_know_are_kept_with_the_program() -> None:
    graph = graph_of(catalogue_of(course("a")))
    learner = learner_of({"learner": "l", "goals": [{"course": "a"}]})
    known = plan(graph, learner, today=TODAY)
    lost = (Goal(course="no longer"), Goal(competence="x:é", level=3))
    programs = replace(programs_of([known], graph), status=np.array([1], np.uint8))
    more = tuple(Unmet(goal=goal, reason="no_course_teaches_it") for goal in lost)
    document = msgspec.json.encode(msgspec.structs.replace(known, unmet=more, status="partial"))
    [record] = pack(programs, [Heading("l", lost=lost)])
    assert encode_rows(programs, [Heading("l", lost=lost)]) == [document]
    assert unpack([record], graph, [Label("l", "none", "balanced")]) == [document]


def test_a_document_that_no_graph_can_name_is_kept_as_it_is_among_others() -> None:
    graph = graph_of(catalogue_of(course("a")))
    known = plan(graph, learner_of({"learner": "l", "goals": [{"course": "a"}]}), today=TODAY)
    [record] = pack(programs_of([known], graph), [Heading("l")])
    label = Label("l", "none", "balanced")
    strange = b'{"learner":"l","strange":true}'
    assert unpack([pack_document(strange), record], graph, [label, label]) == [strange, msgspec.json.encode(known)]


def test_no_programs_are_no_documents() -> None:
    graph = graph_of(catalogue_of(course("a")))
    programs = programs_of([], graph)
    assert (encode_rows(programs, []), pack(programs, []), unpack([], graph, [])) == ([], [], [])


def test_a_program_of_another_release_is_no_program_on_this_one() -> None:
    theirs = plan(
        graph_of(catalogue_of(course("b"))), learner_of({"learner": "l", "goals": [{"course": "b"}]}), today=TODAY
    )
    with pytest.raises(UnknownCode, match="b"):
        programs_of([theirs], graph_of(catalogue_of(course("a"))))


def test_codes_of_every_script_and_with_quotes_are_written_as_json() -> None:
    code = 'mã "lạ" \\ số 1/é中'
    graph = graph_of(catalogue_of(course(code)))
    made = plan(graph, learner_of({"learner": code, "goals": [{"course": code}]}), today=TODAY)
    programs = programs_of([made], graph)
    assert encode_rows(programs, [Heading(code)]) == [msgspec.json.encode(made)]
    assert unpack(pack(programs, [Heading(code)]), graph, [Label(code, "none", "balanced")]) == [
        msgspec.json.encode(made)
    ]
