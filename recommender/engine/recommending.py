"""The best hours for a learner without goals: the courses of the greatest relevance within so many minutes.

What "greatest" means, the method and its limits are described in ``docs/recommending.md``.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph, Float64
from recommender.engine.bundles import Int64
from recommender.engine.choosing import Chooser, Worth
from recommender.engine.fitting import fit, fits
from recommender.engine.learner import Learner
from recommender.engine.program import Reason, StepModule
from recommender.engine.sequencing import in_sequence, weeks_of
from recommender.engine.standing import Standing, checked, standing_of
from recommender.engine.variants import choose_modules

RELEVANT = 0.5
"""From this relevance on a course counts: a model gives it to one likelier to come next than a course drawn at random.
"""

FLATTER = 1.5
"""A provider's price is its minutes times this less its relevance: of two as long the more relevant is chosen, and one
of full relevance instead of one of none that takes a third of the time."""

Basis = Literal["model", "fit"]
Code = Literal[
    "relevant_to_you", "reaches_level", "prerequisite_of", "fits_audience", "fits_region", "fits_industry",
    "fits_language", "recommended_after", "fits_budget",
]  # fmt: skip


class _Value(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    pass


class Ground(_Value, frozen=True):
    """Why a course is recommended: a code, and the thing that the code speaks of.

    - ``relevant_to_you``: the model's relevance is at least one half.
    - ``reaches_level``: ``competence`` and ``level``: the first step that takes the learner to this level.
    - ``prerequisite_of``: ``course`` (with ``competence`` and ``level`` where it is by what it teaches), the ``fits_…``
      and ``recommended_after``: as in programs (:class:`recommender.engine.program.Reason`).
    - ``fits_budget``: it fits into the minutes; said where there is nothing else to say.
    """

    code: Code
    course: str | None = None
    competence: str | None = None
    level: int | None = None
    value: str | None = None


class RecommendedStep(_Value, frozen=True):
    """One course. ``relevance`` is the model's, or the fit where there is no model."""

    position: int
    course: str
    minutes: int
    relevance: float
    reasons: tuple[Ground, ...]
    week: int | None = None
    modules: tuple[StepModule, ...] = ()


class Recommendation(_Value, frozen=True):
    """The document of ``docs/formats/recommendations.md``.

    ``minutes`` is what was asked for, ``total_minutes`` what the steps take. ``basis`` says what relevance is: the
    model's, or (without a model) how closely courses fit by what they say of themselves. ``relevant_minutes`` is what
    was made as large as could be: the sum of minutes times relevance over the steps that count.
    """

    learner: str
    release: str
    model: str
    basis: Basis
    minutes: int
    steps: tuple[RecommendedStep, ...]
    total_minutes: int
    relevant_minutes: float
    weeks: int | None = None


def recommend(
    graph: CompiledGraph,
    learner: Learner,
    relevance: Float64 | None = None,
    *,
    minutes: int,
    model: str = "none",
    today: dt.date,
    skip: Iterable[str] = (),
) -> Recommendation:
    """Return the courses of the greatest total relevance that fit into ``minutes``.

    Parameters
    ----------
    graph : the release, compiled.
    learner : what is known of the learner. Their goals and their own budget play no part.
    relevance : float64[C] in [0, 1], aligned with ``graph.course_codes``, or ``None``: no model; then how closely
        courses fit the learner (:func:`recommender.engine.fitting.fit`) stands for it.
    minutes : at least 0.
    model : the id of the model that the relevance comes from.
    today : the date on which waivers are looked at.
    skip : codes of courses that are not to be recommended, not even as a requirement.

    Returns
    -------
    Steps in an order in which they can be taken, none closed, none taken before. Each counts towards the total, or
    makes possible one that does. The same for the same arguments.

    Raises
    ------
    ValueError
        The relevance has another shape, or values that are not in [0, 1]; ``minutes`` is less than 0.
    """
    if minutes < 0:
        raise ValueError("minutes: at least 0 is needed")
    standing = standing_of(graph, learner, today, skip)
    known = checked(relevance, graph)
    measure = fit(standing) if known is None else known
    worth = worth_of(standing, measure)
    chosen = Chooser(standing, worth, minutes).choose()
    steps = in_sequence(standing.prepared, chosen, standing.holdings.facts, measure)
    total = sum(standing.prepared.minutes[course] for course in steps)
    pace = learner.minutes_per_week
    return Recommendation(
        learner=learner.learner,
        release=graph.release,
        model=model,
        basis="fit" if known is None else "model",
        minutes=minutes,
        steps=_steps(standing, steps, measure, has_model=known is not None),
        total_minutes=total,
        relevant_minutes=round(total_worth(worth, steps), 3),
        weeks=None if pace is None else -(-total // pace),
    )


def worth_of(standing: Standing, relevance: Float64) -> Worth:
    """Return what courses are worth: minutes times relevance, where that is at least :data:`RELEVANT`.

    A course that teaches only levels that the learner holds is worth nothing; of courses that teach the same new levels
    only one counts.
    """
    minutes = standing.graph.minutes.astype(np.float64)
    value = np.where(standing.usable & (relevance >= RELEVANT), minutes * relevance, 0.0)
    kind: Int64 = -1 - np.arange(len(minutes))
    kinds: dict[tuple[tuple[int, int], ...], int] = {}
    for course in np.flatnonzero(value).tolist():
        levels = tuple(standing.new_levels(course))
        if levels:
            kind[course] = kinds.setdefault(levels, len(kinds))
        elif not standing.teaches_something_new(course):
            value[course] = 0.0
    return Worth(value, kind, minutes * (FLATTER - relevance))


def total_worth(worth: Worth, courses: Iterable[int]) -> float:
    """Return what is made as large as can be: the sum over kinds of the most valuable course of each."""
    best: dict[int, float] = {}
    for course in courses:
        kind = int(worth.kind[course])
        best[kind] = max(best.get(kind, 0.0), float(worth.value[course]))
    return sum(best.values())


def _steps(
    standing: Standing, courses: Sequence[int], relevance: Float64, *, has_model: bool
) -> tuple[RecommendedStep, ...]:
    minutes = [standing.prepared.minutes[course] for course in courses]
    weeks = weeks_of(minutes, standing.learner.minutes_per_week)
    modules = choose_modules(standing.graph, courses, standing.profile)
    grounds = _grounds(standing, courses, relevance >= RELEVANT if has_model else None)
    return tuple(
        RecommendedStep(
            position=place + 1,
            course=standing.graph.course_codes[course],
            minutes=minutes[place],
            relevance=round(float(relevance[course]), 6),
            reasons=grounds[place],
            week=weeks[place],
            modules=modules[place],
        )
        for place, course in enumerate(courses)
    )


def _grounds(standing: Standing, courses: Sequence[int], is_relevant: Bool | None) -> list[tuple[Ground, ...]]:
    """Return why each step is there; ``is_relevant`` is ``None`` without a model."""
    grounds = []
    for place, (course, served) in enumerate(zip(courses, _served(standing, courses), strict=True)):
        own = [] if is_relevant is None or not is_relevant[course] else [Ground(code="relevant_to_you")]
        own += [*served, *map(_ground, fits(standing, course)), *_recommended_after(standing, courses, place)]
        grounds.append(tuple(own) or (Ground(code="fits_budget"),))
    return grounds


def _ground(reason: Reason) -> Ground:
    return msgspec.convert(reason, Ground, from_attributes=True)


def _served(standing: Standing, courses: Sequence[int]) -> list[list[Ground]]:
    """Return for each step the levels that it is the first to reach, and later steps whose groups it is to satisfy."""
    graph, gives = standing.graph, standing.prepared.gives
    first: dict[int, int] = {}
    for place, course in enumerate(courses):
        for fact in gives[course]:
            first.setdefault(fact, place)
    served: list[dict[Ground, None]] = [{} for _ in courses]
    for place, course in enumerate(courses):
        for competence, level in standing.new_levels(course):
            if first[standing.prepared.level_fact(competence, level)] == place:
                name = graph.competence_codes[competence]
                served[place][Ground(code="reaches_level", competence=name, level=level)] = None
    for course in courses:
        for group in standing.open_groups(course):
            fact = min((fact for fact in group if fact in first), key=first.__getitem__)
            served[first[fact]][_prerequisite_of(standing, course, fact)] = None
    return [list(grounds) for grounds in served]


def _prerequisite_of(standing: Standing, course: int, fact: int) -> Ground:
    code, prepared = standing.graph.course_codes[course], standing.prepared
    if fact < prepared.courses:
        return Ground(code="prerequisite_of", course=code)
    competence, level = prepared.competence_level(fact)
    name = standing.graph.competence_codes[competence]
    return Ground(code="prerequisite_of", course=code, competence=name, level=level)


def _recommended_after(standing: Standing, courses: Sequence[int], place: int) -> list[Ground]:
    earlier = set(courses[:place])
    return [
        Ground(code="recommended_after", course=standing.graph.course_codes[each])
        for each in standing.prepared.after[courses[place]]
        if each in earlier or each in standing.holdings.taken
    ]
