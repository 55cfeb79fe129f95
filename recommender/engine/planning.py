"""The individual learning program: from a graph, a learner and relevance to a document with reasons.

Method, formulas and limits are described in ``docs/planning.md``.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from curriculum_graph.compile import Bool, CompiledGraph, Float64
from recommender.engine.alternatives import Alternatives
from recommender.engine.budgeting import extended, within_budget
from recommender.engine.closure import goals_reached, prune
from recommender.engine.eligibility import Profile, open_to, profile_of
from recommender.engine.explaining import Explainer
from recommender.engine.goals import Target, targets_of
from recommender.engine.holdings import Holdings, holdings_of
from recommender.engine.keeping import Keeping, among, in_kept_order, keeping_of
from recommender.engine.learner import Learner
from recommender.engine.ordering import weeks_of
from recommender.engine.planning_graph import NO_FACT, PlanningGraph, prepare
from recommender.engine.program import Objective, Program, Reason, Status, Step, Unmet
from recommender.engine.searching import Price, Search
from recommender.engine.unmet import Obstacles
from recommender.engine.variants import choose_modules

IRRELEVANCE = 0.5
"""With the objective ``balanced``, a minute of no relevance weighs as much as 1.5 minutes of full relevance."""

HOPE = 1.3
"""A program for all goals that takes so many times the budget is not expected to be improved until it fits."""

_TIE = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """One learner on one graph: everything that the parts of a plan look at.

    ``shares`` is float64[C]: what share of its price each course costs the search; ``None`` is all of it.
    """

    prepared: PlanningGraph
    learner: Learner
    profile: Profile
    holdings: Holdings
    targets: tuple[Target, ...]
    is_open: Bool
    usable: Bool
    relevance: Float64 | None
    objective: Objective
    shares: Float64 | None = None

    @property
    def missing(self) -> dict[int, float]:
        """Goals (facts) that are not held before, with their weights."""
        return {t.fact: t.weight for t in self.targets if not t.held and t.fact != NO_FACT}


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
    if relevance is not None and (
        relevance.shape != graph.minutes.shape or not ((relevance >= 0) & (relevance <= 1)).all()
    ):
        raise ValueError(f"relevance: one value in [0, 1] for each of the {len(graph.course_codes)} courses is needed")
    prepared = prepare(graph)
    profile = profile_of(graph, learner)
    holdings = holdings_of(prepared, learner, today)
    is_open = open_to(graph.courses_for, profile)
    usable = is_open.copy()
    usable[list(holdings.taken)] = False
    targets = targets_of(prepared, learner, holdings)
    case = Case(prepared, learner, profile, holdings, targets, is_open, usable, relevance, objective)
    keeping = keeping_of(prepared, keep, started)
    return _program(case, _choosing(case, keeping, only), keeping, model)


def _choosing(case: Case, keeping: Keeping, only: Collection[str] | None) -> Case:
    """Return the case as the search meets it."""
    if keeping.kept or keeping.started:
        case = replace(case, shares=keeping.shares(case.prepared.courses))
    return case if only is None else replace(case, usable=case.usable & among(case.prepared, only))


def plan_many(
    graph: CompiledGraph,
    learners: Iterable[tuple[Learner, Float64 | None]],
    *,
    objective: Objective = "balanced",
    model: str = "none",
    today: dt.date,
) -> Iterator[Program]:
    """Yield the programs of learners (each with their relevance or ``None``), one by one in their order."""
    for learner, relevance in learners:
        yield plan(graph, learner, relevance, objective=objective, model=model, today=today)


def _price(case: Case, objective: Objective) -> Price:
    minutes = case.prepared.graph.minutes.astype(np.float64)
    if case.shares is not None:
        minutes *= case.shares
    lost = np.zeros_like(minutes) if case.relevance is None else minutes * (1.0 - case.relevance)
    if objective == "minutes":
        return Price(first=minutes, second=lost, search=minutes + _TIE * lost)
    weighed = minutes + IRRELEVANCE * lost
    return Price(first=weighed, second=minutes, search=weighed)


def _choose(case: Case, search: Search) -> list[int]:
    """Return the courses of the program, in an order in which they can be taken."""
    weights = {fact: weight for fact, weight in case.missing.items() if search.can_reach(fact)}
    budget = case.learner.minutes_budget
    if not weights:
        return []
    courses = search.draft(list(weights))
    if budget is None or search.minutes(courses) <= HOPE * budget:
        courses = search.improve(courses, list(weights))
    if budget is not None and search.minutes(courses) > budget:
        courses = _within(case, search, weights, budget, courses)
    return prune(case.prepared, courses, case.missing, case.holdings.facts, search.cost)


def _within(case: Case, search: Search, weights: dict[int, float], budget: int, everything: list[int]) -> list[int]:
    """Return courses within the budget: goals are chosen by minutes, courses for them by the objective."""
    if case.objective == "minutes" or case.relevance is None:
        return within_budget(search, weights, budget, everything)
    lean = Search(case.prepared, case.holdings.facts, case.usable, _price(case, "minutes"), weights)
    courses = within_budget(lean, weights, budget, lean.draft(list(weights)))
    goals = sorted(goals_reached(case.prepared, courses, weights, case.holdings.facts))
    if not goals:
        return extended(search, courses, weights, budget)
    drafts = [courses, *(found for found in [search.draft(goals)] if search.minutes(found) <= budget)]
    return extended(search, search.improve(min(drafts, key=search.key), goals, budget), weights, budget)


def _search(case: Case) -> Search:
    return Search(case.prepared, case.holdings.facts, case.usable, _price(case, case.objective), case.missing)


def _program(case: Case, choosing: Case, keeping: Keeping, model: str) -> Program:
    """Return the program that is chosen in one case and explained in the other."""
    prepared, learner = case.prepared, case.learner
    search = _search(case)
    chosen = _choose(choosing, search if choosing is case else _search(choosing))
    courses = in_kept_order(prepared, chosen, case.holdings.facts, case.relevance, keeping)
    reached = goals_reached(prepared, courses, case.missing, case.holdings.facts)
    unmet = _unmet(case, search, courses, reached)
    is_tight = any(entry.reason == "over_budget" for entry in unmet)
    explainer = Explainer(prepared, case.profile, case.holdings, case.targets, case.relevance, is_tight=is_tight)
    account = explainer.explain(courses)
    total = search.minutes(courses)
    return Program(
        learner=learner.learner,
        release=prepared.graph.release,
        model=model,
        objective=case.objective,
        status=_status(case.targets, reached),
        steps=_steps(case, search, courses, account.reasons),
        unmet=unmet,
        total_minutes=total,
        skipped=account.skipped,
        weeks=None if learner.minutes_per_week is None else -(-total // learner.minutes_per_week),
    )


def _status(targets: Sequence[Target], reached: set[int]) -> Status:
    if all(target.held or target.fact in reached for target in targets):
        return "complete"
    return "partial" if reached else "infeasible"


def _unmet(case: Case, search: Search, courses: Sequence[int], reached: set[int]) -> tuple[Unmet, ...]:
    left = [target for target in case.targets if not target.held and target.fact not in reached]
    budget = case.learner.minutes_budget

    def missing_minutes(fact: int) -> int:
        more = search.extensions(courses, [fact])[fact]
        return max(1, search.minutes({*courses, *more}) - (budget or 0))

    obstacles = Obstacles(case.prepared, case.profile, case.is_open, case.usable, search.base, missing_minutes)
    return tuple(obstacles.explain(target) for target in left)


def _steps(
    case: Case, search: Search, courses: Sequence[int], reasons: Sequence[tuple[Reason, ...]]
) -> tuple[Step, ...]:
    prepared, learner, graph = case.prepared, case.learner, case.prepared.graph
    budget = learner.minutes_budget
    minutes = [prepared.minutes[course] for course in courses]
    alternatives = Alternatives(
        prepared,
        courses,
        case.missing,
        case.holdings.facts,
        case.usable,
        search.cost,
        spare=None if budget is None else budget - sum(minutes),
    ).all()
    modules = choose_modules(graph, courses, case.profile)
    weeks = weeks_of(minutes, learner.minutes_per_week)
    return tuple(
        Step(
            position=place + 1,
            course=graph.course_codes[course],
            minutes=minutes[place],
            reasons=reasons[place],
            week=weeks[place],
            relevance=None if case.relevance is None else round(float(case.relevance[course]), 6),
            modules=modules[place],
            alternatives=tuple(graph.course_codes[other] for other in alternatives[place]),
        )
        for place, course in enumerate(courses)
    )
