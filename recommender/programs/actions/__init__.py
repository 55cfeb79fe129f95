"""Every write of this app, one use case a function."""

from recommender.programs.actions.building import BuildCounts, build_program, build_programs
from recommender.programs.actions.files import write_programs
from recommender.programs.actions.forgetting import forget_before
from recommender.programs.actions.given import Question, note_recommendation
from recommender.programs.actions.goals import choose_programmes
from recommender.programs.actions.recommending import write_recommendations
from recommender.programs.actions.runs import cancel_run, perform_chunk, resume_run, retry_failed, start_run

__all__ = [
    "BuildCounts",
    "Question",
    "build_program",
    "build_programs",
    "cancel_run",
    "choose_programmes",
    "forget_before",
    "note_recommendation",
    "perform_chunk",
    "resume_run",
    "retry_failed",
    "start_run",
    "write_programs",
    "write_recommendations",
]
