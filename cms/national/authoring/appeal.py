"""What appeals to whom: the part of the behaviour model that a recommender can learn.

The appeal of a course to a learner is a sum of

- *quality*: each course has one, the same for everybody (few are very good); popularity follows from it;
- *fit*: courses written for the learner's own audience, and for their own province, appeal more than general ones;
- *interest*: every audience likes some competences more than others, the same for all of its members; besides, each
  learner has a liking of their own for two of the six domains;
- *aim*: competences that the learner's goals name;
- *step*: the next level up appeals; what is known already bores, what is far above frightens;
- *size*: people without much time each week avoid long courses.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cms.national.authoring.chance import Chance
from cms.national.authoring.openness import Openness, taught_competences
from cms.national.authoring.standing import Standing
from curriculum_graph.snapshot import Goal, Snapshot
from recommender.engine.learner import Learner

QUALITY, OWN_AUDIENCE, NEAR_AUDIENCE, OWN_PLACE = 0.7, 2.0, 0.8, 0.8
INTEREST, LIKING, AIM = 0.9, 0.8, 1.2


@dataclass(frozen=True)
class Taste:
    """What one learner likes: appeal by competence, their audiences, the places they live in, minutes to spare."""

    by_competence: Mapping[str, float]
    own: frozenset[str]
    lineage: frozenset[str]
    places: frozenset[str]
    minutes: float


class Appeal:
    """The appeal of the courses of a catalogue."""

    def __init__(self, catalogue: Snapshot, openness: Openness, seed: int) -> None:
        self._openness = openness
        self._seed = seed
        self._competences = taught_competences(catalogue)
        self._quality = [QUALITY * _normal(Chance(seed, "quality", c.code)) for c in catalogue.courses]
        self._interest: dict[tuple[str, str], float] = {}

    def taste(self, learner: Learner, programmes: Mapping[str, tuple[Goal, ...]]) -> Taste:
        """Return what a learner likes."""
        chance = Chance(self._seed, "taste", learner.learner)
        liked = chance.some("123456", 2)
        by_competence = {
            code: self._audience_interest(learner, code) + (LIKING if _domain(code) in liked else 0.0)
            for code in self._competences
        }
        for competence in _aims(learner, programmes):
            if competence in by_competence:
                by_competence[competence] += AIM
        return Taste(
            by_competence=by_competence,
            own=frozenset(learner.audiences),
            lineage=frozenset(self._openness.lineage(learner.audiences)),
            places=frozenset(self._openness.lineage([learner.region] if learner.region else [])),
            minutes=float(learner.minutes_per_week or 120),
        )

    def _audience_interest(self, learner: Learner, competence: str) -> float:
        total = 0.0
        for audience in learner.audiences:
            key = (audience, competence)
            if key not in self._interest:
                self._interest[key] = INTEREST * _normal(Chance(self._seed, "interest", *key))
            total += self._interest[key]
        return total / math.sqrt(max(1, len(learner.audiences)))

    def of(self, index: int, taste: Taste, standing: Standing) -> float:
        """Return how much the course at ``index`` appeals."""
        course = self._openness.courses[index]
        appeal = self._quality[index]
        if not taste.own.isdisjoint(course.audiences):
            appeal += OWN_AUDIENCE
        elif not taste.lineage.isdisjoint(course.audiences):
            appeal += NEAR_AUDIENCE
        if not taste.places.isdisjoint(course.regions):
            appeal += OWN_PLACE
        appeal += sum(taste.by_competence.get(taught.competence, 0.0) for taught in course.teaches)
        appeal -= 1.1 * abs(standing.step(course) - 1)
        return appeal - 0.4 * max(0.0, course.minutes / taste.minutes - 1)


def _domain(competence: str) -> str:
    return competence.rpartition(":")[2][:1]


def _aims(learner: Learner, programmes: Mapping[str, tuple[Goal, ...]]) -> set[str]:
    named = {goal.competence for goal in learner.goals if goal.competence}
    for goal in learner.goals:
        named |= {aim.competence for aim in programmes.get(goal.programme or "", ()) if aim.competence}
    return named


def _normal(chance: Chance) -> float:
    """Return a number that is nearly normal, with mean 0 and variance 1: the sum of twelve uniform ones, less six."""
    return sum(chance.number() for _ in range(12)) - 6.0
