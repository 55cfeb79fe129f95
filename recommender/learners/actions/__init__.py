"""Every write to this app, one use case a function."""

from recommender.learners.actions.erasure import erase_learner, forget_before
from recommender.learners.actions.events import EventCounts, record_events
from recommender.learners.actions.importing import FileRefused, import_events, import_learners
from recommender.learners.actions.profiles import Change, LearnerCounts, put_learner, put_learners
from recommender.learners.actions.receiving import MAX_EVENTS, DocumentRefused, receive_events, receive_learner
from recommender.learners.actions.waivers import put_waiver, receive_waiver, revoke_waiver

__all__ = [
    "MAX_EVENTS",
    "Change",
    "DocumentRefused",
    "EventCounts",
    "FileRefused",
    "LearnerCounts",
    "erase_learner",
    "forget_before",
    "import_events",
    "import_learners",
    "put_learner",
    "put_learners",
    "put_waiver",
    "receive_events",
    "receive_learner",
    "receive_waiver",
    "record_events",
    "revoke_waiver",
]
