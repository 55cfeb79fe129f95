"""Letting a learner off a course or a requirement, and taking that back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from curriculum_graph.compile import CompiledGraph
from curriculum_graph.errors import NotFound
from recommender.engine.interchange import check
from recommender.engine.vocabulary import Vocabulary
from recommender.engine.waiving import WaiverDocument
from recommender.learners.actions.profiles import Change
from recommender.learners.actions.receiving import DocumentRefused
from recommender.learners.documents import waiver_document_of, waiver_of
from recommender.learners.models import Learner, Waiver
from recommender.learners.selectors import get_learner
from recommender.learners.waivers import waiver_problems


def receive_waiver(
    document: Any, learner: str, key: str, known: Vocabulary, graph: CompiledGraph, *, author: str, at: datetime
) -> Change:
    """Store the waiver that JSON data describe, under a key that the caller chooses.

    Raises
    ------
    NotFound
        Nobody has this pseudonym.
    DocumentRefused
        The data are no waiver, or waive what the release does not know or ask for.
    """
    learner_id = get_learner(learner).id
    waiver = check(document, WaiverDocument, "")
    problems = waiver if isinstance(waiver, list) else waiver_problems(waiver, known, graph, timezone.localdate(at))
    if isinstance(waiver, list) or problems:
        raise DocumentRefused(problems)
    return put_waiver(learner_id, key, waiver, author=author, at=at)


@transaction.atomic
def put_waiver(learner_id: int, key: str, waiver: WaiverDocument, *, author: str, at: datetime) -> Change:
    """Store a waiver that was checked. Another one that holds under its key is revoked; the same is left as it is."""
    Learner.objects.select_for_update().get(id=learner_id)  # two callers with one key come after each other
    held = Waiver.objects.filter(learner_id=learner_id, key=key, revoked_at=None)
    before = held.first()
    if before and waiver_document_of(before) == waiver:
        return "unchanged"
    held.update(revoked_at=at, revoked_by=author)
    row = waiver_of(waiver, learner_id)
    row.key, row.author, row.created_at = key, author, at
    row.save()
    return "updated" if before else "created"


def revoke_waiver(learner: str, key: str, *, author: str, at: datetime) -> None:
    """Take a waiver back: from now on it does not hold. The record stays.

    Raises
    ------
    NotFound
        Nobody has this pseudonym, or no waiver holds under this key.
    """
    held = Waiver.objects.filter(learner__pseudonym=learner, key=key, revoked_at=None)
    if not held.update(revoked_at=at, revoked_by=author):
        raise NotFound(kind="waiver", code=key)
