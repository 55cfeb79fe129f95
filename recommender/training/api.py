"""What other apps may use of this one."""

from recommender.engine.learning import Parameters
from recommender.engine.scoring import Scorer
from recommender.engine.storing import ModelUnreadable
from recommender.training.actions import promote, retire, roll_back, train_model
from recommender.training.selectors import (
    count_versions,
    find_current_id,
    find_current_version,
    get_version,
    list_versions,
)
from recommender.training.serving import find_scorer, get_scorer
from recommender.training.values import NoSuchVersion, NothingToLearn, Trained, VersionInfo

__all__ = [
    "ModelUnreadable",
    "NoSuchVersion",
    "NothingToLearn",
    "Parameters",
    "Scorer",
    "Trained",
    "VersionInfo",
    "count_versions",
    "find_current_id",
    "find_current_version",
    "find_scorer",
    "get_scorer",
    "get_version",
    "list_versions",
    "promote",
    "retire",
    "roll_back",
    "train_model",
]
