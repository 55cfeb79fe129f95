"""Events: a model of how learners behave, stated so that what a recommender finds can be held against it.

Only a learner's own file line, the catalogue and the seed decide. Again and again, until the learner's energy is spent,

1. *choose* among the courses that are open, not yet completed, and whose requirements are met, with a probability
   proportional to ``exp(appeal)`` (:mod:`cms.national.authoring.appeal` says what appeals to whom);
2. *enrol* and *launch*; then, module by module, *progress*;
3. *abandon* on the way with a probability that grows with the course's minutes and with how little it appeals;
4. *answer* test items of the competence, right with the probability of a three-parameter logistic model whose ability
   is the learner's level of the competence;
5. *complete*, and *pass* or *fail* the test by the share of right answers expected; a failed test may be taken again;
6. perhaps *rate*: appeal, outcome and mood.

A course that is completed raises the learner's level. A learner's days have an evening peak; nothing happens twice at
the same moment.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from cms.national.authoring.appeal import Appeal, Taste
from cms.national.authoring.chance import Chance
from cms.national.authoring.openness import Openness
from cms.national.authoring.standing import Standing
from curriculum_graph.snapshot import Course, Item, Snapshot
from recommender.engine.learner import Event, Learner, Verb

FIRST_DAY = datetime(2025, 7, 1, tzinfo=UTC)
LAST_DAY = datetime(2025, 12, 20, tzinfo=UTC)
IDLE_SHARE = 0.12
RETAKE = 0.6
Progress = Callable[[int, int], None]


def generate_events(
    catalogue: Snapshot, learners: tuple[Learner, ...], seed: int, progress: Progress | None = None
) -> Iterator[Event]:
    """Yield the events of ``learners``, learner by learner, each learner's in the order in which they happened."""
    world = _World(catalogue, seed)
    for number, learner in enumerate(learners, start=1):
        yield from _Story(world, learner, seed).events()
        if progress is not None:
            progress(number, len(learners))


class _World:
    """What all learners share."""

    def __init__(self, catalogue: Snapshot, seed: int) -> None:
        self.openness = Openness(catalogue)
        self.appeal = Appeal(catalogue, self.openness, seed)
        self.goals = {programme.code: programme.goals for programme in catalogue.programmes}
        self.items: dict[tuple[str, int], list[Item]] = defaultdict(list)
        for item in catalogue.items:
            self.items[item.competence, item.level].append(item)


class _Story:
    """One learner's time on the platform."""

    def __init__(self, world: _World, learner: Learner, seed: int) -> None:
        self._world = world
        self._learner = learner
        self._chance = Chance(seed, "story", learner.learner)
        self._standing = Standing(learner)
        self._now = FIRST_DAY + timedelta(minutes=self._chance.number() * 100 * 24 * 60)
        self._count = 0

    def events(self) -> Iterator[Event]:
        """Yield what the learner does."""
        if self._chance.happens(IDLE_SHARE):
            return
        energy = 50 + 700 * self._chance.number() ** 1.5
        taste = self._world.appeal.taste(self._learner, self._world.goals)
        near = self._world.openness.open_to(self._learner)
        tried: set[str] = set()
        while energy > 0 and self._now < LAST_DAY:
            choice = self._choose(near, taste, tried)
            if choice is None:
                return
            course, liking = choice
            tried.add(course.code)
            energy -= course.minutes
            yield from self._take(course, liking)
            self._rest()

    def _choose(self, near: list[int], taste: Taste, tried: set[str]) -> tuple[Course, float] | None:
        courses = self._world.openness.courses
        ready = [
            (courses[index], self._world.appeal.of(index, taste, self._standing))
            for index in near
            if courses[index].code not in tried and self._standing.may_take(courses[index])
        ]
        if not ready:
            return None
        return self._chance.weighted(ready, [math.exp(appeal) for _, appeal in ready])

    def _take(self, course: Course, liking: float) -> Iterator[Event]:
        yield self._event("enrolled", course)
        self._wait(2, 600)
        yield self._event("launched", course)
        dropping = _logistic(-2.4 + course.minutes / 140 - 0.35 * (liking - 2))
        for number, module in enumerate(course.modules, start=1):
            if self._chance.happens(dropping / len(course.modules) * 1.5):
                yield self._event("abandoned", course, progress=round((number - 1) / len(course.modules), 2))
                return
            minutes = (module.minutes or 10) * (0.6 + 0.9 * self._chance.number())
            self._now += timedelta(minutes=minutes)
            done = round(number / len(course.modules), 2)
            yield self._event("progressed", course, module=module.code, seconds=round(minutes * 60.0), progress=done)
        yield from self._test(course, liking)

    def _test(self, course: Course, liking: float) -> Iterator[Event]:
        yield from self._answers(course)
        ability = self._standing.ability(course) + 0.15 * (liking - 2)
        score = _bounded(0.58 + 0.1 * ability + 0.5 * (self._chance.number() - 0.5))
        if score < 0.5:
            yield self._event("failed", course, score=round(score, 2))
            if not self._chance.happens(RETAKE):
                return
            self._wait(60, 3000)
            score = _bounded(score + 0.1 + 0.25 * self._chance.number())
            if score < 0.5:
                yield self._event("failed", course, score=round(score, 2))
                return
        self._wait(1, 5)
        yield self._event("completed", course, progress=1.0)
        self._wait(1, 3)
        yield self._event("passed", course, score=round(score, 2))
        self._standing.complete(course)
        if self._chance.happens(0.45):
            self._wait(1, 20)
            yield self._event("rated", course, rating=self._rating(liking, score))

    def _answers(self, course: Course) -> Iterator[Event]:
        for taught in course.teaches:
            for item in self._chance.some(self._world.items[taught.competence, taught.level], 2):
                seconds = (item.seconds or 45) * (0.4 + self._chance.number())
                self._now += timedelta(seconds=seconds)
                right = self._chance.happens(_right(item, -2.4 + 0.65 * self._standing.level(taught.competence) + 0.5))
                yield self._event("answered", course, item=item.code, correct=right, seconds=round(seconds, 1))

    def _rating(self, liking: float, score: float) -> float:
        return float(
            min(5, max(1, round(3.1 + 0.35 * (liking - 2) + score - 0.6 + 1.6 * (self._chance.number() - 0.5))))
        )

    def _event(self, verb: Verb, course: Course, **fields: str | float | bool) -> Event:
        self._count += 1
        self._now += timedelta(seconds=1)
        at = self._now.strftime("%Y-%m-%dT%H:%M:%SZ")
        name = f"{self._learner.learner}-{self._count:03d}"
        about: dict[str, Any] = fields
        return Event(id=name, learner=self._learner.learner, verb=verb, at=at, course=course.code, **about)

    def _wait(self, low: int, high: int) -> None:
        self._now += timedelta(minutes=low + (high - low) * self._chance.number())

    def _rest(self) -> None:
        """Let days pass; begin again mostly in the evening (UTC is seven hours behind Vietnam)."""
        self._now += timedelta(days=-6.0 * math.log(1 - self._chance.number()) + 0.5)
        hour = self._chance.weighted((1, 5, 12, 13, 14), (1, 1, 3, 3, 2))
        self._now = self._now.replace(hour=hour, minute=self._chance.whole(0, 59))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _bounded(score: float) -> float:
    return min(1.0, max(0.0, score))


def _right(item: Item, ability: float) -> float:
    guessing = item.guessing or 0.0
    return guessing + (1 - guessing) * _logistic((item.discrimination or 1.0) * (ability - (item.difficulty or 0.0)))
