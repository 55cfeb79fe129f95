"""Every sentence that a person can meet has its Vietnamese, and one English sentence has only one."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po

from cms.vietnamese.coverage import DOMAINS, english, foreign
from cms.vietnamese.sources import ROOT, SITE, Message, own_apps, sources, used

APPS = own_apps()
FOREIGN = "cms/vietnamese"
"""Says what Wagtail and Django lack, or say otherwise than we do."""
CATALOGUE = "locale/vi/LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)|%[sd]|%%|\{\w*\}|</?\w+|&\w+;|\b(?:href|target|rel|class|data-[\w-]+)=\"[^\"]*\"")
FORM = re.compile(r"%\((\w+)\)[^a-zA-Z]*([a-zA-Z])")


@cache
def catalogue(app: str, domain: str = "django") -> dict[Message, polib.POEntry]:
    path = ROOT / app / CATALOGUE / f"{domain}.po"
    entries = polib.pofile(str(path)) if path.is_file() else []
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


def shape(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    return sorted(PLACEHOLDER.findall(text)), sorted(FORM.findall(text))


@pytest.mark.parametrize("app", [SITE, FOREIGN, *APPS])
@pytest.mark.parametrize("domain", DOMAINS)
def test_the_vietnamese_has_the_same_places_and_tags_as_the_english(app: str, domain: str) -> None:
    different = [
        text
        for (_context, one, many), entry in catalogue(app, domain).items()
        for text in vietnamese(entry)
        if shape(text) not in [shape(english) for english in (many, one) if english]
    ]
    assert different == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_vietnamese_begins_and_ends_as_the_english_does(domain: str) -> None:
    def edges(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    different = [
        text
        for (_context, one, _many), entry in catalogue(FOREIGN, domain).items()
        for text in vietnamese(entry)
        if edges(text) != edges(one)
    ]
    assert different == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_wagtail_and_django_still_say_what_we_translate(domain: str) -> None:
    said = {
        (entry.context, *((*entry.id, "")[:2] if entry.pluralizable else (entry.id, "")))
        for _name, folder in foreign(domain)
        for entry in read_po(english(folder, domain).open("rb"))
    }
    assert [message for message in catalogue(FOREIGN, domain) if message not in said] == []


def test_one_english_sentence_has_one_vietnamese_in_all_apps() -> None:
    """Django merges all catalogues: where two differ, one app would silently speak with the other's words."""
    said: dict[Message, dict[str, str]] = defaultdict(dict)
    for app in (SITE, FOREIGN, *APPS):
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
