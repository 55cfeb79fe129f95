"""A learner who might be: chosen in a form whose every state is an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.taxonomy.api import FEATURE_LABELS
from cms.taxonomy.editing import CodeFormField, CodesFormField
from recommender.engine.api import Learner


class PersonaForm(forms.Form):
    """Whom to ask for: a region, audiences, industries, languages in their order, needs, and a limit of megabytes."""

    region = CodeFormField(kind="region", label=_("Region"), required=False)
    audiences = CodesFormField(kind="audience", label=_("Audiences"), required=False)
    industries = CodesFormField(kind="industry", label=_("Industries"), required=False)
    languages = CodesFormField(
        kind="language",
        ordered=True,
        label=_("Languages"),
        required=False,
        help_text=_("The one that is read best comes first. Without any, only what names no language is open."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs"),
        required=False,
        choices=list(FEATURE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    max_megabytes = forms.FloatField(label=_("Megabytes at most"), required=False, min_value=0)

    @property
    def is_asked(self) -> bool:
        """Whether somebody was chosen."""
        return self.is_bound and any(name in self.data for name in self.fields)

    @property
    def learner(self) -> Learner:
        """The learner that was chosen."""
        data: dict[str, Any] = self.cleaned_data
        return Learner(
            learner="-",
            region=data["region"] or None,
            audiences=tuple(data["audiences"]),
            industries=tuple(data["industries"]),
            languages=tuple(data["languages"]),
            needs=tuple(data["needs"]),
            max_megabytes=data["max_megabytes"],
        )
