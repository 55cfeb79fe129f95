"""A learner whose path changes for several reasons."""

from datetime import datetime, timedelta

import msgspec

from recommender.engine.learner import Event, LearnerGoal
from recommender.engine.waiving import WaiverDocument
from recommender.learners.actions import put_waiver
from recommender.learners.api import get_learner, put_learner, record_events
from recommender.programs.api import build_programs, get_world


def change_path(pseudonym: str, at: datetime) -> int:
    """Have a stored learner of the small curriculum complete a course, then be let off one and choose other goals.

    Their program follows twice, the second time a day later. Returns the learner's row id.
    """
    learner = get_learner(pseudonym).id
    world = get_world(at.date())
    build_programs([learner], world, objective=None, at=at)
    done = Event(id="e1", learner=pseudonym, verb="completed", at=at.isoformat(), course="basics")
    record_events([done], at=at)
    build_programs([learner], world, objective=None, at=at)
    waiver = WaiverDocument(course="passwords", reason="chứng chỉ")
    put_waiver(learner, "k", waiver, author="minh", at=at + timedelta(hours=1))
    goals = (LearnerGoal(course="wallet"), LearnerGoal(competence="tt02:4.2", level=2), LearnerGoal(course="harbour"))
    put_learner(msgspec.structs.replace(get_learner(pseudonym).profile, goals=goals), at=at)
    build_programs([learner], world, objective=None, at=at + timedelta(days=1))
    return learner
