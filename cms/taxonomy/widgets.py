"""Widgets of texts and codes: one plain input each, which a Stimulus controller turns into something comfortable.

Without the script the input stays usable: a text is typed as it is, codes are parted by commas.
"""

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static

FEATURE_LABELS = {
    "captions": _("Captions"),
    "transcript": _("Transcript"),
    "audio": _("Audio"),
    "sign_language": _("Sign language"),
    "easy_read": _("Easy to read"),
    "screen_reader": _("Works with a screen reader"),
    "keyboard": _("Works with the keyboard alone"),
}


class _ScriptedInput(forms.TextInput):
    script = ""

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[versioned_static(f"taxonomy/js/{self.script}.js")],
            css={"all": [versioned_static("taxonomy/css/inputs.css")]},
        )


class LocalisedTextInput(_ScriptedInput):
    """A text in Vietnamese and English, and in any other language that it has or that is added."""

    script = "localised-text-controller"

    def __init__(self, attrs: dict[str, Any] | None = None, *, long: bool = False) -> None:
        super().__init__({**(attrs or {}), "data-controller": "localised-text"})
        self.long = long

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        labels = {
            "vi": gettext("Vietnamese"),
            "en": gettext("English"),
            "add": gettext("Add a language"),
            "tag": gettext("Language (BCP 47 tag, for example km)"),
        }
        own = {
            "data-localised-text-labels-value": json.dumps(labels, ensure_ascii=False),
            "data-localised-text-long-value": "true" if self.long else "false",
        }
        return super().get_context(name, value, {**own, **(attrs or {})})


class CodesInput(_ScriptedInput):
    """A list of codes, each shown with its title; a combobox finds more on the server."""

    script = "codes-controller"
    single = False

    def __init__(self, attrs: dict[str, Any] | None = None, *, kind: str = "", ordered: bool = False) -> None:
        super().__init__({**(attrs or {}), "data-controller": "codes"})
        self.kind = kind
        self.ordered = ordered

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        own = {
            "data-codes-url-value": reverse("taxonomy_codes", args=[self.kind]) if self.kind else "",
            "data-codes-single-value": "true" if self.single else "false",
            "data-codes-ordered-value": "true" if self.ordered else "false",
            "data-codes-labels-value": json.dumps(self._labels(), ensure_ascii=False),
        }
        return super().get_context(name, value, {**own, **(attrs or {})})

    def _labels(self) -> dict[str, str]:
        return {
            "find": gettext("Find by code or title") if self.kind else gettext("Add a word"),
            "none": gettext("Nothing found. Press Enter to keep what you typed."),
            "unknown": gettext("does not exist yet"),
            "remove": gettext("Remove"),
            "up": gettext("Move up"),
            "down": gettext("Move down"),
            "open": gettext("Open in a new tab"),
            "results": gettext("results"),
            "failed": gettext("The list could not be loaded. Check the connection and type again."),
        }


class CodeInput(CodesInput):
    """One code, shown with its title."""

    single = True


class FeaturesInput(forms.CheckboxSelectMultiple):
    """Accessibility features as checkboxes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=list(FEATURE_LABELS.items()))

    def format_value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = json.loads(value or "[]")
        return super().format_value(value)
