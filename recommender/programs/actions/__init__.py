"""Every write of this app, one use case a function."""

from recommender.programs.actions.building import BuildCounts, build_program, build_programs
from recommender.programs.actions.files import write_programs
from recommender.programs.actions.goals import choose_programmes
from recommender.programs.actions.recommending import write_recommendations

__all__ = [
    "BuildCounts",
    "build_program",
    "build_programs",
    "choose_programmes",
    "write_programs",
    "write_recommendations",
]
