"""Who asks, of which release, with which relevance, on which day: what every question is asked from."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from curriculum_graph.compile import CompiledGraph, Float64
from recommender.engine.learner import Learner, LearnerGoal
from recommender.engine.planning import plan
from recommender.engine.program import Objective, Program
from recommender.engine.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Situation:
    """One learner at one moment.

    ``relevance`` is float64[C] in [0, 1], aligned with ``graph.course_codes``, or ``None``: no model; ``model`` is the
    id of the model that it comes from; ``today`` the date on which waivers are looked at.
    """

    graph: CompiledGraph
    learner: Learner
    relevance: Float64 | None
    today: dt.date
    model: str = "none"
    objective: Objective = "balanced"

    def standing(self) -> Standing:
        """Return where the learner stands."""
        return standing_of(self.graph, self.learner, self.today)

    def plan(self, learner: Learner, *, keep: Sequence[str] = (), skip: Collection[str] = ()) -> Program:
        """Return the program that the learner would have, were they as ``learner`` says.

        ``keep`` are courses that are preferred, in an order that is kept; courses of ``skip`` are never chosen.
        """
        return plan(
            self.graph,
            learner,
            self.relevance,
            objective=self.objective,
            model=self.model,
            today=self.today,
            keep=keep,
            skip=skip,
        )

    def plan_only(self, goal: LearnerGoal) -> Program:
        """Return the shortest program to one goal alone, without a budget."""
        return plan(
            self.graph,
            msgspec.structs.replace(self.learner, goals=(goal,), minutes_budget=None),
            self.relevance,
            objective="minutes",
            model=self.model,
            today=self.today,
        )
