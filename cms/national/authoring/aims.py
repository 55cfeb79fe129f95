"""What a learner wants and what they have already: goals, completions, levels held, exemptions."""

from collections import defaultdict

import msgspec

from cms.national.authoring.chance import Chance
from cms.national.authoring.openness import Openness, taught_competences
from curriculum_graph.snapshot import Course, Programme, Snapshot
from recommender.engine.learner import Learner, LearnerGoal, Mastered, Waived

TOP_LEVEL = 8
EDGES = 12
REASON = "Đã có chứng chỉ tương đương do cơ quan có thẩm quyền cấp."


class Aims:
    """Gives learners goals and a past that fit the catalogue."""

    def __init__(self, catalogue: Snapshot, openness: Openness) -> None:
        self._catalogue = catalogue
        self._openness = openness
        self._competences = taught_competences(catalogue)
        self._by_audience: dict[str, list[Programme]] = defaultdict(list)
        for programme in catalogue.programmes:
            for audience in programme.audiences:
                self._by_audience[audience].append(programme)

    def give(self, learner: Learner, number: int, level: int, chance: Chance) -> Learner:
        """Return ``learner`` with goals and a past; the first few are the edges."""
        mastered = self._mastered(level, chance)
        open_courses = [self._openness.courses[index] for index in self._openness.open_to(learner)]
        whole = msgspec.structs.replace(
            learner,
            goals=self._goals(learner, level, open_courses, chance),
            completed=_completed(open_courses, level, chance),
            mastered=mastered,
            waived=_waived(open_courses, chance),
        )
        return self._edge(whole, number, open_courses, chance) if number < EDGES else whole

    def _mastered(self, level: int, chance: Chance) -> tuple[Mastered, ...]:
        if level == 0 or chance.happens(0.15):
            return ()
        some = chance.some(self._competences, min(len(self._competences), chance.whole(1, 4 + 4 * level)))
        held = [Mastered(competence=c, level=max(1, level - chance.whole(0, 1))) for c in some]
        return tuple(sorted(held, key=lambda one: one.competence))

    def _goals(
        self, learner: Learner, level: int, open_courses: list[Course], chance: Chance
    ) -> tuple[LearnerGoal, ...]:
        goals: list[LearnerGoal] = []
        lineage = self._openness.lineage(learner.audiences)
        offered = [p for audience in sorted(lineage) for p in self._by_audience.get(audience, ())]
        if offered and chance.happens(0.7):
            goals += [LearnerGoal(programme=p.code) for p in chance.some(offered, 1 if chance.happens(0.8) else 2)]
        for competence in chance.some(self._competences, chance.weighted((0, 1, 2), (0.35, 0.4, 0.25))):
            wanted = min(TOP_LEVEL, level + chance.whole(1, 2))
            weight = float(chance.whole(2, 4)) if chance.happens(0.2) else None
            goals.append(LearnerGoal(competence=competence, level=wanted, weight=weight))
        near = [c for c in open_courses if level < max((t.level for t in c.teaches), default=0) <= level + 2]
        if near and (not goals or chance.happens(0.35)):
            goals += [LearnerGoal(course=course.code) for course in chance.some(near, chance.whole(1, 2))]
        return tuple(goals)

    def _edge(self, learner: Learner, number: int, open_courses: list[Course], chance: Chance) -> Learner:
        """Return the learner as one of the cases at the edge, by number."""
        first, top = self._competences[0], LearnerGoal(competence=self._competences[0], level=TOP_LEVEL)
        everything = tuple(Mastered(competence=c, level=TOP_LEVEL) for c in self._competences)
        elsewhere = [c for c in self._openness.courses if c.audiences and c not in open_courses]
        closed = tuple(LearnerGoal(course=c.code) for c in chance.some(elsewhere, 1))
        changes: dict[int, dict[str, object]] = {
            0: {"languages": ()},
            1: {"minutes_budget": 0},
            2: {"mastered": everything},
            3: {"goals": ()},
            4: {"goals": closed},
            5: {"region": None, "audiences": (), "industries": ()},
            6: {"max_megabytes": 0.0},
            7: {"needs": ("sign_language", "easy_read", "screen_reader")},
            8: {"goals": (top, LearnerGoal(competence=first, level=1)), "mastered": (), "completed": ()},
            9: {"minutes_budget": 30, "goals": (top,)},
            10: {"completed": tuple(c.code for c in open_courses), "goals": (top,)},
            11: {"goals": (top, top, LearnerGoal(competence=first, level=TOP_LEVEL, weight=2.5))},
        }
        return msgspec.structs.replace(learner, **changes[number])


def _completed(open_courses: list[Course], level: int, chance: Chance) -> tuple[str, ...]:
    easy = [c.code for c in open_courses if max((t.level for t in c.teaches), default=0) <= level]
    return tuple(sorted(chance.some(easy, chance.weighted((0, 1, 2, 4), (0.5, 0.25, 0.15, 0.1)))))


def _waived(open_courses: list[Course], chance: Chance) -> tuple[Waived, ...]:
    if not open_courses or not chance.happens(0.04):
        return ()
    until = chance.pick((None, "2025-12-31", "2027-06-30", "2030-12-31"))
    return (Waived(course=chance.pick(open_courses).code, until=until, reason=REASON),)
