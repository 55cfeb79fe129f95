"""Whether a program is valid, read from the contract's text and the documents alone.

This shares no code with the planner, is naive on purpose, and looks at everything that the contract says of a program:
``violations(catalogue, learner, program, today)`` returns one sentence for each thing that is wrong.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.eligibility import Document, expected_modules, is_open, own_terms

Goal = tuple[str, int]  # a course and 0, or a competence and a level


@dataclass
class State:
    """Courses taken, and the highest level held of each competence."""

    taken: set[str] = field(default_factory=set)
    levels: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "State":
        return State(set(self.taken), dict(self.levels))

    def learn(self, competence: str, level: int) -> None:
        self.levels[competence] = max(level, self.levels.get(competence, 0))

    def take(self, course: Document) -> None:
        self.taken.add(course["code"])
        for taught in course.get("teaches", []):
            self.learn(taught["competence"], taught["level"])

    def meets(self, entry: Document) -> bool:
        if "course" in entry:
            return entry["course"] in self.taken
        return bool(self.levels.get(entry["competence"], 0) >= entry["level"])

    def allows(self, course: Document) -> bool:
        return all(any(self.meets(entry) for entry in group["any_of"]) for group in course.get("requires", []))

    def reaches(self, goal: Goal) -> bool:
        code, level = goal
        return self.levels.get(code, 0) >= level if level else code in self.taken


class World:
    """A catalogue and a learner, with what follows from them before any program."""

    def __init__(self, catalogue: Document, learner: Document, today: dt.date) -> None:
        self.catalogue, self.learner = catalogue, learner
        self.courses: dict[str, Document] = {course["code"]: course for course in catalogue["courses"]}
        self.waived = {
            waiver["course"]
            for waiver in learner.get("waived", [])
            if "until" not in waiver or today <= dt.date.fromisoformat(waiver["until"])
        }
        self.start = State()
        for mastered in learner.get("mastered", []):
            self.start.learn(mastered["competence"], mastered["level"])
        for code in learner.get("completed", []):
            self.start.take(self.courses.get(code, {"code": code}))
        self.start.taken |= self.waived
        self.goals = self._goals()
        self.wanted = [goal for goal in self.goals if not self.start.reaches(goal)]
        own = own_terms(catalogue, learner)
        self.open = {code for code, course in self.courses.items() if is_open(own, learner, course)}

    def _goals(self) -> dict[Goal, float]:
        programmes = {programme["code"]: programme for programme in self.catalogue.get("programmes", [])}
        weights: dict[Goal, float] = {}
        for goal in self.learner.get("goals", []):
            weight = goal.get("weight", 1)
            parts = programmes[goal["programme"]]["goals"] if "programme" in goal else [{**goal, "weight": 1}]
            for part in parts:
                key = (part["course"], 0) if "course" in part else (part["competence"], part["level"])
                weights[key] = weights.get(key, 0) + weight * part.get("weight", 1)
        return weights

    def run(self, codes: Iterable[str]) -> State | None:
        """The state after the courses in this order; None where one comes too early."""
        state = self.start.copy()
        for code in codes:
            if not state.allows(self.courses[code]):
                return None
            state.take(self.courses[code])
        return state

    def possible(self, codes: Iterable[str]) -> State:
        """The state after as many of the courses as can be taken, in any order."""
        state, waiting = self.start.copy(), list(codes)
        while ready := [code for code in waiting if state.allows(self.courses[code])]:
            for code in ready:
                state.take(self.courses[code])
            waiting = [code for code in waiting if code not in ready]
        return state

    def reached(self, state: State) -> set[Goal]:
        return {goal for goal in self.wanted if state.reaches(goal)}

    def minutes(self, codes: Iterable[str]) -> int:
        return sum(self.courses[code]["minutes"] for code in codes)

    def faults(self, codes: list[str]) -> list[str]:
        """What keeps a sequence of courses from being a valid program."""
        unknown = [code for code in codes if code not in self.courses]
        if unknown:
            return [f"{unknown} are not in the release"]
        found = [f"{code} is listed twice" for code in set(codes) if codes.count(code) > 1]
        found += [f"{code} was taken before" for code in codes if code in self.start.taken]
        found += [f"{code} is not open to the learner" for code in codes if code not in self.open]
        budget = self.learner.get("minutes_budget")
        if budget is not None and self.minutes(codes) > budget:
            found.append(f"{self.minutes(codes)} minutes are more than the budget of {budget}")
        end = self.run(codes)
        if end is None:
            return [*found, f"a course of {codes} comes before its requirements hold"]
        reached = self.reached(end)
        for code in codes:
            if self.reached(self.possible(other for other in codes if other != code)) == reached:
                found.append(f"{code} serves no goal")
        return found

    def why_unmet(self, goal: Goal) -> str:
        """The first reason of the contract that applies to a goal that is not reached."""
        code, level = goal
        ways = [
            name
            for name, course in self.courses.items()
            if (name == code and not level)
            or any(level and t["competence"] == code and t["level"] >= level for t in course.get("teaches", []))
        ]
        if not ways:
            return "no_course_teaches_it"
        if not self.open.intersection(ways):
            return "not_open_to_learner"
        if not self.possible(self.open - self.start.taken).reaches(goal):
            return "requirement_unreachable"
        return "over_budget"


def goal_of(document: Document) -> Goal:
    return (document["course"], 0) if "course" in document else (document["competence"], document["level"])


def violations(catalogue: Document, learner: Document, program: Document, today: dt.date) -> list[str]:
    """Return what is wrong with a program."""
    world = World(catalogue, learner, today)
    codes = [step["course"] for step in program["steps"]]
    found = world.faults(codes)
    if any("not in the release" in fault or "requirements hold" in fault for fault in found):
        return found
    end = world.run(codes)
    assert end is not None
    reached = world.reached(end)
    return [
        *found,
        *_arithmetic(world, program),
        *_status_and_unmet(world, program, reached),
        *_skipped(world, program),
        *(fault for place in range(len(codes)) for fault in _step(world, program["steps"], place, reached)),
    ]


def _arithmetic(world: World, program: Document) -> list[str]:
    found = []
    before = 0
    pace = world.learner.get("minutes_per_week")
    for place, step in enumerate(program["steps"], start=1):
        if step["position"] != place:
            found.append(f"position {step['position']} should be {place}")
        if step["minutes"] != world.courses[step["course"]]["minutes"]:
            found.append(f"{step['course']}: minutes are not the course's")
        if step.get("week") != (None if pace is None else 1 + before // pace):
            found.append(f"{step['course']}: week {step.get('week')} is wrong")
        before += step["minutes"]
    if program["total_minutes"] != before:
        found.append("total_minutes is not the sum of the steps")
    if program.get("weeks") != (None if pace is None else (before + pace - 1) // pace):
        found.append("weeks is wrong")
    return found


def _status_and_unmet(world: World, program: Document, reached: set[Goal]) -> list[str]:
    found = []
    status = "complete" if len(reached) == len(world.wanted) else "partial" if reached else "infeasible"
    if program["status"] != status:
        found.append(f"status is {program['status']}, not {status}")
    named = [goal_of(entry["goal"]) for entry in program["unmet"]]
    missed = [goal for goal in world.wanted if goal not in reached]
    if sorted(named) != sorted(missed):
        found.append(f"unmet names {named}, not {missed}")
        return found
    for entry, goal in zip(program["unmet"], named, strict=True):
        if "weight" in entry["goal"] or "programme" in entry["goal"]:
            found.append(f"{goal}: an unmet goal is expanded and has no weight")
        if entry["reason"] != world.why_unmet(goal):
            found.append(f"{goal}: {entry['reason']} should be {world.why_unmet(goal)}")
        if entry["reason"] == "over_budget":
            found += [f"{goal}: over budget without a budget"] if "minutes_budget" not in world.learner else []
            if [b["code"] for b in entry["blocking"]] != ["minutes"] or entry["blocking"][0]["minutes"] < 1:
                found.append(f"{goal}: the missing minutes are not said")
        elif not entry.get("blocking"):
            found.append(f"{goal}: nothing is said to stand in the way")
    return found


def _skipped(world: World, program: Document) -> list[str]:
    found = []
    for entry in program.get("skipped", []):
        if not world.start.reaches(goal_of(entry)):
            found.append(f"{entry} was not held before")
        is_waived = entry.get("course") in world.waived and entry.get("course") not in world.learner.get(
            "completed", []
        )
        if (entry["reason"] == "waived") != is_waived:
            found.append(f"{entry}: waived or not")
        if (entry["reason"] == "mastered") and "course" in entry:
            found.append(f"{entry}: a course is not mastered")
    held = [goal for goal in world.goals if world.start.reaches(goal)]
    named = [goal_of(entry) for entry in program.get("skipped", [])]
    found += [f"{goal} was held before and is not among the skipped" for goal in held if goal not in named]
    found += [f"{goal} is skipped twice" for goal in set(named) if named.count(goal) > 1]
    return found


def _step(world: World, steps: list[Document], place: int, reached: set[Goal]) -> list[str]:
    step, codes = steps[place], [step["course"] for step in steps]
    code, course = codes[place], world.courses[codes[place]]
    found = []
    if step.get("modules", []) != expected_modules(world.catalogue, world.learner, course):
        found.append(f"{code}: modules or variants are wrong")
    before, after = world.run(codes[:place]), world.run(codes[: place + 1])
    assert before is not None
    assert after is not None
    if not {"goal", "prerequisite_of"}.intersection(reason["code"] for reason in step["reasons"]):
        found.append(f"{code}: no reason says what it serves")
    for reason in step["reasons"]:
        found += [f"{code}: {reason} is not so"] if not _holds(world, reason, codes[place:], before, after) else []
    for other in step.get("alternatives", []):
        swapped = [*codes[:place], other, *codes[place + 1 :]]
        faults = world.faults(swapped)
        if not faults and world.reached(world.run(swapped) or State()) != reached:
            faults = ["other goals are reached"]
        found += [f"{code}: alternative {other}: {fault}" for fault in faults]
    return found


def _holds(world: World, reason: dict[str, Any], rest: list[str], before: State, after: State) -> bool:
    if reason["code"] == "goal":
        goal = goal_of(reason)
        return goal in world.wanted and after.reaches(goal) and not before.reaches(goal)
    if reason["code"] == "prerequisite_of":
        entry = (
            {"competence": reason["competence"], "level": reason["level"]}
            if "competence" in reason
            else {"course": rest[0]}
        )
        return reason["course"] in rest[1:] and any(
            entry in group["any_of"]
            and after.meets(entry)
            and not any(before.meets(other) for other in group["any_of"])
            for group in world.courses[reason["course"]].get("requires", [])
        )
    return True
