"""Every sentence that a person can meet has its Vietnamese, and one English sentence has only one."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "cms/catalogue", "cms/editorial", "cms/national", "cms/notices", "cms/reviewing", "cms/searching", "cms/taxonomy",
    "curriculum_graph/releases", "exports/delivery", "recommender/learners", "recommender/programs",
    "recommender/training",
)  # fmt: skip
SITE = "cms"
"""What lies in no app: settings, start page, errors; its catalogue also fills the gaps in Wagtail's."""
CATALOGUE = "locale/vi/LC_MESSAGES/django.po"
_ONE, _TWO, _CONTEXT, _CONTEXT_TWO = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), _ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _TWO),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_TWO),
}
PLACEHOLDER = re.compile(r"%\(\w+\)|%%|</?\w+")
FORM = re.compile(r"%\((\w+)\)[^a-zA-Z]*([a-zA-Z])")
Message = tuple[str | None, str, str]
"""Context, English, English plural ("" where there is none)."""


def sources(app: str) -> list[Path]:
    found = sorted(p for p in (ROOT / app).rglob("*") if p.suffix in {".py", ".html"} and "migrations" not in p.parts)
    others = [] if app != SITE else [ROOT / other for other in APPS]
    return [p for p in found if not any(p.is_relative_to(other) for other in others)]


def messages(path: Path) -> Iterator[tuple[Message, int]]:
    text = path.read_text()
    if path.suffix == ".html":
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        one, many = message[:2] if isinstance(message, tuple) else (message, "")
        yield (context, str(one), str(many)), line


@cache
def used(app: str) -> dict[Message, str]:
    return {
        message: f"{path.relative_to(ROOT)}:{line}" for path in sources(app) for message, line in messages(path)
    }  # fmt: skip


@cache
def catalogue(app: str) -> dict[Message, polib.POEntry]:
    entries = polib.pofile(str(ROOT / app / CATALOGUE))
    return {(e.msgctxt, e.msgid, e.msgid_plural or ""): e for e in entries if not e.obsolete}


def vietnamese(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("app", [SITE, *APPS])
def test_every_sentence_has_its_vietnamese(app: str) -> None:
    known = catalogue(app)
    missing = [
        f"{place}: {message}"
        for message, place in used(app).items()
        if message not in known or not all(vietnamese(known[message])) or known[message].fuzzy
    ]
    assert missing == []


@pytest.mark.parametrize("app", APPS)
def test_no_translation_is_kept_of_a_sentence_that_nobody_says(app: str) -> None:
    assert [message for message in catalogue(app) if message not in used(app)] == []


@pytest.mark.parametrize("app", [SITE, *APPS])
def test_the_vietnamese_has_the_same_places_and_tags_as_the_english(app: str) -> None:
    def shape(text: str) -> tuple[list[str], list[tuple[str, str]]]:
        return sorted(PLACEHOLDER.findall(text)), sorted(FORM.findall(text))

    different = [
        text
        for (_context, one, many), entry in catalogue(app).items()
        for text in vietnamese(entry)
        if shape(text) != shape(many or one)
    ]
    assert different == []


def test_one_english_sentence_has_one_vietnamese_in_all_apps() -> None:
    """Django merges all catalogues: where two differ, one app would silently speak with the other's words."""
    said: dict[Message, dict[str, str]] = defaultdict(dict)
    for app in (SITE, *APPS):
        for (context, one, _many), entry in catalogue(app).items():
            said[context, one, ""][vietnamese(entry)[0]] = app
    assert {message[1]: apps for message, apps in said.items() if len(apps) > 1} == {}


WORD = re.compile(r"[^\W\d_]{2,}")
NOT_TEXT = re.compile(
    r"{%\s*(?:comment)\b.*?{%\s*endcomment\b.*?%}|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<(script|style)\b.*?</\1>|<code>.*?</code>|<!DOCTYPE[^>]*>",
    re.DOTALL,
)
SPOKEN_ATTRIBUTES = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description|data-label)=\"([^\"]*)\"")
IN_BOTH_LANGUAGES = {"500.html"}
"""Works when nothing else does: it cannot ask for a language."""
SAME_IN_BOTH = {"English", "Tiếng Việt", "HR@10", "NDCG@10"}


@pytest.mark.parametrize(
    "template",
    [p for app in (SITE, *APPS) for p in sources(app) if p.suffix == ".html" and p.name not in IN_BOTH_LANGUAGES],
    ids=lambda p: p.relative_to(ROOT).as_posix(),
)
def test_templates_say_nothing_that_cannot_be_translated(template: Path) -> None:
    text = NOT_TEXT.sub(" ", template.read_text())
    spoken = SPOKEN_ATTRIBUTES.findall(text)
    bare = re.sub(r"<[^>]*>", "\n", text)
    for name in SAME_IN_BOTH:
        bare = bare.replace(name, "")
    assert [words.strip() for words in [*spoken, *bare.splitlines()] if WORD.search(words)] == []
