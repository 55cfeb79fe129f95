"""The curriculum as a value: everything that is published, as frozen structures.

The structures mirror ``docs/formats/catalogue.schema.json`` field by field, so that one codec (msgspec) serves import,
export, storage of releases and every later format. Optional fields are absent in the document when they hold their
default; lists are tuples; mappings (texts in several languages, descriptors) are plain dicts and are never changed.

References between things are codes. That they resolve is not checked here but in :mod:`curriculum_graph.checks`.
"""

import uuid
from typing import Any, Final, Literal

import msgspec

FORMAT: Final = "curriculum-catalogue/1"
BASE_LANGUAGE = "vi"
NAMESPACE = uuid.UUID("6f0e9c8a-3f5b-5d0e-9a64-2f1d7c1b8e52")

Text = str | dict[str, str]
"""A plain string, which is Vietnamese, or one text per BCP 47 tag."""

Kind = Literal[
    "language", "framework", "domain", "competence", "region", "audience", "industry",
    "course", "module", "variant", "programme", "item", "asset", "release",
]  # fmt: skip
AccessibilityFeature = Literal[
    "captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard"
]
ItemKind = Literal["single_choice", "multiple_choice", "true_false", "text_entry", "order", "match"]


def thing_uuid(kind: Kind, code: str) -> uuid.UUID:
    """Return the version 5 UUID by which other systems know a thing.

    A variant's ``code`` is its module's code, a space and its own code (a space cannot occur in a code).
    """
    return uuid.uuid5(NAMESPACE, f"{kind}:{code}")


class _Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Language(_Value, frozen=True):
    code: str
    title: Text


class Domain(_Value, frozen=True):
    code: str
    title: Text


class Competence(_Value, frozen=True):
    code: str
    title: Text
    domain: str | None = None
    descriptors: dict[str, Text] | None = None


class Framework(_Value, frozen=True):
    code: str
    title: Text
    levels: int
    competences: tuple[Competence, ...]
    domains: tuple[Domain, ...] = ()
    version: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    source: str | None = None


class Term(_Value, frozen=True):
    """A region, an audience or an industry: a node of a dated tree."""

    code: str
    title: Text
    parent: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    replaced_by: str | None = None


class Crosswalk(_Value, frozen=True, kw_only=True):
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    relation: Literal["exact", "close", "broader", "narrower", "related"]
    note: Text | None = None

    @property
    def name(self) -> str:
        """What stands for it where other things have a code: no two crosswalks of a catalogue have the same."""
        return f"{self.source} → {self.target} ({self.relation})"


class LevelOf(_Value, frozen=True):
    competence: str
    level: int


class Requirement(_Value, frozen=True):
    """One way to satisfy a group: a course taken, or a competence held at a level or above."""

    course: str | None = None
    competence: str | None = None
    level: int | None = None


class Group(_Value, frozen=True):
    """An OR of requirements. All groups of a course must hold."""

    any_of: tuple[Requirement, ...]
    rationale: Text | None = None


class MarkdownBlock(_Value, frozen=True, tag_field="type", tag="markdown"):
    text: str


class ImageBlock(_Value, frozen=True, tag_field="type", tag="image"):
    asset: str
    alt: Text
    caption: Text | None = None


class Captions(_Value, frozen=True):
    language: str
    asset: str


class VideoBlock(_Value, frozen=True, tag_field="type", tag="video"):
    asset: str | None = None
    url: str | None = None
    title: Text | None = None
    captions: tuple[Captions, ...] = ()
    transcript: str | None = None
    seconds: int | None = None


class AudioBlock(_Value, frozen=True, tag_field="type", tag="audio"):
    asset: str
    title: Text | None = None
    transcript: str | None = None
    seconds: int | None = None


class DownloadBlock(_Value, frozen=True, tag_field="type", tag="download"):
    asset: str
    title: Text


class QuestionBlock(_Value, frozen=True, tag_field="type", tag="question"):
    item: str


class CalloutBlock(_Value, frozen=True, tag_field="type", tag="callout"):
    kind: Literal["note", "tip", "warning"]
    text: str


class StepsBlock(_Value, frozen=True, tag_field="type", tag="steps"):
    steps: tuple[str, ...]


Block = MarkdownBlock | ImageBlock | VideoBlock | AudioBlock | DownloadBlock | QuestionBlock | CalloutBlock | StepsBlock


def body_fields(blocks: tuple[Block, ...]) -> dict[str, Any]:
    """Return the keyword arguments that give a module or variant this body in its shortest form."""
    if len(blocks) == 1 and isinstance(blocks[0], MarkdownBlock):
        return {"markdown": blocks[0].text}
    return {"blocks": blocks}


class _Body(_Value, frozen=True):
    markdown: str | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks of the body; ``markdown`` is short for one Markdown block."""
        return self.blocks if self.markdown is None else (MarkdownBlock(text=self.markdown),)


class Variant(_Body, frozen=True, kw_only=True):
    code: str
    title: Text | None = None
    minutes: int | None = None
    megabytes: float | None = None
    audiences: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    accessibility: tuple[AccessibilityFeature, ...] = ()


class Module(_Body, frozen=True, kw_only=True):
    code: str
    title: Text
    minutes: int | None = None
    megabytes: float | None = None
    variants: tuple[Variant, ...] = ()


class Course(_Value, frozen=True):
    code: str
    title: Text
    minutes: int
    summary: Text | None = None
    megabytes: float | None = None
    mode: Literal["online", "classroom", "blended"] | None = None
    owner: str | None = None
    licence: str | None = None
    teaches: tuple[LevelOf, ...] = ()
    requires: tuple[Group, ...] = ()
    recommended_after: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    accessibility: tuple[AccessibilityFeature, ...] = ()
    keywords: tuple[str, ...] = ()
    modules: tuple[Module, ...] = ()


class Goal(_Value, frozen=True):
    course: str | None = None
    competence: str | None = None
    level: int | None = None
    weight: float | None = None  # absent: 1


class Programme(_Value, frozen=True):
    """A named set of goals that an authority assigns to a group of learners."""

    code: str
    title: Text
    goals: tuple[Goal, ...]
    audiences: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


class ItemOption(_Value, frozen=True):
    code: str
    text: Text


class Item(_Value, frozen=True):
    """A test item of the placement and mastery tests."""

    code: str
    competence: str
    level: int
    kind: ItemKind
    prompt: Text
    options: tuple[ItemOption, ...] = ()
    correct: tuple[str, ...] = ()
    feedback: Text | None = None
    seconds: int | None = None
    difficulty: float | None = None
    discrimination: float | None = None
    guessing: float | None = None


class Asset(_Value, frozen=True):
    code: str
    sha256: str
    media_type: str
    bytes: int
    file_name: str | None = None
    licence: str | None = None
    attribution: str | None = None


class Snapshot(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a release publishes; the catalogue document, version 1."""

    format: Literal["curriculum-catalogue/1"]
    languages: tuple[Language, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    regions: tuple[Term, ...] = ()
    audiences: tuple[Term, ...] = ()
    industries: tuple[Term, ...] = ()
    courses: tuple[Course, ...] = ()
    programmes: tuple[Programme, ...] = ()
    items: tuple[Item, ...] = ()
    assets: tuple[Asset, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()


def to_document(value: msgspec.Struct) -> Any:
    """Return a value of this module as plain JSON data (dicts, lists, strings, numbers), defaults left out.

    A snapshot always has ``courses``, which the contract requires.
    """
    document = msgspec.to_builtins(value)
    if isinstance(value, Snapshot):
        document.setdefault("courses", [])
    return document


def text_in(text: Text | None, *languages: str) -> str:
    """Return a short text in the first of ``languages`` that it has, else in Vietnamese, else in any, else ``""``."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    for language in (*languages, BASE_LANGUAGE):
        if language in text:
            return text[language]
    return next(iter(text.values()), "")


def texts_of(text: Text | None) -> list[str]:
    """Return a short text in each of its languages, in the order of their tags (databases do not keep another)."""
    if text is None or isinstance(text, str):
        return [text] if text else []
    return [words for _tag, words in sorted(text.items())]
