"""Sources of a small catalogue, one for each thing that can be exported."""

import io
from dataclasses import replace
from typing import IO

import msgspec
import pytest

from curriculum_graph.snapshot import Asset
from exports.formats.source import Source
from recommender.engine.program import Program, Reason, Step
from tests.factories.small import PDF, small_snapshot


def open_asset(asset: Asset) -> IO[bytes]:
    return io.BytesIO(PDF)


@pytest.fixture
def release_source() -> Source:
    return Source(
        snapshot=small_snapshot(), release="a" * 64, published="2026-11-24T08:00:00+07:00", open_asset=open_asset
    )


@pytest.fixture
def course_source(release_source: Source) -> Source:
    course = next(c for c in release_source.snapshot.courses if c.code == "ban-hang")
    return replace(release_source, course=course)


@pytest.fixture
def program_source(release_source: Source) -> Source:
    steps = tuple(
        Step(position=i, course=code, minutes=minutes, reasons=(Reason(code="goal", course=code),))
        for i, (code, minutes) in enumerate([("tra-cuu", 45), ("kiem-tin", 60)], 1)
    )
    program = Program(
        learner="người/1",
        release="a" * 64,
        model="none",
        objective="balanced",
        status="complete",
        steps=steps,
        unmet=(),
        total_minutes=105,
    )
    return replace(release_source, program=program)


@pytest.fixture
def wrong_program_source(program_source: Source) -> Source:
    assert program_source.program
    return replace(program_source, program=msgspec.structs.replace(program_source.program, total_minutes=1))
