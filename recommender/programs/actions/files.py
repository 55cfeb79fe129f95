"""Building programs from a file: what the file says of each learner, and nothing else."""

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from curriculum_graph.errors import Problem
from recommender.engine.documents import json_lines
from recommender.engine.interchange import Line
from recommender.engine.learner import Learner
from recommender.engine.lines import place
from recommender.engine.vocabulary import learner_problems
from recommender.learners.api import FileRefused
from recommender.programs.planning import Planned, World


def write_programs(
    lines: Iterable[Line[Learner]],
    out: BinaryIO,
    world: World,
    *,
    plan: Callable[[Sequence[Learner]], Planned],
    report: Callable[[Problem], None],
    progress: Callable[[int], None],
    at_a_time: int,
) -> int:
    """Write one program a line for each line of the file, in its order, and return how many.

    ``plan`` is given ``at_a_time`` learners. Nothing is read from or written to the database. ``out`` must be thrown
    away when the file is refused; the lines after a bad one are still checked, so that every problem is reported.

    Raises
    ------
    FileRefused
        A line is bad.
    """
    written = bad = 0
    some: list[Learner] = []
    for line in lines:
        problems, learner = _checked(line, world)
        for problem in problems:
            report(problem)
        bad += bool(problems)
        if learner is not None and not bad:
            some.append(learner)
        if len(some) == at_a_time:
            written += _write(plan(some), out)
            progress(written)
            some = []
    if bad:
        raise FileRefused(count=bad)
    return written + _write(plan(some), out)


def _checked(line: Line[Learner], world: World) -> tuple[Sequence[Problem], Learner | None]:
    if line.value is None:
        return line.problems, None
    return learner_problems(line.value, world.vocabulary, place(line.number)), line.value


def _write(planned: Planned, out: BinaryIO) -> int:
    out.writelines(json_lines(planned.programs, planned.headings))
    return len(planned.headings)
