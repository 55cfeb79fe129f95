"""The log of what was recommended beside programs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from recommender.learners.api import StoredLearner, lock_learners
from recommender.programs.models import GivenRecommendation
from recommender.programs.planning import World

Question = GivenRecommendation.Question


def note_recommendation(
    learner: StoredLearner,
    world: World,
    question: Question,
    courses: Sequence[str],
    *,
    minutes: int | None,
    at: datetime,
) -> None:
    """Append what was recommended, unless it was the last answer to the same question. One query where it was."""
    given = GivenRecommendation.objects.filter(learner_id=learner.id, question=question).order_by("-id")
    fields = {"minutes": minutes, "release": world.release, "model": world.model, "courses": list(courses)}
    if given.values(*fields).first() == fields:
        return
    with transaction.atomic():
        if learner.id in lock_learners([learner.id]):  # else erased meanwhile
            GivenRecommendation.objects.create(learner_id=learner.id, question=question, created_at=at, **fields)
