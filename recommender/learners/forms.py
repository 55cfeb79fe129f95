"""The form by which an operator lets a learner off something."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum_graph.errors import NotFound, Problem
from curriculum_graph.releases.api import get_graph
from recommender.engine.waiving import WaiverDocument
from recommender.learners.models import CODE_LENGTH, PSEUDONYM_LENGTH
from recommender.learners.selectors import get_learner
from recommender.learners.vocabularies import get_current_release, get_vocabulary
from recommender.learners.waivers import waiver_problems
from recommender.learners.wording import describe

_PLACES = {"/course": "course", "/competence": "competence", "/level": "level", "/required_by": "required_by",
           "/until": "until"}  # fmt: skip


class WaiverForm(forms.Form):
    """Which learner is let off what, until when and why. ``learner_id`` and ``waiver`` are what a valid form says."""

    learner = forms.CharField(
        label=_("Learner"), max_length=PSEUDONYM_LENGTH, help_text=_("The pseudonym that the learning platform gave.")
    )
    course = forms.CharField(
        label=_("Course"),
        max_length=CODE_LENGTH,
        required=False,
        help_text=_("The code of a course that counts as taken. It teaches nothing by that."),
    )
    competence = forms.CharField(
        label=_("Competence"),
        max_length=CODE_LENGTH,
        required=False,
        help_text=_("Or: the code of a competence that courses no longer ask for. It is not a goal reached by that."),
    )
    level = forms.IntegerField(
        label=_("Level"),
        min_value=1,
        required=False,
        help_text=_("Of the competence: courses no longer ask for this level, nor for those below it."),
    )
    required_by = forms.CharField(
        label=_("Only for this course"),
        max_length=CODE_LENGTH,
        required=False,
        help_text=_("The code of the one course that no longer asks for it. Leave it empty: none does."),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day on which it holds. Leave it empty: it holds until somebody takes it back."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as “certificate seen”. Write no name and no number by which a person can be found."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.learner_id = 0
        self.waiver: WaiverDocument | None = None

    def clean(self) -> dict[str, Any]:
        """Look up what is named."""
        values: dict[str, Any] = self.cleaned_data
        if self.errors:
            return values
        try:
            self.learner_id = get_learner(values["learner"]).id
        except NotFound:
            self.add_error("learner", _("Nobody has this pseudonym. Check it for typing mistakes."))
        waiver = WaiverDocument(
            course=values["course"] or None,
            competence=values["competence"] or None,
            level=values["level"],
            required_by=values["required_by"] or None,
            until=values["until"].isoformat() if values["until"] else None,
            reason=values["reason"],
        )
        for problem in self._problems(waiver):
            self.add_error(_PLACES.get(problem.place), describe(problem))
        self.waiver = waiver
        return values

    def _problems(self, waiver: WaiverDocument) -> list[Problem]:
        release = get_current_release()
        return waiver_problems(waiver, get_vocabulary(release), get_graph(release), self._today)
