"""What other packages may use of planning; the rest of the engine's modules are imported by name."""

from recommender.engine.errors import UnknownCode
from recommender.engine.planning import plan, plan_many

__all__ = ["UnknownCode", "plan", "plan_many"]
