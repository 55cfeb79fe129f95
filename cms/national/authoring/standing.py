"""What a learner holds while the story goes on: courses taken, levels reached."""

from curriculum_graph.snapshot import Course, Requirement
from recommender.engine.learner import Learner


class Standing:
    """Courses taken and levels held by one learner."""

    def __init__(self, learner: Learner) -> None:
        self._taken = {*learner.completed, *(waived.course for waived in learner.waived)}
        self._levels: dict[str, int] = {}
        for held in learner.mastered:
            self._reach(held.competence, held.level)

    def _reach(self, competence: str, level: int) -> None:
        self._levels[competence] = max(self._levels.get(competence, 0), level)

    def level(self, competence: str) -> int:
        """Return the level held of a competence; 0 where none is."""
        return self._levels.get(competence, 0)

    def may_take(self, course: Course) -> bool:
        """Say whether a course is new to the learner and every group of its requirements holds."""
        return course.code not in self._taken and all(
            any(self._holds(entry) for entry in group.any_of) for group in course.requires
        )

    def _holds(self, entry: Requirement) -> bool:
        if entry.course is not None:
            return entry.course in self._taken
        return self.level(entry.competence or "") >= (entry.level or 0)

    def complete(self, course: Course) -> None:
        """Take a course: it counts, and leaves the levels it teaches."""
        self._taken.add(course.code)
        for taught in course.teaches:
            self._reach(taught.competence, taught.level)

    def step(self, course: Course) -> int:
        """Return how many levels the course lies above what is held: 1 is the natural next step."""
        return min((taught.level - self.level(taught.competence) for taught in course.teaches), default=1)

    def ability(self, course: Course) -> float:
        """Return how well prepared the learner is: 1 for the next step, less for every level that is skipped."""
        return 2.0 - max(1, self.step(course))
