"""Programmes: the goals of a group of learners."""

import re

from cms.national.authoring.frameworks import qualified
from cms.national.authoring.prose import Line, bilingual, read_blocks
from curriculum_graph.snapshot import Goal, Programme

GOAL = re.compile(r"(\d\.\d) (\d)(?: \((\d+)\))?")


def programmes() -> tuple[Programme, ...]:
    """Return the basics of the four groups, the civil servants' two topics and a few programmes for smaller groups."""
    return tuple(_programme(heading, lines) for heading, lines in read_blocks("programmes.txt"))


def _programme(heading: Line, lines: list[Line]) -> Programme:
    code, audiences, vi, en = heading.fields(4)
    goals = tuple(_goal(line, text) for line in lines for text in line.text.split(","))
    return Programme(code=code, title=bilingual(vi, en), goals=goals, audiences=tuple(audiences.split()))


def _goal(line: Line, text: str) -> Goal:
    found = GOAL.fullmatch(text.strip())
    if found is None:
        raise line.error("a goal is a competence, a level and perhaps a weight in brackets")
    competence, level, weight = found.groups()
    return Goal(competence=qualified(competence), level=int(level), weight=float(weight) if weight else None)
