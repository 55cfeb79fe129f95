"""Storing what the delivery platform says of learners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from recommender.engine import learner as documents
from recommender.learners.documents import PROFILE_FIELDS, row_of, waivers_of
from recommender.learners.models import Learner, Waiver
from recommender.learners.selectors import find_learners

Change = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class LearnerCounts:
    """How many learners a document or file created, changed and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "LearnerCounts") -> "LearnerCounts":
        return LearnerCounts(
            self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged
        )


def put_learner(document: documents.Learner, *, at: datetime) -> Change:
    """Store one learner in place of what was known by that pseudonym; events and completions stay."""
    counts = put_learners([document], at=at)
    return "created" if counts.created else "updated" if counts.updated else "unchanged"


@transaction.atomic
def put_learners(batch: Sequence[documents.Learner], *, at: datetime) -> LearnerCounts:
    """Store learners, each pseudonym at most once, in a number of queries that does not depend on how many they are.

    What is already stored exactly so is not written again.
    """
    known = find_learners([document.learner for document in batch])
    fresh = [document for document in batch if document.learner not in known]
    changed = [
        document for document in batch if document.learner in known and known[document.learner].profile != document
    ]
    _write([*fresh, *changed], at)
    return LearnerCounts(len(fresh), len(changed), len(batch) - len(fresh) - len(changed))


def _write(batch: Sequence[documents.Learner], at: datetime) -> None:
    if not batch:
        return
    rows = Learner.objects.bulk_create(
        [row_of(document, at) for document in batch],
        update_conflicts=True,
        unique_fields=["pseudonym"],
        update_fields=[*PROFILE_FIELDS, "seen_at"],
    )
    Waiver.objects.filter(learner_id__in=[row.pk for row in rows]).delete()
    Waiver.objects.bulk_create(
        waiver for row, document in zip(rows, batch, strict=True) for waiver in waivers_of(document, row.pk)
    )
