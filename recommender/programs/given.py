"""What was recommended to learners beside their programs, as it was noted."""

from datetime import datetime

import msgspec

from recommender.programs.models import GivenRecommendation


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation: to which question (``next``, or ``best``: so many ``minutes``), from what, and when."""

    question: str
    minutes: int | None
    release: str
    model: str
    courses: list[str]
    created_at: datetime


def list_given(learner_id: int) -> list[Given]:
    """Return what was recommended to a learner, the newest first. One query."""
    rows = GivenRecommendation.objects.filter(learner_id=learner_id).order_by("-id")
    return [Given(**row) for row in rows.values(*Given.__struct_fields__)]
