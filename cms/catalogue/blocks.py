"""The blocks of a body and of a requirement, as the editor shows them. Their values are those of the contract."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# First cut of the block names and fields; every name equals the contract's.
CALLOUT_KINDS = [("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))]


class LocalisedTextBlock(blocks.StructBlock):
    """A short text in Vietnamese and English."""

    vi = blocks.CharBlock(label=_("Vietnamese"), required=False)
    en = blocks.CharBlock(label=_("English"), required=False)


class BodyBlock(blocks.StreamBlock):
    """The body of a module or of a variant."""

    markdown = blocks.TextBlock(label=_("Text"))


class RequirementsBlock(blocks.StreamBlock):
    """Groups that all must hold."""
