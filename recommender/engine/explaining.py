"""Why each step is in a program, and what the learner need not do."""

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum_graph.compile import Bool, Float64, Int32, TermTree
from recommender.engine.eligibility import Profile, deepest, row
from recommender.engine.goals import Target
from recommender.engine.holdings import Holdings
from recommender.engine.planning_graph import PlanningGraph
from recommender.engine.program import Reason, ReasonCode, Skipped

RELEVANT = 0.5
"""From this relevance on a step is said to be relevant to the learner."""


@dataclass(frozen=True, slots=True)
class Account:
    """Reasons of each step, in the order of the steps, and what was skipped."""

    reasons: tuple[tuple[Reason, ...], ...]
    skipped: tuple[Skipped, ...]


class Explainer:
    """Explains one program. ``is_tight``: the budget leaves goals unmet, so that fitting it is a reason."""

    def __init__(
        self,
        prepared: PlanningGraph,
        profile: Profile,
        holdings: Holdings,
        targets: Sequence[Target],
        relevance: Float64 | None,
        *,
        is_tight: bool,
    ) -> None:
        self.prepared, self.profile, self.holdings, self.targets = prepared, profile, holdings, targets
        self.relevance, self.is_tight = relevance, is_tight

    def explain(self, steps: Sequence[int]) -> Account:
        """Return the reasons of the steps, which are in order.

        A step that serves a goal is the first to reach a goal or the first to satisfy a group of a later step: so each
        has a reason ``goal`` or ``prerequisite_of``.
        """
        served: list[list[Reason]] = [[] for _ in steps]
        giver = self._first_givers(steps)
        for target in self.targets:
            if not target.held and target.fact in giver:
                served[giver[target.fact]].append(
                    Reason(
                        code="goal",
                        course=target.goal.course,
                        competence=target.goal.competence,
                        level=target.goal.level,
                    )
                )
        for course in steps:
            for group in self.prepared.groups[course]:
                if self.holdings.facts.isdisjoint(group):
                    fact = min((fact for fact in group if fact in giver), key=lambda fact: giver[fact])
                    served[giver[fact]].append(self._prerequisite_of(course, fact))
        fits = [self._fits(course, steps[:place]) for place, course in enumerate(steps)]
        reasons = tuple((*dict.fromkeys(own), *more) for own, more in zip(served, fits, strict=True))
        return Account(reasons, self._skipped(steps))

    def _first_givers(self, steps: Sequence[int]) -> dict[int, int]:
        giver: dict[int, int] = {}
        for place, course in enumerate(steps):
            for fact in self.prepared.gives[course]:
                giver.setdefault(fact, place)
        return giver

    def _prerequisite_of(self, course: int, fact: int) -> Reason:
        code = self.prepared.graph.course_codes[course]
        if fact < self.prepared.courses:
            return Reason(code="prerequisite_of", course=code)
        competence, level = self.prepared.competence_level(fact)
        name = self.prepared.graph.competence_codes[competence]
        return Reason(code="prerequisite_of", course=code, competence=name, level=level)

    def _fits(self, course: int, earlier: Sequence[int]) -> list[Reason]:
        graph, profile = self.prepared.graph, self.profile
        targeting = graph.courses_for
        terms: tuple[tuple[ReasonCode, Int32, Int32, Bool, TermTree], ...] = (
            ("fits_audience", targeting.audience_ptr, targeting.audience, profile.audiences, graph.audiences),
            ("fits_region", targeting.region_ptr, targeting.region, profile.regions, graph.regions),
            ("fits_industry", targeting.industry_ptr, targeting.industry, profile.industries, graph.industries),
        )
        reasons = []
        for code, pointer, values, mask, tree in terms:
            term = deepest(row(pointer, values, course), mask, tree)
            if term is not None:
                reasons.append(Reason(code=code, value=tree.codes[term]))
        spoken = [
            tag for tag in row(targeting.language_ptr, targeting.language, course) if tag in profile.language_rank
        ]
        if spoken:
            first = min(spoken, key=lambda tag: profile.language_rank[tag])
            reasons.append(Reason(code="fits_language", value=graph.languages[first]))
        if self.relevance is not None and self.relevance[course] >= RELEVANT:
            reasons.append(Reason(code="relevant_to_you"))
        before = [c for c in self.prepared.after[course] if c in self.holdings.taken or c in earlier]
        reasons += [Reason(code="recommended_after", course=graph.course_codes[c]) for c in before]
        if self.is_tight:
            reasons.append(Reason(code="fits_budget"))
        return reasons

    def _skipped(self, steps: Sequence[int]) -> tuple[Skipped, ...]:
        """Return goals held from the start, then requirements of steps that are: each once."""
        goals = [self._skipped_target(target) for target in self.targets if target.held]
        needed = []
        for course in steps:
            for group in self.prepared.groups[course]:
                needed += [fact for fact in group if fact in self.holdings.facts][:1]
        return tuple(dict.fromkeys([*goals, *map(self._skipped_fact, needed)]))

    def _skipped_target(self, target: Target) -> Skipped:
        if target.goal.course is not None:
            return Skipped(course=target.goal.course, reason=self.holdings.source_of_course(target.fact))
        source = self.holdings.source_of_level(target.competence, target.level)
        return Skipped(competence=target.goal.competence, level=target.level, reason=source)

    def _skipped_fact(self, fact: int) -> Skipped:
        if fact < self.prepared.courses:
            code = self.prepared.graph.course_codes[fact]
            return Skipped(course=code, reason=self.holdings.source_of_course(fact))
        competence, level = self.prepared.competence_level(fact)
        source = self.holdings.source_of_level(competence, level)
        return Skipped(competence=self.prepared.graph.competence_codes[competence], level=level, reason=source)
