"""Planning for one state of the world: a release, its graph and its scorer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec
import numpy as np

from curriculum_graph.compile import CompiledGraph, Float64
from curriculum_graph.snapshot import Goal
from recommender.engine.api import Wishes, plan_batch
from recommender.engine.batch import STATUSES, Programs
from recommender.engine.compact import pack
from recommender.engine.documents import Heading, encode_rows
from recommender.engine.goals import targets_of
from recommender.engine.holdings import holdings_of
from recommender.engine.learner import Event, Learner
from recommender.engine.planning_graph import prepare
from recommender.engine.program import Objective
from recommender.engine.replanning import Before, replan_batch
from recommender.engine.rows import joined, picked
from recommender.engine.scoring import Scorer
from recommender.engine.vocabulary import Vocabulary, is_known_goal
from recommender.engine.waiving import WaivedRequirement, waived_on, without_requirements

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

    def document(self, row: int) -> bytes:
        """Return the document of one program."""
        programs = self.programs if len(self.programs) == 1 else picked(self.programs, np.array([row]))
        return encode_rows(programs, [self.headings[row]])[0]

    def records(self) -> list[bytes]:
        """Return each program as it is stored."""
        return pack(self.programs, self.headings)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A learner for whom to plan again, with what they did.

    ``previous`` are the courses of the program before, ``started`` those begun and neither finished nor given up,
    ``requirements`` what courses do not ask of this learner.
    """

    learner: Learner
    events: Sequence[Event] = ()
    previous: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    requirements: tuple[WaivedRequirement, ...] = ()

    @property
    def is_first(self) -> bool:
        """Say whether there is nothing to look back on."""
        return not (self.previous or self.started or self.requirements)


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

    def relevance(self, learners: Sequence[Learner], events: Sequence[Iterable[Event]]) -> Float64 | None:
        """Return float64[N, C]: a row of relevance for each learner; ``None`` without a model."""
        if self.scorer is None or not learners:
            return None
        pairs = zip(learners, events, strict=True)
        return np.stack([self.scorer.relevance(self.known(learner), done) for learner, done in pairs])

    def plan_many(
        self, learners: Sequence[Learner], events: Sequence[Iterable[Event]], objective: Objective
    ) -> Planned:
        """Return the programs of learners, each with what they did; pure.

        A learner may have been stored under an earlier release. Goals that this release no longer knows are not
        reached, because no course teaches them; the others are planned for as ever. A programme that is no longer known
        stands for no goal.
        """
        return self.plan(learners, self.relevance(learners, events), objective)

    def plan(
        self,
        learners: Sequence[Learner],
        relevance: Float64 | None,
        objective: Objective,
        wishes: Sequence[Wishes] | None = None,
    ) -> Planned:
        """Return the same where the relevance (float64[N, C] or ``None``) is known, keeping to ``wishes``."""
        known = [self.known(learner) for learner in learners]
        programs = plan_batch(self.graph, known, relevance, objective=objective, today=self.today, wishes=wishes)
        return self._planned(learners, known, programs, objective)

    def replan_many(self, occasions: Sequence[Occasion], objective: Objective) -> Planned:
        """Return the programs of learners who had one before, have started something or are let off something; pure.

        Goals that the release no longer knows are taken as in :meth:`plan_many`.
        """
        learners = [occasion.learner for occasion in occasions]
        known = [self.known(learner) for learner in learners]
        relevance = self.relevance(learners, [occasion.events for occasion in occasions])
        groups: defaultdict[tuple[WaivedRequirement, ...], list[int]] = defaultdict(list)
        for row, occasion in enumerate(occasions):
            groups[waived_on(occasion.requirements, self.today)].append(row)
        parts = [
            replan_batch(
                without_requirements(self.graph, waived),
                [known[row] for row in rows],
                None if relevance is None else relevance[rows],
                before=[Before(occasions[row].previous, occasions[row].started) for row in rows],
                objective=objective,
                today=self.today,
            )
            for waived, rows in groups.items()
        ]
        order = np.argsort([row for rows in groups.values() for row in rows])
        return self._planned(learners, known, picked(joined(parts, self.graph), order), objective)

    def _planned(
        self, learners: Sequence[Learner], known: Sequence[Learner], programs: Programs, objective: Objective
    ) -> Planned:
        lost = [_lost(before, now) for before, now in zip(learners, known, strict=True)]
        headings = tuple(
            Heading(learner.learner, self.model, objective, learner.minutes_per_week, goals)
            for learner, goals in zip(learners, lost, strict=True)
        )
        return Planned(_with_lost(programs, lost), headings)

    def goals_of(self, learner: Learner) -> set[Goal]:
        """Return the learner's goals that the release knows, expanded."""
        prepared = prepare(self.graph)
        known = self.known(learner)
        return {target.goal for target in targets_of(prepared, known, holdings_of(prepared, known, self.today))}

    def known(self, learner: Learner) -> Learner:
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
