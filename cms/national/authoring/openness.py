"""Which courses of a catalogue are open to a learner, by the contract's rules of eligibility."""

from collections import defaultdict
from collections.abc import Iterable

from curriculum_graph.snapshot import Course, Snapshot
from recommender.engine.learner import Learner


class Openness:
    """The courses of a catalogue, ready to be asked for those that are open to a learner."""

    def __init__(self, catalogue: Snapshot) -> None:
        self._parents = {
            term.code: term.parent for term in (*catalogue.audiences, *catalogue.regions, *catalogue.industries)
        }
        self._by_audience: dict[str, list[int]] = defaultdict(list)
        self.courses = catalogue.courses
        for index, course in enumerate(catalogue.courses):
            for audience in course.audiences or ("",):
                self._by_audience[audience].append(index)

    def lineage(self, codes: Iterable[str]) -> set[str]:
        """Return the terms and all their ancestors."""
        found: set[str] = set()
        for code in codes:
            here: str | None = code
            while here is not None and here not in found:
                found.add(here)
                here = self._parents.get(here)
        return found

    def open_to(self, learner: Learner) -> list[int]:
        """Return the places of the courses that are open to ``learner``, in the catalogue's order."""
        audiences = self.lineage(learner.audiences)
        near = {index for audience in ("", *audiences) for index in self._by_audience.get(audience, ())}
        places = self.lineage([learner.region] if learner.region else [])
        industries = self.lineage(learner.industries)
        return [index for index in sorted(near) if _fits(self.courses[index], learner, places, industries)]


def _fits(course: Course, learner: Learner, places: set[str], industries: set[str]) -> bool:
    small = course.megabytes is None or learner.max_megabytes is None or course.megabytes <= learner.max_megabytes
    return (
        (not course.regions or not places.isdisjoint(course.regions))
        and (not course.industries or not industries.isdisjoint(course.industries))
        and (not course.languages or not set(learner.languages).isdisjoint(course.languages))
        and set(learner.needs) <= set(course.accessibility)
        and small
    )


def taught_competences(catalogue: Snapshot) -> list[str]:
    """Return the competences of the framework that courses teach (another may be there for its codes alone)."""
    taught = {one.competence for course in catalogue.courses for one in course.teaches}
    found = [c.code for framework in catalogue.frameworks for c in framework.competences if c.code in taught]
    return found or [c.code for framework in catalogue.frameworks[-1:] for c in framework.competences]
