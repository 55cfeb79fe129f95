"""Every code of the plain library has a sentence in English and in Vietnamese, with the fields that it needs."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

import curriculum_graph
from curriculum_graph.errors import Problem
from curriculum_graph.releases.sentences import LIBRARY_SENTENCES, WORDS
from curriculum_graph.releases.wording import describe

ROOT = Path(curriculum_graph.__file__).parent
with (ROOT / "releases/locale/vi/LC_MESSAGES/django.po").open("rb") as file:
    CATALOGUE = {str(message.id): str(message.string) for message in read_po(file)}


def codes_in_the_library() -> set[str]:
    """Return what the plain library's sources name as the code of a problem or an error."""
    sources = "\n".join(path.read_text("utf-8") for path in ROOT.glob("*.py"))
    found = set(re.findall(r'(?:code=|_refusal\(|_BadValueError\()"([a-z_0-9]{3,})"', sources))
    found |= set(re.findall(r'^    "[^"]+": \("([a-z_]+)", \(', sources, re.MULTILINE))
    return found | set(re.findall(r'^    code = "([a-z_0-9]+)"$', sources, re.MULTILINE))


def test_every_code_of_the_library_has_a_sentence() -> None:
    from curriculum_graph.releases.wording import SENTENCES

    assert codes_in_the_library() - {"curriculum_error"} - set(SENTENCES) == set()


@pytest.mark.parametrize("text", [*LIBRARY_SENTENCES.values(), *WORDS.values()])
def test_every_sentence_is_in_vietnamese_with_the_same_fields(text: str) -> None:
    fields = re.compile(r"%\((\w+)\)s")
    assert CATALOGUE[text]
    assert set(fields.findall(CATALOGUE[text])) == set(fields.findall(text))


def test_a_deadlock_is_told_course_by_course_with_the_levels_between() -> None:
    problem = Problem(
        code="deadlock",
        place="/courses/0/requires/0",
        fields={"courses": ("a", "b", "c"), "loop": ("a", "b"), "through": ("k@2", "")},
    )
    with translation.override("en"):
        assert "a, b, c. Each waits for the next: a → (k@2) b → a." in describe(problem)


def test_a_course_that_requires_itself_is_told_so() -> None:
    problem = Problem(code="deadlock", place="", fields={"courses": ("a",), "loop": ("a",), "through": ("",)})
    with translation.override("en"):
        assert "it requires itself (a → a)" in describe(problem)


def test_kinds_and_forms_are_told_in_words() -> None:
    with translation.override("en"):
        unknown = Problem(code="unknown_code", place="", fields={"kind": "item", "code": "q1"})
        assert describe(unknown).startswith("There is no test item with the code q1.")
        form = Problem(code="wrong_form", place="", fields={"found": '"x"', "expected": "date"})
        assert describe(form).startswith('"x" is not a day of the calendar')
