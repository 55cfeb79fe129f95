"""Every write to this app, one use case a function."""

from recommender.learners.actions.erasure import erase_learner, forget_before
from recommender.learners.actions.events import EventCounts, record_events
from recommender.learners.actions.profiles import Change, LearnerCounts, put_learner, put_learners

__all__ = [
    "Change",
    "EventCounts",
    "LearnerCounts",
    "erase_learner",
    "forget_before",
    "put_learner",
    "put_learners",
    "record_events",
]
