"""Forgetting: a learner who asks, and events whose time is over."""

from datetime import datetime

from django.db import transaction

from curriculum_graph.errors import NotFound
from recommender.learners.models import Event, Learner


@transaction.atomic
def erase_learner(pseudonym: str) -> None:
    """Delete a learner and everything that is stored of them, in every app (foreign keys cascade).

    Raises
    ------
    NotFound
        Nobody has this pseudonym.
    """
    _count, by_model = Learner.objects.filter(pseudonym=pseudonym).delete()
    if not by_model.get("learners.Learner"):
        raise NotFound(kind="learner", code=pseudonym)


@transaction.atomic
def forget_before(learners: datetime, events: datetime) -> tuple[int, int]:
    """Delete the learners not heard of since ``learners``, and what was done before ``events``.

    Completions stay with the learner: nobody loses what they achieved. Returns how many learners and events went.
    """
    _count, by_model = Learner.objects.filter(seen_at__lt=learners).delete()
    gone, _events = Event.objects.filter(at__lt=events).delete()
    return by_model.get("learners.Learner", 0), by_model.get("learners.Event", 0) + gone
