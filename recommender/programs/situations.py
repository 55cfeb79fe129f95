"""What questions of a stored learner are asked from: the world, what they did, what they are let off."""

from curriculum_graph.compile import Float64
from recommender.engine.program import Objective
from recommender.engine.recommending import Recommendation, recommend
from recommender.engine.situation import Situation
from recommender.engine.waiving import waived_on, without_requirements
from recommender.learners.api import History, StoredLearner, list_histories_of
from recommender.programs.planning import DEFAULT_OBJECTIVE, World

HOURS = 20
"""Hours for which courses are recommended where nobody says how many."""

MOST_MINUTES = 60_000
"""Minutes that recommendations may be asked for: a thousand hours, which is more than anyone plans."""


def situation_of(world: World, learner: StoredLearner, objective: Objective = DEFAULT_OBJECTIVE) -> Situation:
    """Return a stored learner's situation. Goals that the release no longer knows are left out. At most one query."""
    return Situation(
        graph=without_requirements(world.graph, waived_on(learner.requirements, world.today)),
        learner=world.known(learner.state),
        relevance=_relevance(world, learner),
        today=world.today,
        model=world.model,
        objective=objective,
    )


def _relevance(world: World, learner: StoredLearner) -> Float64 | None:
    if world.scorer is None:
        return None
    return world.scorer.relevance(learner.state, list_histories_of([learner.id]).get(learner.id, History()).completing)


def recommend_to(situation: Situation, minutes: int | None = None) -> Recommendation:
    """Return what is recommended to a learner: for so many minutes, else for their budget, else for 20 hours."""
    budget = situation.learner.minutes_budget
    wanted = minutes if minutes is not None else 60 * HOURS if budget is None else budget
    return recommend(
        situation.graph,
        situation.learner,
        situation.relevance,
        minutes=min(wanted, MOST_MINUTES),
        model=situation.model,
        today=situation.today,
    )
