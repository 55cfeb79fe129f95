"""Planning for one state of the world: a release, its graph and its scorer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec
import numpy as np

from curriculum_graph.compile import CompiledGraph
from curriculum_graph.snapshot import Goal
from recommender.engine.api import plan
from recommender.engine.batch import STATUSES, Programs
from recommender.engine.compact import pack
from recommender.engine.documents import Heading, encode_rows
from recommender.engine.learner import Event, Learner
from recommender.engine.program import Objective
from recommender.engine.rows import programs_of
from recommender.engine.scoring import Scorer
from recommender.engine.vocabulary import Vocabulary, is_known_goal

NO_MODEL = "none"
DEFAULT_OBJECTIVE: Objective = "balanced"


@dataclass(frozen=True, slots=True)
class Planned:
    """Programs of some learners, and what their documents say besides."""

    programs: Programs
    headings: tuple[Heading, ...]

    def documents(self) -> list[bytes]:
        """Return the document of each program."""
        return encode_rows(self.programs, self.headings)

    def records(self) -> list[bytes]:
        """Return each program as it is stored."""
        return pack(self.programs, self.headings)


@dataclass(frozen=True, slots=True)
class World:
    """What every program of one moment is built from, the learner apart."""

    graph: CompiledGraph
    vocabulary: Vocabulary
    scorer: Scorer | None
    today: date

    @property
    def release(self) -> str:
        return self.graph.release

    @property
    def model(self) -> str:
        return self.scorer.model if self.scorer else NO_MODEL

    def plan_many(
        self, learners: Sequence[Learner], events: Sequence[Iterable[Event]], objective: Objective
    ) -> Planned:
        """Return the programs of learners, each with what they did; pure.

        A learner may have been stored under an earlier release. Goals that this release no longer knows are not
        reached, because no course teaches them; the others are planned for as ever. A programme that is no longer known
        stands for no goal.
        """
        known = [self._known(learner) for learner in learners]
        lost = [_lost(before, now) for before, now in zip(learners, known, strict=True)]
        scores = [self.scorer.relevance(*pair) if self.scorer else None for pair in zip(known, events, strict=True)]
        values = [
            plan(self.graph, learner, relevance, objective=objective, model=self.model, today=self.today)
            for learner, relevance in zip(known, scores, strict=True)
        ]
        headings = tuple(
            Heading(learner.learner, self.model, objective, learner.minutes_per_week, goals)
            for learner, goals in zip(learners, lost, strict=True)
        )
        return Planned(_with_lost(programs_of(values, self.graph), lost), headings)

    def _known(self, learner: Learner) -> Learner:
        """Return a learner without the goals that the release does not know."""
        goals = tuple(goal for goal in learner.goals if is_known_goal(goal, self.vocabulary))
        return learner if len(goals) == len(learner.goals) else msgspec.structs.replace(learner, goals=goals)


def _lost(before: Learner, known: Learner) -> tuple[Goal, ...]:
    """Return the goals that a learner has no longer, in the order in which they were named, each once."""
    if known is before:
        return ()
    goals = (goal for goal in before.goals if goal not in known.goals and goal.programme is None)
    return tuple(dict.fromkeys(Goal(course=g.course, competence=g.competence, level=g.level) for g in goals))


def _with_lost(programs: Programs, lost: Sequence[tuple[Goal, ...]]) -> Programs:
    """Return the programs with the status that they have when these goals are not reached either.

    Every step serves a goal, so that a program without steps reaches none that was not held before.
    """
    misses = np.array([bool(goals) for goals in lost], np.bool_)
    reaches = np.diff(programs.step_ptr) > 0
    partial = np.where(reaches, STATUSES.index("partial"), STATUSES.index("infeasible"))
    return replace(programs, status=np.where(misses, partial, programs.status).astype(np.uint8))
