"""Sentences for what the plain library finds in catalogue files and in curricula, and words for their fields."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curriculum_graph.errors import FieldValue

FILES: dict[str, str] = {
    "asset_differs": gettext_noop(
        "The file of asset %(asset)s is not the one whose hash is listed. Pack the right file."
    ),
    "asset_missing": gettext_noop("The package lacks the file of asset %(asset)s: assets/%(sha256)s. Add it."),
    "asset_not_listed": gettext_noop("No asset is listed for the file %(file)s. List it, or leave it out."),
    "asset_size": gettext_noop(
        "The file of asset %(asset)s has %(found)s bytes, but %(expected)s are listed. Correct the list, or the file."
    ),
    "document_too_large": gettext_noop("The document is larger than %(limit)s bytes. Split it into several files."),
    "file_damaged": gettext_noop("The file is damaged or incomplete (%(reason)s). Make it or send it again."),
    "file_too_large": gettext_noop(
        "The package would unpack to more than %(limit)s bytes. Split it into several files."
    ),
    "malformed": gettext_noop(
        "This is not valid JSON: line %(line)s, column %(column)s (%(detail)s). Correct it there."
    ),
    "more_problems": gettext_noop(
        "There are at least %(count)s more problems. Correct the ones above, then try again."
    ),
    "nested_too_deeply": gettext_noop("This is nested more deeply than any catalogue. Flatten it."),
    "no_single_document": gettext_noop(
        "A package holds exactly one .json document beside its assets, but this one holds %(count)s."
    ),
    "not_utf8": gettext_noop("This is not UTF-8 text: byte %(offset)s, line %(line)s. Save the file as UTF-8."),
    "number_out_of_range": gettext_noop("The number %(found)s is too large to be kept. Use a smaller one."),
    "repeated_file": gettext_noop("The package holds %(file)s twice. Keep one."),
    "repeated_key": gettext_noop("The key “%(key)s” is given twice in one object. Keep one."),
    "too_many_entries": gettext_noop(
        "%(count)s entries are more than a catalogue may have (%(limit)s). Split the file."
    ),
    "too_many_values": gettext_noop("The document has more than %(limit)s values. Split it into several files."),
    "truncated": gettext_noop("The file ends too early: line %(line)s, column %(column)s. Make it or send it again."),
    "unknown_file_type": gettext_noop("The file name %(name)s should end in .json, .zip, .json.gz or .zip.gz."),
    "unsafe_file_name": gettext_noop(
        "The package holds a file with an unsafe name: %(file)s. Pack it again without that file."
    ),
    "unstorable_character": gettext_noop(
        "This text holds the character %(character)s, which cannot be stored. Remove it."
    ),
    "wrong_format": gettext_noop(
        "The format is %(found)s, but this reads %(expected)s. Export the file in that format."
    ),
}

SCHEMA: dict[str, str] = {
    "both_given": gettext_noop("“%(first)s” and “%(second)s” exclude each other. Keep one."),
    "missing_field": gettext_noop("“%(field)s” is missing. Add it."),
    "not_a_choice": gettext_noop("%(found)s is not one of: %(choices)s. Choose one of them."),
    "not_above": gettext_noop("%(found)s is not above %(limit)s. Give a larger number."),
    "not_as_described": gettext_noop(
        "This is not as the format describes it: %(found)s. Compare it with the documentation."
    ),
    "repeated_entry": gettext_noop("Something is listed twice: %(found)s. Keep one."),
    "too_few": gettext_noop("At least %(limit)s needed here, found: %(found)s. Add one, or leave the field out."),
    "too_large": gettext_noop("%(found)s is more than %(limit)s. Give a smaller number."),
    "too_long": gettext_noop("%(found)s has more than %(limit)s characters. Shorten it."),
    "too_short": gettext_noop("%(found)s has fewer than %(limit)s characters. Fill it in."),
    "too_small": gettext_noop("%(found)s is less than %(limit)s. Give a larger number."),
    "unknown_field": gettext_noop("Nothing called “%(field)s” belongs here. Check the spelling, or remove it."),
    "wrong_form": gettext_noop("%(found)s is not %(expected)s. Correct it."),
    "wrong_type": gettext_noop("%(found)s stands where this is expected: %(expected)s. Correct it."),
}

CONTENT: dict[str, str] = {
    "answer_not_an_option": gettext_noop(
        "The right answer “%(answer)s” is not among the options. Add the option, or correct it."
    ),
    "broken_snapshot": gettext_noop(
        "The content names %(kind)s %(code)s, which it does not hold. Check the content first."
    ),
    "dates_reversed": gettext_noop("The last day, %(end)s, is before the first, %(start)s. Correct one of them."),
    "deadlock": gettext_noop(
        "Nobody could ever take these courses: %(courses)s. Each waits for the next: %(way)s. Remove a requirement, or "
        "add another course as a way in."
    ),
    "deadlock_of_one": gettext_noop(
        "Nobody could ever take the course %(courses)s: it requires itself (%(way)s). Remove the requirement, or add "
        "another course as a way in."
    ),
    "duplicate_code": gettext_noop(
        "The %(kind)s code %(code)s is used already at %(first)s. Give one of the two another code."
    ),
    "graph_unreadable": gettext_noop(
        "The stored arrays cannot be read (%(reason)s). They are made again from the release."
    ),
    "level_not_taught": gettext_noop(
        "No course teaches %(competence)s at level %(level)s or above: only learners who hold it already meet this."
    ),
    "level_too_high": gettext_noop(
        "Level %(level)s of %(competence)s does not exist: its framework has %(levels)s levels. Choose one of them."
    ),
    "module_differs": gettext_noop(
        "The module %(module)s is not the same as at %(first)s. Make both alike, or give one another code."
    ),
    "more_deadlocks": gettext_noop(
        "Only the first %(count)s deadlocks are listed. There may be more once these are mended."
    ),
    "no_such_level": gettext_noop("There is no level “%(level)s”: levels go from 1 to %(levels)s. Correct it."),
    "parent_cycle": gettext_noop(
        "These stand above one another in a circle: %(loop)s. Take one of them out from below the next."
    ),
    "replaced_by_cycle": gettext_noop(
        "These replace one another in a circle: %(loop)s. The latest one is replaced by none."
    ),
    "requires_itself": gettext_noop(
        "The course %(course)s is listed as a way into itself, which helps nobody. Remove it."
    ),
    "several_answers": gettext_noop(
        "One answer is to be chosen, but %(count)s are marked as right. Mark one, or let several."
    ),
    "unknown_code": gettext_noop(
        "There is no %(kind)s with the code %(code)s. Check the spelling, or add it to the file."
    ),
    "video_without_source": gettext_noop("This video has neither a file nor an address. Add one of them."),
}

LIBRARY_SENTENCES: dict[str, str] = FILES | SCHEMA | CONTENT
"""The sentence for each code of the plain library, in English; its placeholders are the fields of the problem."""

WORDS: Mapping[str, str] = {
    "learner": gettext_noop("learner"),
    "language": gettext_noop("language"),
    "framework": gettext_noop("competence framework"),
    "domain": gettext_noop("competence domain"),
    "competence": gettext_noop("competence"),
    "region": gettext_noop("region"),
    "audience": gettext_noop("audience"),
    "industry": gettext_noop("industry"),
    "course": gettext_noop("course"),
    "module": gettext_noop("module"),
    "variant": gettext_noop("variant"),
    "programme": gettext_noop("programme"),
    "item": gettext_noop("test item"),
    "option": gettext_noop("option"),
    "asset": gettext_noop("asset"),
    "crosswalk": gettext_noop("competence, domain or framework"),
    "string": gettext_noop("text"),
    "integer": gettext_noop("a whole number"),
    "number": gettext_noop("a number"),
    "array": gettext_noop("a list"),
    "object": gettext_noop("an object"),
    "boolean": gettext_noop("true or false"),
    "null": gettext_noop("nothing"),
    "date": gettext_noop("a day of the calendar, as in 2026-11-24"),
    "uri": gettext_noop("a complete address, as in https://example.org/"),
    "^[A-Za-z0-9][A-Za-z0-9._:/-]*$": gettext_noop(
        "a code: unaccented letters, digits and . _ : / -, a letter or digit first"
    ),
    "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$": gettext_noop("a language tag, as in vi or en-GB"),
    "^[0-9a-f]{64}$": gettext_noop("a SHA-256 in 64 lower-case hexadecimal digits"),
}
"""Words for values of the fields ``kind`` and ``expected``."""


def sentence_code(code: str, fields: Mapping[str, FieldValue]) -> str:
    """Return the code whose sentence suits a problem: a deadlock of one course has its own."""
    courses = fields.get("courses")
    return "deadlock_of_one" if code == "deadlock" and isinstance(courses, tuple) and len(courses) == 1 else code


def in_words(fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Return fields as a sentence shows them, in the language of the moment."""
    shown = {name: _shown(name, value) for name, value in fields.items()}
    loop, through = fields.get("loop"), fields.get("through")
    if isinstance(loop, tuple):
        links = through if isinstance(through, tuple) else ("",) * len(loop)
        arrows = (f" → ({link}) " if link else " → " for link in links)
        following = (*loop[1:], loop[0])
        shown["way"] = shown["loop"] = loop[0] + "".join(
            arrow + code for arrow, code in zip(arrows, following, strict=False)
        )
    return shown


def _shown(name: str, value: FieldValue) -> FieldValue:
    values = value if isinstance(value, tuple) else (value,)
    if name in ("kind", "expected"):
        values = tuple(_(WORDS[str(part)]) if str(part) in WORDS else str(part) for part in values)
        return ", ".join(values)
    return ", ".join(str(part) for part in values) if isinstance(value, tuple) else value
