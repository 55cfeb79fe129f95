"""Ranking for many learners at once."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from recommender.engine.interactions import taken_courses
from recommender.engine.learner import Learner
from recommender.engine.ranking import best
from recommender.engine.scoring import ModelScorer
from recommender.learners import api as learners

CHUNK = 500


def rank_courses(
    wanted: Iterable[Learner], scorer: ModelScorer, top: int, today: date
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield each learner's best courses among those not taken, in the order given.

    A learner is what the document says, and what stored events and completions say besides. Four queries for each
    ``CHUNK`` learners.
    """
    remaining = iter(wanted)
    while chunk := list(islice(remaining, CHUNK)):
        stored = learners.find_learners([learner.learner for learner in chunk])
        histories = learners.list_histories_of([known.id for known in stored.values()])
        for learner in chunk:
            known = stored.get(learner.learner)
            happened = histories[known.id].completing if known and known.id in histories else ()
            before = (*learner.completed, *(known.state.completed if known else ()))
            taken = taken_courses(before, happened)
            relevance = scorer.relevance_for(learner, taken)
            left_out = {*taken, *_waived(learner, today)}
            yield learner.learner, best(relevance, scorer.course_codes, left_out, top)


def _waived(learner: Learner, today: date) -> set[str]:
    """Return the courses that count as taken for now; the last day is included."""
    return {
        waived.course for waived in learner.waived if waived.until is None or date.fromisoformat(waived.until) >= today
    }
