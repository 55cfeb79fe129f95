"""Planning for one state of the world: a release, its graph and its scorer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from curriculum_graph.compile import CompiledGraph
from curriculum_graph.snapshot import Goal
from recommender.engine.api import plan
from recommender.engine.learner import Event, Learner, LearnerGoal
from recommender.engine.program import Objective, Program, Status, Unmet
from recommender.engine.scoring import Scorer
from recommender.engine.vocabulary import Vocabulary, is_known_goal

NO_MODEL = "none"
DEFAULT_OBJECTIVE: Objective = "balanced"


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

    def plan(self, learner: Learner, events: Iterable[Event], objective: Objective) -> Program:
        """Return the program of a learner whose goals are all known to the release; pure."""
        relevance = self.scorer.relevance(learner, events) if self.scorer else None
        return plan(self.graph, learner, relevance, objective=objective, model=self.model, today=self.today)

    def plan_stored(self, learner: Learner, events: Iterable[Event], objective: Objective) -> Program:
        """Return the program of a learner who may have been stored under an earlier release.

        Goals that this release no longer knows are not reached, because no course teaches them; the others are planned
        for as ever. A programme that is no longer known stands for no goal.
        """
        lost = [goal for goal in learner.goals if not is_known_goal(goal, self.vocabulary)]
        if not lost:
            return self.plan(learner, events, objective)
        kept = tuple(goal for goal in learner.goals if goal not in lost)
        program = self.plan(msgspec.structs.replace(learner, goals=kept), events, objective)
        unmet = [Unmet(goal=goal, reason="no_course_teaches_it") for goal in _distinct(lost)]
        if not unmet:
            return program
        # Every step serves a goal, so that a program without steps reaches none that was not held before.
        status: Status = "partial" if program.steps else "infeasible"
        return msgspec.structs.replace(program, unmet=(*program.unmet, *unmet), status=status)


def _distinct(goals: Iterable[LearnerGoal]) -> list[Goal]:
    return list(
        dict.fromkeys(
            Goal(course=goal.course, competence=goal.competence, level=goal.level)
            for goal in goals
            if goal.programme is None
        )
    )


def encode(program: Program) -> bytes:
    """Return the document of a program: the same program gives the same bytes."""
    return msgspec.json.encode(program)
