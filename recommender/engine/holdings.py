"""What a learner has before the program starts: courses taken, levels held, and where each comes from."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from recommender.engine.learner import Learner, Waived
from recommender.engine.planning_graph import PlanningGraph

Source = Literal["mastered", "completed", "waived"]


@dataclass(frozen=True, slots=True)
class Holdings:
    """``completed`` and ``waived`` are courses of the release (disjoint); ``mastered`` and ``levels`` map a competence
    to the level held, ``levels`` with what completed courses taught; ``facts`` are all facts held.
    """

    completed: frozenset[int]
    waived: frozenset[int]
    mastered: dict[int, int]
    levels: dict[int, int]
    facts: frozenset[int]

    @property
    def taken(self) -> frozenset[int]:
        return self.completed | self.waived

    def source_of_course(self, course: int) -> Source:
        """Return why a course counts as taken."""
        return "completed" if course in self.completed else "waived"

    def source_of_level(self, competence: int, level: int) -> Source:
        """Return where a level that is held comes from."""
        return "mastered" if self.mastered.get(competence, 0) >= level else "completed"


def is_waived(waiver: Waived, today: dt.date) -> bool:
    """Return whether a waiver still holds: on its date it does, the day after it does not."""
    return waiver.until is None or today <= dt.date.fromisoformat(waiver.until)


def holdings_of(prepared: PlanningGraph, learner: Learner, today: dt.date) -> Holdings:
    """Return what the learner holds on ``today``.

    A completed course teaches the levels that it teaches in this release. Courses that the release does not know count
    as taken, which nothing in the release asks for; competences that it does not know are likewise left aside.
    """
    index = prepared.course_index
    completed = {index[code] for code in learner.completed if code in index}
    waived = {index[w.course] for w in learner.waived if w.course in index and is_waived(w, today)} - completed
    mastered: dict[int, int] = {}
    for held in learner.mastered:
        competence = prepared.competence_index.get(held.competence)
        if competence is not None:
            mastered[competence] = max(held.level, mastered.get(competence, 0))
    levels = dict(mastered)
    facts = completed | waived
    for course in completed:
        facts.update(prepared.gives[course])
        for fact in prepared.gives[course][1:]:
            competence, level = prepared.competence_level(fact)
            levels[competence] = max(level, levels.get(competence, 0))
    for competence, level in mastered.items():
        lowest = prepared.level_fact(competence, 1)
        facts.update(range(lowest, lowest + min(level, prepared.levels)))
    return Holdings(frozenset(completed), frozenset(waived), mastered, levels, frozenset(facts))
