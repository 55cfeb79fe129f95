"""What happens to learners after they were given a program: typical events, each for everybody at once."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

import msgspec
import numpy as np

from curriculum_graph.compile import CompiledGraph, Float64, compile_graph
from curriculum_graph.snapshot import Snapshot
from recommender.engine.eligibility import open_to, profile_of
from recommender.engine.learner import Learner, LearnerGoal

TODAY = dt.date(2026, 6, 1)
NOBODY = "nobody"
CLOSED = 0.02
"""The share of courses that a release closes."""


@dataclass(frozen=True)
class Situation:
    """A release and its learners, with the courses of the programs that they have."""

    snapshot: Snapshot
    graph: CompiledGraph
    learners: list[Learner]
    relevance: Float64
    courses: Sequence[Sequence[str]] = ()
    started: Sequence[Sequence[str]] = ()
    closed: frozenset[str] = frozenset()

    def with_programs(self, courses: list[list[str]]) -> "Situation":
        return replace(self, courses=courses, started=[[] for _ in courses])

    def concerns(self, row: int) -> bool:
        """Say whether there was a program, and something happened to it."""
        return bool(self.courses[row]) and (not self.closed or not self.closed.isdisjoint(self.courses[row]))

    def with_learners(self, change: Callable[[int, Learner], Learner]) -> "Situation":
        return replace(self, learners=[change(row, learner) for row, learner in enumerate(self.learners)])


def next_step(now: Situation, random: Random) -> Situation:
    """The first step is completed."""
    return now.with_learners(
        lambda row, who: msgspec.structs.replace(who, completed=(*who.completed, *now.courses[row][:1]))
    )


def off_the_path(now: Situation, random: Random) -> Situation:
    """Another course is completed, one that teaches a competence of a goal."""
    teaching: dict[str, list[str]] = {}
    for course in now.snapshot.courses:
        for taught in course.teaches:
            teaching.setdefault(taught.competence, []).append(course.code)

    def change(row: int, who: Learner) -> Learner:
        is_open = open_to(now.graph.courses_for, profile_of(now.graph, who))
        usable = {code for code, is_ in zip(now.graph.course_codes, is_open, strict=True) if is_}
        wanted = {code for goal in who.goals for code in teaching.get(goal.competence or "", ())}
        choice = sorted(wanted.intersection(usable) - set(now.courses[row]))
        return msgspec.structs.replace(who, completed=(*who.completed, *random.sample(choice, min(1, len(choice)))))

    return now.with_learners(change)


def new_goal(now: Situation, random: Random) -> Situation:
    """A goal more: a competence that was none, at a level from 2 to 4."""

    def change(row: int, who: Learner) -> Learner:
        others = sorted(set(now.graph.competence_codes) - {goal.competence for goal in who.goals})
        goal = LearnerGoal(competence=random.choice(others), level=random.randint(2, 4))
        return msgspec.structs.replace(who, goals=(*who.goals, goal))

    return now.with_learners(change)


def goal_given_up(now: Situation, random: Random) -> Situation:
    """The first goal is given up."""
    return now.with_learners(lambda row, who: msgspec.structs.replace(who, goals=who.goals[1:] or who.goals))


def courses_close(now: Situation, random: Random) -> Situation:
    """A release closes some courses to everybody. Those with none of them on their path are not counted."""
    taken = sorted({code for courses in now.courses for code in courses})
    closed = frozenset(random.sample(taken, round(CLOSED * len(taken))))
    courses = tuple(
        msgspec.structs.replace(course, audiences=(NOBODY,)) if course.code in closed else course
        for course in now.snapshot.courses
    )
    term = msgspec.structs.replace(now.snapshot.audiences[0], code=NOBODY, parent=None)
    snapshot = msgspec.structs.replace(now.snapshot, courses=courses, audiences=(*now.snapshot.audiences, term))
    return replace(now, snapshot=snapshot, graph=compile_graph(snapshot, "next"), closed=closed)


def less_time(now: Situation, random: Random) -> Situation:
    """A budget of four fifths of the minutes."""
    minutes = dict(zip(now.graph.course_codes, now.graph.minutes.tolist(), strict=True))
    return now.with_learners(
        lambda row, who: msgspec.structs.replace(
            who, minutes_budget=int(0.8 * sum(minutes[code] for code in now.courses[row]))
        )
    )


def another_model(now: Situation, random: Random) -> Situation:
    """A new model, whose relevance is for four fifths that of the one before."""
    other = np.random.default_rng(2).random(now.relevance.shape)
    return replace(now, relevance=0.8 * now.relevance + 0.2 * other)


def started(now: Situation, random: Random) -> Situation:
    """A step is started, any of them."""
    return replace(now, started=[random.sample(list(courses), min(1, len(courses))) for courses in now.courses])


EVENTS: dict[str, Callable[[Situation, Random], Situation]] = {
    "the next step is completed": next_step,
    "a course off the path is completed": off_the_path,
    "any step is started": started,
    "a goal more": new_goal,
    "a goal is given up": goal_given_up,
    "courses close in a new release": courses_close,
    "a budget of four fifths": less_time,
    "another model": another_model,
}
