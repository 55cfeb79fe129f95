"""What people fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """Why a release is published or made current. The log keeps it."""

    note = forms.CharField(
        label=_("Note"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What changes and why, for whoever reads the log later."),
    )
