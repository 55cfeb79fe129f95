"""Sentences for the codes that programs hold, in the language of the moment."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from curriculum_graph.errors import CurriculumError, Problem
from recommender.engine.program import Blocking, Reason, Skipped, Unmet
from recommender.engine.recommending import Ground
from recommender.learners.api import describe as describe_document
from recommender.programs.titles import Titles

ERRORS: dict[str, str] = {
    "link_invalid": gettext_noop("This link is not complete. Open “My path” again from the learning platform."),
    "link_expired": gettext_noop("This link has expired. Open “My path” again from the learning platform."),
    "body_too_large": gettext_noop("The request is larger than %(limit)s bytes and was not read. Send it in parts."),
    "bad_pace": gettext_noop("A pace is minutes a week, from 1 to %(limit)s; name at most twenty."),
}

_REASONS: dict[str, str] = {
    "goal_course": gettext_noop("You chose this course as a goal."),
    "goal_competence": gettext_noop("It takes you to level %(level)s in “%(competence)s”, one of your goals."),
    "prerequisite_of": gettext_noop("You need it before “%(course)s”."),
    "fits_audience": gettext_noop("It is made for your group: %(value)s."),
    "fits_region": gettext_noop("It is made for where you live: %(value)s."),
    "fits_industry": gettext_noop("It is made for your field of work: %(value)s."),
    "fits_language": gettext_noop("It is in your language: %(value)s."),
    "relevant_to_you": gettext_noop("It suits you well."),
    "popular_with_similar_learners": gettext_noop("Learners like you often finish it."),
    "recommended_after": gettext_noop("It goes well after “%(course)s”."),
    "fits_budget": gettext_noop("It fits into the time you have."),
    "reaches_level": gettext_noop("It takes you to level %(level)s in “%(competence)s”."),
}

_UNMET: dict[str, str] = {
    "no_course_teaches_it": gettext_noop("No course teaches this yet."),
    "not_open_to_learner": gettext_noop("There are courses for this, but none is open to you."),
    "requirement_unreachable": gettext_noop("Something that you need first is out of reach."),
    "over_budget": gettext_noop("It does not fit into the time you set."),
}

_BLOCKING: dict[str, str] = {
    "course": gettext_noop("You would first need “%(course)s”, which you cannot take."),
    "competence": gettext_noop("No course open to you leads to level %(level)s in “%(competence)s”."),
    "audience": gettext_noop("“%(course)s” is for other groups of learners, such as: %(value)s."),
    "region": gettext_noop("“%(course)s” is for other regions, such as: %(value)s."),
    "industry": gettext_noop("“%(course)s” is for other fields of work, such as: %(value)s."),
    "language": gettext_noop("“%(course)s” is not offered in a language you listed, but in: %(value)s."),
    "need": gettext_noop("“%(course)s” lacks %(value)s, which you need."),
    "megabytes": gettext_noop("“%(course)s” takes %(value)s MB, more than your limit for downloads."),
    "minutes": gettext_noop("You would need %(duration)s more."),
}

_HELP: dict[str, str] = {
    "no_course_teaches_it": gettext_noop("You need do nothing: when there is a course, it appears here."),
    "not_open_to_learner": gettext_noop("Ask the learning platform about this course."),
    "requirement_unreachable": gettext_noop(
        "If you learned this elsewhere, ask the learning platform to record it. Else choose another goal."
    ),
    "audience": gettext_noop("If you belong to this group, say so on the learning platform: %(value)s."),
    "region": gettext_noop("If you live there, correct your region on the learning platform: %(value)s."),
    "industry": gettext_noop("If you work in this field, say so on the learning platform: %(value)s."),
    "language": gettext_noop("If you understand this language, add it on the learning platform: %(value)s."),
    "need": gettext_noop("Ask the learning platform for “%(course)s” with %(value)s."),
    "megabytes": gettext_noop("Allow downloads of %(value)s MB on the learning platform."),
    "over_budget": gettext_noop("Allow more time on the learning platform, or choose fewer goals."),
    "minutes": gettext_noop("Allow %(duration)s more on the learning platform, or choose fewer goals."),
}
"""What helps: against a filter or a lack of time, else by the reason."""

_LOWER = gettext_noop("There are courses for level %(taught)s: you can choose that as a goal.")

NEEDS = {
    "captions": gettext_lazy("captions"),
    "transcript": gettext_lazy("a transcript"),
    "audio": gettext_lazy("audio"),
    "sign_language": gettext_lazy("sign language"),
    "easy_read": gettext_lazy("easy-to-read text"),
    "screen_reader": gettext_lazy("support for screen readers"),
    "keyboard": gettext_lazy("use by keyboard"),
}

SKIPPED = {
    "completed": gettext_lazy("you have completed it"),
    "mastered": gettext_lazy("you know this already"),
    "waived": gettext_lazy("you are exempt from it"),
}


def describe(problem: Problem | CurriculumError) -> str:
    """Return a sentence that says what is wrong and what to do."""
    sentence = ERRORS.get(problem.code)
    return describe_document(problem) if sentence is None else _(sentence) % problem.fields


def duration(minutes: int) -> str:
    """Return minutes as people say them: ``25 minutes``, ``1 hour 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return " ".join(parts)


def reason_sentence(reason: Reason | Ground, titles: Titles) -> str:
    """Return why a step is there."""
    code: str = reason.code
    if code == "goal":
        code = "goal_course" if reason.course is not None else "goal_competence"
    return _(_REASONS[code]) % {
        "course": titles.course(reason.course).text,
        "competence": titles.competence(reason.competence),
        "level": reason.level,
        "value": _value(code.removeprefix("fits_"), reason.value, titles),
    }


def _value(code: str, value: str | None, titles: Titles) -> str:
    finders: dict[str, Callable[[str | None], str]] = {
        "audience": titles.audience,
        "region": titles.region,
        "industry": titles.industry,
        "language": titles.language,
    }
    if code == "need":
        return str(NEEDS.get(value or "", value))
    return finders[code](value) if code in finders else value or ""


def unmet_sentence(unmet: Unmet) -> str:
    """Return why a goal is not reached."""
    return _(_UNMET[unmet.reason])


def help_sentence(unmet: Unmet, titles: Titles) -> str:
    """Return the nearest thing that would help: against what closes the first course that is named, else in general."""
    named = [blocking for blocking in unmet.blocking if blocking.code in _HELP]
    nearest = [blocking for blocking in named if blocking.course == named[0].course]
    said = [_(_HELP[blocking.code]) % _fields(blocking, titles) for blocking in nearest]
    if unmet.reason == "no_course_teaches_it":
        said += (_(_LOWER) % _fields(blocking, titles) for blocking in unmet.blocking if blocking.taught)
    if not nearest:
        said.append(_(_HELP[unmet.reason]))
    return " ".join(said)


def blocking_sentence(blocking: Blocking, titles: Titles) -> str:
    """Return what stands in the way of a goal."""
    return _(_BLOCKING[blocking.code]) % _fields(blocking, titles)


def _fields(blocking: Blocking, titles: Titles) -> dict[str, object]:
    return {
        "course": titles.course(blocking.course).text,
        "competence": titles.competence(blocking.competence),
        "level": blocking.level,
        "taught": blocking.taught,
        "value": _value(blocking.code, blocking.value, titles),
        "duration": duration(blocking.minutes or 0),
    }


def goal_sentence(course: str | None, competence: str | None, level: int | None, titles: Titles) -> str:
    """Return what a goal or something skipped is."""
    if course is not None:
        return titles.course(course).text
    return _("%(competence)s, level %(level)s") % {"competence": titles.competence(competence), "level": level}


def skipped_sentence(skipped: Skipped) -> str:
    """Return why something need not be done."""
    return str(SKIPPED[skipped.reason])
