"""Sentences for the codes of problems and errors, in the language of the moment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curriculum_graph.errors import CurriculumError, FieldValue, Problem
from curriculum_graph.releases.sentences import LIBRARY_SENTENCES, in_words, sentence_code

SENTENCES: dict[str, str] = LIBRARY_SENTENCES | {
    "asset_bytes_missing": gettext_noop(
        "The file of asset %(asset)s is not here; pages that use it will lack it. Upload the file."
    ),
    "content_unreadable": gettext_noop(
        "The %(kind)s %(code)s holds something that a catalogue cannot say (%(detail)s). Correct it in the editor."
    ),
    "module_not_live": gettext_noop(
        "The course %(course)s lists the module %(module)s, which is not published. Publish it, or take it out."
    ),
    "still_used": gettext_noop(
        "The %(kind)s %(code)s cannot be taken out: a draft (%(user)s) refers to it. Keep it, or change the draft."
    ),
    "missing_scope": gettext_noop("The access token does not allow this; it would need the scope %(scope)s."),
    "not_found": gettext_noop("There is no %(kind)s with the code %(code)s. Check the code."),
    "ambiguous": gettext_noop("Several releases begin with %(code)s. Give more characters of the id."),
    "parent_moved": gettext_noop(
        "Somebody else published a release while this one was being built. Look at what they changed, then publish "
        "again."
    ),
    "refused": gettext_noop("The content has errors (%(count)s). Nothing was published. Correct them and try again."),
}
"""The sentence for each code, in English; its placeholders are the fields of the problem."""


def describe(problem: Problem | CurriculumError) -> str:
    """Return a sentence that says what is wrong and what to do. A code without a sentence describes itself."""
    sentence = SENTENCES.get(sentence_code(problem.code, problem.fields))
    fields = _Fields(in_words(problem.fields))
    if sentence is None:
        return f"{problem.code} ({', '.join(f'{name}: {value}' for name, value in fields.items())})"
    return _(sentence) % fields


class _Fields(dict[str, FieldValue]):
    """Fields of a sentence; one that is missing shows as a gap, because an error must never hide behind another."""

    def __missing__(self, key: str) -> str:
        return "…"
