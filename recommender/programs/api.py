"""What other apps may use of this one."""

from recommender.programs.actions import BuildCounts, build_program, build_programs
from recommender.programs.endpoints import learners_router
from recommender.programs.planning import World
from recommender.programs.selectors import (
    Current,
    StoredProgram,
    count_by_status,
    find_current,
    iter_current_documents,
    list_current,
    list_versions,
)
from recommender.programs.signals import program_changed
from recommender.programs.wording import describe
from recommender.programs.worlds import get_world

__all__ = [
    "BuildCounts",
    "Current",
    "StoredProgram",
    "World",
    "build_program",
    "build_programs",
    "count_by_status",
    "describe",
    "find_current",
    "get_world",
    "iter_current_documents",
    "learners_router",
    "list_current",
    "list_versions",
    "program_changed",
]
