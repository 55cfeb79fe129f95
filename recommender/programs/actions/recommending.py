"""Recommending courses from a file: to what the file says of each learner, and nothing else."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

import msgspec

from curriculum_graph.errors import Problem
from recommender.engine.interchange import Line
from recommender.engine.learner import Learner
from recommender.engine.lines import place
from recommender.engine.recommending import recommend
from recommender.engine.vocabulary import learner_problems
from recommender.learners.api import FileRefused
from recommender.programs.planning import World

EVERY = 100
"""Learners between two words of progress."""


def write_recommendations(
    lines: Iterable[Line[Learner]],
    out: BinaryIO,
    world: World,
    *,
    minutes: int,
    report: Callable[[Problem], None],
    progress: Callable[[int], None],
) -> int:
    """Write what is recommended for so many minutes, one line for each line of the file, and return how many.

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
        bad += bool(problems)
        if learner is not None and not bad:
            out.write(_line(learner, world, minutes))
            written += 1
            if written % EVERY == 0:
                progress(written)
    if bad:
        raise FileRefused(count=bad)
    return written


def _line(learner: Learner, world: World, minutes: int) -> bytes:
    relevance = world.scorer.relevance(learner, ()) if world.scorer else None
    found = recommend(world.graph, learner, relevance, minutes=minutes, model=world.model, today=world.today)
    return msgspec.json.encode(found) + b"\n"
