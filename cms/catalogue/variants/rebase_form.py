"""The choices of a merge, as a form that works without JavaScript."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.catalogue.merging.choosing import ORDER, Choice, Choices, Question
from cms.catalogue.variants.rebase_parts import Part

TAKES = {
    "theirs": _("Keep yours"),
    "new": _("Take the new base's"),
    "both": _("Keep both, yours first"),
    "edit": _("Write it by hand"),
}
WITHOUT = {"theirs": _("Leave it out"), "new": _("Take it out")}
"""The same, where the side that is taken has nothing there."""
ORDERS = {"theirs": _("Keep your order"), "new": _("Take the new base's order")}


class RebaseForm(forms.Form):
    """One choice a question; where both changed, none is made beforehand."""

    draft = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: list[Question], parts: dict[str, Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            part = parts[question.name]
            words = _words(part)
            self.fields[take_name(question.name)] = forms.ChoiceField(
                label=_("What to take"),
                choices=[(take, words[take]) for take in question.takes],
                widget=forms.RadioSelect,
                initial=None if question.state == "conflict" else "new",
                error_messages={"required": _("Both changed this: choose what to take.")},
            )
            if "edit" in question.takes:
                self.fields[text_name(question.name)] = forms.CharField(
                    label=_("By hand"),
                    required=False,
                    initial=part.yours,
                    widget=forms.Textarea(attrs={"rows": 4}),
                    strip=False,
                )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for question in self.questions:
            by_hand = data.get(take_name(question.name)) == "edit"
            if by_hand and not (data.get(text_name(question.name)) or "").strip():
                self.add_error(text_name(question.name), _("Write what is to stand here, or choose something else."))
        return data

    @property
    def choices(self) -> Choices:
        """What was chosen, by question."""
        data = self.cleaned_data
        return {
            question.name: Choice(data[take_name(question.name)], data.get(text_name(question.name), ""))
            for question in self.questions
        }


def _words(part: Part) -> dict[str, Any]:
    if part.name == ORDER:
        return {**ORDERS}
    lacking = [take for take, text in (("theirs", part.yours), ("new", part.new)) if not text]
    return TAKES | {take: WITHOUT[take] for take in lacking}


def take_name(question: str) -> str:
    """Return the name of the field in which something is chosen."""
    return f"take-{question}"


def text_name(question: str) -> str:
    """Return the name of the field in which something is written."""
    return f"text-{question}"
