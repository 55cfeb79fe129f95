"""Forms of coded things."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.taxonomy.models import Term


class CodedForm(WagtailAdminModelForm):
    """A form whose code is chosen once: others refer to it, so it does not change afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.code_is_settled() and "code" in self.fields:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Others refer to this code, so it cannot change.")

    def code_is_settled(self) -> bool:
        """Whether the code may no longer change."""
        return self.instance.pk is not None


class TermForm(CodedForm):
    """A node of a dated tree."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("This day is before “valid from”: give a later day, or leave it empty."))
        for field in ("parent", "replaced_by"):
            if _leads_to(data.get(field), self.instance, field):
                message = _("“%(term)s” is this very term or comes back to it: choose another.")
                self.add_error(field, ValidationError(message, params={"term": data[field]}))
        return data


def _leads_to(term: Term | None, target: Term, field: str) -> bool:
    seen: set[int] = set()
    while term is not None and term.pk not in seen:
        if term.pk == target.pk:
            return True
        seen.add(term.pk)
        term = getattr(term, field)
    return False


class CompetenceForm(CodedForm):
    """A competence: its domain is of its own framework, its descriptors within the framework's levels."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        framework, domain = data.get("framework"), data.get("domain")
        if framework and domain and domain.framework_id != framework.pk:
            message = _("The domain “%(domain)s” belongs to another framework: choose one of “%(framework)s”.")
            self.add_error("domain", ValidationError(message, params={"domain": domain, "framework": framework}))
        levels = framework.levels if framework else None
        above = [level for level in data.get("descriptors") or {} if levels and int(level) > levels]
        if above:
            message = _("Level %(level)s is above the framework's %(levels)d levels: take the descriptor out.")
            self.add_error("descriptors", ValidationError(message, params={"level": above[0], "levels": levels}))
        return data
