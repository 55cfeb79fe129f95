"""Data with a known answer: farmers take farming courses, clerks take office courses, and nobody takes both."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from curriculum_graph.snapshot import Competence, Course, Framework, Group, LevelOf, Requirement, Snapshot, Term
from recommender.engine.features import CourseTable, FeatureTable, Trees, course_table, feature_table, learner_features
from recommender.engine.interactions import Interactions, interactions_from
from recommender.engine.learner import Event, Learner
from recommender.engine.learning import Parameters

START = datetime(2026, 1, 1, tzinfo=UTC)
WORLDS = ("farmer", "clerk")
COURSES = 20
QUICK = Parameters(epochs=10, dimensions=8, sampled=20, held_share=0.3)


def course(world: str, number: int) -> Course:
    requires = (Group(any_of=(Requirement(course=f"{world}-00"),)),) if number == 1 else ()
    return Course(
        code=f"{world}-{number:02}",
        title=f"{world} lesson {number}",
        minutes=30,
        audiences=(world,),
        keywords=(f"{world}s",),
        requires=requires,
        teaches=(LevelOf(competence=f"k:{world}", level=1 + number % 4),),
    )


def snapshot(courses: int = COURSES) -> Snapshot:
    return Snapshot(
        format="curriculum-catalogue/1",
        frameworks=(
            Framework(
                code="k",
                title="k",
                levels=4,
                competences=tuple(Competence(code=f"k:{world}", title=world) for world in WORLDS),
            ),
        ),
        audiences=(
            *(Term(code=world, title=world, parent="people") for world in WORLDS),
            Term(code="people", title="p"),
        ),
        regions=(Term(code="north", title="n"), Term(code="hill", title="h", parent="north")),
        courses=tuple(course(world, number) for world in WORLDS for number in range(courses)),
    )


def learners(count: int) -> list[Learner]:
    """Return learners of both worlds by turns; every other pair does not say which is theirs."""
    return [
        Learner(learner=f"l{i:04}", audiences=(WORLDS[i % 2],) if i % 4 < 2 else (), region="hill")
        for i in range(count)
    ]


def events(count: int = 200, each: int = 5, seed: int = 0) -> list[Event]:
    """Return what learners completed; courses with low numbers are taken more often."""
    rng = np.random.default_rng(seed)
    chance = 1 / (2.0 + np.arange(COURSES))
    found = []
    for i, learner in enumerate(learners(count)):
        for n, number in enumerate(rng.choice(COURSES, each, replace=False, p=chance / chance.sum())):
            at = START + timedelta(days=i / 8 + 15 * n, minutes=i)
            code = f"{WORLDS[i % 2]}-{number:02}"
            verb = Event(id=f"e{i}-{n}", learner=learner.learner, verb="completed", at=at.isoformat(), course=code)
            found.append(verb)
    return found


@dataclass(frozen=True)
class World:
    interactions: Interactions
    learners: FeatureTable
    courses: CourseTable
    trees: Trees


def noise(count: int = 400, each: int = 5) -> list[Event]:
    """Return what learners completed who take anything at random."""
    rng = np.random.default_rng(1)
    codes = [published.code for published in snapshot().courses]
    return [
        Event(
            id=f"n{i}-{n}",
            learner=f"l{i:04}",
            verb="completed",
            at=(START + timedelta(hours=6 * i + n)).isoformat(),
            course=codes[number],
        )
        for i in range(count)
        for n, number in enumerate(rng.choice(len(codes), each, replace=False))
    ]


def world(count: int = 200, happened: list[Event] | None = None) -> World:
    published = snapshot()
    trees = Trees.of(published)
    courses = course_table(published)
    interactions = interactions_from(events(count) if happened is None else happened, courses.rows)
    by_id = {learner.learner: learner for learner in learners(count)}
    table = feature_table({name: learner_features(by_id[name], trees) for name in interactions.learners})
    return World(interactions, table, courses, trees)
