"""Storing what the delivery platform says of learners."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    _write_waivers({row.pk: waivers_of(document, row.pk, at) for row, document in zip(rows, batch, strict=True)}, at)


def _write_waivers(wanted: Mapping[int, list[Waiver]], at: datetime) -> None:
    """Have the waivers of each learner's document be these, in this order; those that it had besides are revoked.

    What stays is written anew where others come or go, and keeps the time at which it was waived first.
    """
    held: defaultdict[int, list[Waiver]] = defaultdict(list)
    for waiver in Waiver.objects.filter(learner_id__in=list(wanted), in_document=True, revoked_at=None):
        held[waiver.learner_id].append(waiver)
    fresh: list[Waiver] = []
    revoked: list[int] = []
    rewritten: list[int] = []
    for learner_id, now in wanted.items():
        before = held[learner_id]
        if [_said(waiver) for waiver in before] == [_said(waiver) for waiver in now]:
            continue
        since = {_said(waiver): waiver.created_at for waiver in before}
        stays = {_said(waiver) for waiver in now}
        for waiver in now:
            waiver.created_at = since.get(_said(waiver), at)
        fresh += now
        for waiver in before:
            (rewritten if _said(waiver) in stays else revoked).append(waiver.pk)
    Waiver.objects.filter(id__in=rewritten).delete()
    Waiver.objects.filter(id__in=revoked).update(revoked_at=at)
    Waiver.objects.bulk_create(fresh)


def _said(waiver: Waiver) -> tuple[str | None, date | None, str | None]:
    return waiver.course, waiver.until, waiver.reason
