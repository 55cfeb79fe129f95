"""Sentences for why a program changed, in the language of the moment."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from recommender.learners.api import WaiverRecord
from recommender.programs.changes import Cause
from recommender.programs.titles import Titles

_CAUSES: dict[str, str] = {
    "release": gettext_noop("Courses were added or updated."),
    "model": gettext_noop("We now know better which courses suit you."),
    "objective": gettext_noop("Another way of choosing courses was asked for."),
    "event": gettext_noop("You have learned something new."),
    "waiver": gettext_noop("What you are exempt from has changed."),
    "goals": gettext_noop("You have chosen other goals."),
    "time": gettext_noop("The time that you have for learning has changed."),
    "profile": gettext_noop("What we know of you has changed, such as where you live, your group or your languages."),
    "known": gettext_noop("What you had learned before was added to or corrected."),
    "learner": gettext_noop("You told us something new, or have learned something since."),
    "request": gettext_noop("It is your first path."),
}

_EVENTS: dict[str, str] = {
    **dict.fromkeys(("completed", "passed"), gettext_noop("You have completed “%(course)s”.")),
    **dict.fromkeys(("enrolled", "launched", "progressed"), gettext_noop("You have started “%(course)s”.")),
    "abandoned": gettext_noop("You have given up “%(course)s” for now."),
}

_WAIVERS: dict[tuple[str, str], str] = {
    ("waived", "course"): gettext_noop("You are exempt from “%(course)s”."),
    ("revoked", "course"): gettext_noop("You are no longer exempt from “%(course)s”."),
    ("ended", "course"): gettext_noop("The time for which you were exempt from “%(course)s” is over."),
    ("waived", "level"): gettext_noop("Courses no longer ask you for level %(level)s in “%(competence)s”."),
    ("revoked", "level"): gettext_noop("Courses ask you for level %(level)s in “%(competence)s” again."),
    ("ended", "level"): gettext_noop("Courses ask you for level %(level)s in “%(competence)s” again."),
    ("waived", "requirement"): gettext_noop("“%(required_by)s” no longer asks you for “%(course)s”."),
    ("revoked", "requirement"): gettext_noop("“%(required_by)s” asks you for “%(course)s” again."),
    ("ended", "requirement"): gettext_noop("“%(required_by)s” asks you for “%(course)s” again."),
}


def cause_sentence(cause: Cause, titles: Titles, waivers: Mapping[int, WaiverRecord]) -> str:
    """Return one reason for which a program was planned again; ``waivers`` are those of the learner, by row id."""
    record = waivers.get(cause.waiver or 0)
    if record is not None and cause.ending is not None:
        return _waiver_sentence(record, cause.ending, titles)
    if cause.course is not None and cause.verb in _EVENTS:
        return _(_EVENTS[cause.verb]) % {"course": titles.course(cause.course).text}
    return _(_CAUSES[cause.kind])


def _waiver_sentence(record: WaiverRecord, ending: str, titles: Titles) -> str:
    waived = record.waived
    kind = "level" if waived.competence else "requirement" if waived.required_by else "course"
    return _(_WAIVERS[ending, kind]) % {
        "course": titles.course(waived.course).text,
        "required_by": titles.course(waived.required_by).text,
        "competence": titles.competence(waived.competence),
        "level": waived.level,
    }
