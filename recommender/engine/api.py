"""What other packages may use of planning; the rest of the engine's modules are imported by name."""

from recommender.engine.eligibility import profile_of
from recommender.engine.errors import UnknownCode
from recommender.engine.planning import Factors, Wishes, plan, plan_batch
from recommender.engine.replanning import replan
from recommender.engine.variants import choose_modules

__all__ = ["Factors", "UnknownCode", "Wishes", "choose_modules", "plan", "plan_batch", "profile_of", "replan"]
