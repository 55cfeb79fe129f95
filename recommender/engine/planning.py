"""The individual learning program: from a graph, a learner and relevance to a document with reasons.

Method, formulas and limits are described in ``docs/planning.md``.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from curriculum_graph.compile import CompiledGraph, Float64
from recommender.engine.batch import Programs
from recommender.engine.documents import program_of
from recommender.engine.learner import Learner
from recommender.engine.native.encoding import Encoded, Wishes
from recommender.engine.native.planner import IRRELEVANCE, Factors, planner_of
from recommender.engine.program import Objective, Program

PART = 1_024
"""So many learners are made ready for the kernel at a time, while it plans for those before them."""

__all__ = ["IRRELEVANCE", "Factors", "Wishes", "plan", "plan_batch"]


def plan(  # noqa: PLR0913 - what to plan for, and what to keep to
    graph: CompiledGraph,
    learner: Learner,
    relevance: Float64 | None = None,
    *,
    objective: Objective = "balanced",
    model: str = "none",
    today: dt.date,
    keep: Sequence[str] = (),
    started: Collection[str] = (),
    only: Collection[str] | None = None,
    skip: Collection[str] = (),
) -> Program:
    """Return a learner's program.

    Parameters
    ----------
    graph : the release, compiled.
    learner : what is known of the learner, and nothing else is.
    relevance : float64[C] in [0, 1], aligned with ``graph.course_codes``, or ``None``: no model.
    objective : ``minutes`` puts minutes strictly before relevance; ``balanced`` weighs them together.
    model : the id of the model that the relevance comes from.
    today : the date on which waivers are looked at.
    keep : courses of the program before, in its order: they are preferred to others, and come in this order.
    started : courses that the learner has started: they are preferred to all others, and come first.
    only : the courses to choose among; ``None``: all. What is said of goals that are not reached is said as without.
    skip : courses that are never steps, nor alternatives to one.

    Returns
    -------
    A valid program, the same for the same arguments. Without a budget and ``only`` it reaches every goal that can be
    reached. Where ``keep`` and ``only`` are a valid program of this learner, it is that program.

    Raises
    ------
    UnknownCode
        A goal names a course, competence or programme that the release does not have.
    ValueError
        The relevance has another shape, or values that are not in [0, 1].
    """
    wishes = Wishes(tuple(keep), tuple(started), None if only is None else tuple(only), tuple(skip))
    rows = None if relevance is None else relevance.reshape(1, -1)
    programs = plan_batch(graph, [learner], rows, objective=objective, today=today, wishes=[wishes], threads=1)
    pace = learner.minutes_per_week
    return program_of(programs, 0, learner=learner.learner, model=model, objective=objective, minutes_per_week=pace)


def plan_batch(
    graph: CompiledGraph,
    learners: Sequence[Learner],
    relevance: Float64 | Factors | None = None,
    *,
    objective: Objective = "balanced",
    today: dt.date,
    wishes: Sequence[Wishes] | None = None,
    threads: int | None = None,
) -> Programs:
    """Return the programs of N learners as arrays, in their order.

    Parameters
    ----------
    relevance : float64[N, C] in [0, 1], or as factors, or ``None``: no model.
    wishes : for each learner what to keep to; ``only`` is given for all of them or for none.
    threads : how many learners at a time; without, as many as there are cores.
    the others : as for :func:`plan`.

    Raises
    ------
    As :func:`plan` does; MemoryError where there is no memory for the programs.

    Notes
    -----
    The same whatever the number of threads, and whoever else is planned with a learner.
    """
    planner = planner_of(graph)
    parts = (
        Encoded(planner.codes, learners[part], today=today, wishes=wishes and wishes[part])
        for part in (slice(first, first + PART) for first in range(0, max(len(learners), 1), PART))
    )
    return planner.plan(parts, relevance, objective=objective, threads=threads)
