"""Building programs from a file: what the file says of each learner, and nothing else."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from curriculum_graph.errors import Problem
from recommender.engine.interchange import Line
from recommender.engine.learner import Learner
from recommender.engine.lines import place
from recommender.engine.program import Objective
from recommender.engine.vocabulary import learner_problems
from recommender.learners.api import FileRefused
from recommender.programs.planning import World, encode

EVERY = 100
"""Programs between two words of progress."""


def write_programs(
    lines: Iterable[Line[Learner]],
    out: BinaryIO,
    world: World,
    *,
    objective: Objective,
    report: Callable[[Problem], None],
    progress: Callable[[int], None],
) -> int:
    """Write one program a line for each line of the file, in its order, and return how many.

    Nothing is read from or written to the database. ``out`` must be thrown away when the file is refused; the lines
    after a bad one are still checked, so that every problem is reported.

    Raises
    ------
    FileRefused
        A line is bad.
    """
    written = bad = 0
    for line in lines:
        learner = line.value
        problems = line.problems if learner is None else learner_problems(learner, world.vocabulary, place(line.number))
        for problem in problems:
            report(problem)
        if problems or learner is None:
            bad += 1
        elif not bad:
            out.write(encode(world.plan(learner, (), objective)) + b"\n")
            written += 1
            if written % EVERY == 0:
                progress(written)
    if bad:
        raise FileRefused(count=bad)
    return written
