"""The blocks of a body and of a requirement, as the editor shows them.

A stored block is ``{"type": t, "value": v, "id": …}`` where ``{"type": t, **v}`` is the contract's block, exactly.
Import writes and export reads the raw JSON. The names of blocks and fields are the contract's and may not change.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.catalogue.markdown import MarkdownTextBlock
from cms.taxonomy.api import CodeBlock, LocalisedTextBlock, PlainListBlock, RecordBlock, check_one_way

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:/-]*\Z"
CALLOUT_KINDS = [("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))]


class MarkdownBlock(RecordBlock):
    """Text, written as Markdown."""

    text = MarkdownTextBlock(
        label=_("Text"),
        help_text=_("Markdown: # heading, **bold**, - list, [words](https://address). HTML is taken out."),
        rows=8,
    )

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class ImageBlock(RecordBlock):
    """A picture with a text for those who cannot see it, or said to be mere decoration.

    In the document an empty ``alt`` is a decoration. A draft in which nobody said anything has ``{}``: no text in any
    language, which checks refuse.
    """

    keep = ("alt",)

    asset = CodeBlock("asset", label=_("File"))
    alt = LocalisedTextBlock(
        required=False,
        label=_("Alternative text"),
        help_text=_("What the picture says, for those who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label=_("Decoration"),
        help_text=_("It says nothing that the text does not say: screen readers pass over it."),
    )
    caption = LocalisedTextBlock(required=False, label=_("Caption"))

    def to_python(self, value: Any) -> Any:
        return super().to_python(_read_decoration(value))

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([_read_decoration(value) for value in values])

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        prepared = super().get_prep_value(value)
        decorative = prepared.pop("decorative", False)
        if not prepared["alt"]:
            prepared["alt"] = "" if decorative else {}
        return prepared

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("alt") and cleaned.get("decorative"):
            message = _("A decoration has no alternative text: take out the text, or the mark.")
            raise blocks.StructBlockValidationError({"decorative": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "image"
        label = _("Image")


def _read_decoration(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "decorative": value.get("alt") == ""}


class CaptionsBlock(RecordBlock):
    """Captions of a video in one language."""

    language = CodeBlock("language", label=_("Language"))
    asset = CodeBlock("asset", label=_("Caption file"))

    class Meta:
        icon = "openquote"
        label = _("Captions")


class VideoBlock(RecordBlock):
    """A video: a file of ours or an address elsewhere."""

    asset = CodeBlock("asset", required=False, label=_("File"))
    url = blocks.URLBlock(required=False, label=_("Address"), help_text=_("Where the video is, if it is not our file."))
    title = LocalisedTextBlock(required=False, label=_("Title"))
    captions = PlainListBlock(CaptionsBlock(), default=[], required=False, label=_("Captions"))
    transcript = blocks.TextBlock(required=False, label=_("Transcript"), rows=4)
    seconds = blocks.IntegerBlock(required=False, min_value=1, label=_("Length in seconds"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.get("asset") and not cleaned.get("url"):
            message = _("The video has no source: choose a file or give an address.")
            raise blocks.StructBlockValidationError({"asset": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")


class AudioBlock(RecordBlock):
    """A sound recording."""

    asset = CodeBlock("asset", label=_("File"))
    title = LocalisedTextBlock(required=False, label=_("Title"))
    transcript = blocks.TextBlock(required=False, label=_("Transcript"), rows=4)
    seconds = blocks.IntegerBlock(required=False, min_value=1, label=_("Length in seconds"))

    class Meta:
        icon = "media"
        label = _("Audio")


class DownloadBlock(RecordBlock):
    """A file to take away."""

    asset = CodeBlock("asset", label=_("File"))
    title = LocalisedTextBlock(label=_("Title"))

    class Meta:
        icon = "download"
        label = _("Download")


class QuestionBlock(RecordBlock):
    """A test item, asked inside the body."""

    item = CodeBlock("item", label=_("Test item"))

    class Meta:
        icon = "help"
        label = _("Question")


class CalloutBlock(RecordBlock):
    """A note, tip or warning set apart from the text."""

    kind = blocks.ChoiceBlock(choices=CALLOUT_KINDS, default="note", label=_("Kind"))
    text = MarkdownTextBlock(label=_("Text"), help_text=_("Markdown."), rows=3)

    class Meta:
        icon = "info-circle"
        label = _("Callout")


class StepsBlock(RecordBlock):
    """Things to do one after another."""

    keep = ("steps",)

    steps = PlainListBlock(blocks.TextBlock(label=_("Step"), rows=2), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")


class BodyBlock(blocks.StreamBlock):
    """The body of a module or of a variant."""

    markdown = MarkdownBlock()
    image = ImageBlock()
    video = VideoBlock()
    audio = AudioBlock()
    download = DownloadBlock()
    question = QuestionBlock()
    callout = CalloutBlock()
    steps = StepsBlock()


class RequirementBlock(RecordBlock):
    """One way to satisfy a group: a course taken, or a competence held at a level or above."""

    course = CodeBlock("course", required=False, label=_("Course"))
    competence = CodeBlock("competence", required=False, label=_("Competence"))
    level = blocks.IntegerBlock(required=False, min_value=1, max_value=32, label=_("Level"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        check_one_way(cleaned)
        return cleaned

    class Meta:
        icon = "key"
        label = _("One way")
        form_classname = "struct-block record-row"


class GroupBlock(RecordBlock):
    """An OR of requirements, with the reason for them."""

    keep = ("any_of",)

    any_of = PlainListBlock(
        RequirementBlock(), min_num=1, label=_("Any one of these is enough"), help_text=_("Add the other ways here.")
    )
    rationale = LocalisedTextBlock(
        required=False, label=_("Why"), help_text=_("Shown to learners beside a locked course.")
    )

    class Meta:
        icon = "key"
        label = _("Requirement")


class OptionBlock(RecordBlock):
    """One of the answers that a test item offers."""

    code = blocks.RegexBlock(
        CODE_PATTERN, label=_("Code"), help_text=_("Short, for example a, b, c. Correct answers name it.")
    )
    text = LocalisedTextBlock(label=_("Text"))

    class Meta:
        icon = "tick-inverse"
        label = _("Option")


class OptionsBlock(PlainListBlock):
    """The answers that a test item offers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OptionBlock(), **{"default": [], **kwargs})


class RequirementsBlock(blocks.StreamBlock):
    """Groups that all must hold."""

    group = GroupBlock()
