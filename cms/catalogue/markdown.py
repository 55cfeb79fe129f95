"""The editor of Markdown: a plain text area, which a Stimulus controller turns into something comfortable.

Its preview is the renderer's own answer, so that nobody is shown what learners will not see.
"""

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static


class MarkdownInput(forms.Textarea):
    """A text area for Markdown, with buttons and a preview where scripts run."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        written = {
            "data-controller": "markdown-editor",
            "data-markdown-editor-url-value": reverse("catalogue_markdown"),
            "data-markdown-editor-labels-value": json.dumps(_labels(), ensure_ascii=False),
        }
        context: dict[str, Any] = super().get_context(name, value, {**written, **(attrs or {})})
        return context

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("catalogue/vendor/easymde/easymde.min.js"),
                versioned_static("catalogue/js/markdown-controller.js"),
            ],
            css={
                "all": [
                    versioned_static("catalogue/vendor/easymde/easymde.min.css"),
                    versioned_static("catalogue/css/markdown.css"),
                ]
            },
        )


def _labels() -> dict[str, str]:
    return {
        "toolbar": gettext("Format the text"),
        "bold": gettext("Bold"),
        "italic": gettext("Italic"),
        "heading": gettext("Heading"),
        "unordered-list": gettext("List"),
        "ordered-list": gettext("Numbered list"),
        "quote": gettext("Quotation"),
        "link": gettext("Link"),
        "table": gettext("Table"),
        "undo": gettext("Undo"),
        "redo": gettext("Redo"),
        "preview": gettext("Preview, as learners see it"),
        "loading": gettext("Loading the preview …"),
        "failed": gettext("The preview could not be loaded. Your text is safe; try again in a moment."),
    }


class MarkdownTextBlock(blocks.TextBlock):
    """A text that is Markdown."""

    @cached_property
    def field(self) -> forms.CharField:
        """The form field of the text."""
        return forms.CharField(**self.field_options, widget=MarkdownInput({"rows": self.rows}))
