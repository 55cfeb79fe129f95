"""What learners decide themselves."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from recommender.engine.learner import LearnerGoal
from recommender.learners.api import StoredLearner, put_learner
from recommender.programs.planning import World


def choose_programmes(learner: StoredLearner, codes: Sequence[str], world: World, *, at: datetime) -> None:
    """Make programmes of the release the learner's goals; without any that is known, the goals stay as they are."""
    goals = tuple(LearnerGoal(programme=code) for code in dict.fromkeys(codes) if code in world.vocabulary.programmes)
    if goals:
        put_learner(msgspec.structs.replace(learner.profile, goals=goals), at=at)
