"""What other packages may use of planning; the rest of the engine's modules are imported by name."""

from recommender.engine.eligibility import profile_of
from recommender.engine.errors import UnknownCode
from recommender.engine.learner import Learner
from recommender.engine.planning import Factors, Wishes, plan, plan_batch
from recommender.engine.replanning import replan
from recommender.engine.variants import CRITERIA, RankedVariant, choose_modules, rank_variants

__all__ = [
    "CRITERIA", "Factors", "Learner", "RankedVariant", "UnknownCode", "Wishes", "choose_modules", "plan", "plan_batch",
    "profile_of", "rank_variants", "replan",
]  # fmt: skip
