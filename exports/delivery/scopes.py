"""What an access token may allow."""

from enum import StrEnum


class Scope(StrEnum):
    """One permission of an integrator's system."""

    COURSES_READ = "courses:read"
    PROGRAMS_READ = "programs:read"
    LEARNERS_WRITE = "learners:write"
    EVENTS_WRITE = "events:write"
