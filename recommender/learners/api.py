"""What other apps may use of this one."""

from recommender.learners.actions import (
    Change,
    EventCounts,
    LearnerCounts,
    erase_learner,
    forget_before,
    put_learner,
    put_learners,
    record_events,
)
from recommender.learners.selectors import (
    StoredLearner,
    count_events,
    count_learners,
    find_learner,
    find_learners,
    get_learner,
    iter_events,
    iter_learner_ids,
    iter_profiles,
    list_events,
    list_events_of,
    list_learners,
)

__all__ = [
    "Change",
    "EventCounts",
    "LearnerCounts",
    "StoredLearner",
    "count_events",
    "count_learners",
    "erase_learner",
    "find_learner",
    "find_learners",
    "forget_before",
    "get_learner",
    "iter_events",
    "iter_learner_ids",
    "iter_profiles",
    "list_events",
    "list_events_of",
    "list_learners",
    "put_learner",
    "put_learners",
    "record_events",
]
