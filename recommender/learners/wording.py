"""Sentences for what can be wrong in learners' and events' documents, in the language of the moment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curriculum_graph.errors import CurriculumError, Problem
from curriculum_graph.releases.api import describe as describe_release

SENTENCES: dict[str, str] = {
    "file_damaged": gettext_noop("The compressed file ends too early or is damaged here. Send it again."),
    "line_too_long": gettext_noop("The line is longer than %(limit)s bytes. Put one document on each line."),
    "not_utf8": gettext_noop("The line is not UTF-8 text. Save the file as UTF-8."),
    "not_json": gettext_noop("The line is not JSON (%(detail)s). Was the file cut off?"),
    "nul_character": gettext_noop("The text contains a NUL character. Take it out."),
    "number_too_large": gettext_noop("The number is too large; at most %(limit)s can be kept."),
    "nested_too_deeply": gettext_noop("The document is nested too deeply to be a learner or an event."),
    "goal_not_one_thing": gettext_noop(
        "A goal names exactly one thing: a course, a competence with its level, or a programme."
    ),
    "unknown_course": gettext_noop("The current release has no course %(code)s. Check the code."),
    "unknown_module": gettext_noop("The current release has no module %(code)s. Check the code."),
    "unknown_item": gettext_noop("The current release has no test item %(code)s. Check the code."),
    "unknown_competence": gettext_noop("The current release has no competence %(code)s. Check the code."),
    "unknown_level": gettext_noop(
        "Competence %(code)s has no level %(level)s; its framework's levels end at %(highest)s."
    ),
    "unknown_programme": gettext_noop("The current release has no programme %(code)s. Check the code."),
    "unknown_region": gettext_noop("The current release has no region %(code)s. Check the code."),
    "unknown_audience": gettext_noop("The current release has no audience %(code)s. Check the code."),
    "unknown_language": gettext_noop("The current release has no language %(code)s. Check the tag."),
    "duplicate_learner": gettext_noop("Learner %(code)s stands on an earlier line already. Keep one of the two."),
    "date_in_future": gettext_noop("The event is said to happen in the future, at %(at)s. Check the sender's clock."),
    "another_learner": gettext_noop("The address names learner %(expected)s, the document %(code)s. Send one of them."),
    "waiver_not_one_thing": gettext_noop("A waiver names exactly one thing: a course, or a competence with its level."),
    "until_is_past": gettext_noop("The waiver would end on %(date)s, before it begins. Choose a later day."),
    "nothing_to_waive": gettext_noop(
        "No course asks for this in the current release, so there is nothing to waive. Check the codes and the level."
    ),
    "document_refused": gettext_noop("The document has errors (%(count)s). Nothing was stored. See each below."),
    "too_many_events": gettext_noop("One request holds at most %(limit)s events. Send them in several."),
    "no_release": gettext_noop(
        "There is no release yet, so no code can be checked. Publish one first: manage.py publish_release --note TEXT"
    ),
    "file_refused": gettext_noop("Bad lines: %(count)s. Nothing was stored. Correct them and try again."),
}
"""The sentence for each code, in English; its placeholders are the fields of the problem."""


def describe(problem: Problem | CurriculumError) -> str:
    """Return a sentence that says what is wrong and what to do."""
    known = SENTENCES.get(problem.code)
    sentence = describe_release(problem) if known is None else _(known) % problem.fields
    where = problem.fields.get("pointer", "/")
    return sentence if where == "/" else f"{where}: {sentence}"
