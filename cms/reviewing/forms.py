"""Forms of decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why something is rejected: what its author reads, and what stays in the log."""

    comment = forms.CharField(
        label=_("What has to change, and why"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what has to change: its author cannot guess.")},
    )
