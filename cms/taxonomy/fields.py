"""Model fields for the two shapes that curriculum data has everywhere: short texts and lists of codes."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum_graph.snapshot import Text, text_in

CODE_LENGTH = 128
validate_code = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._:/-]*\Z",
    _("A code starts with a Latin letter or a digit and goes on with those and . _ : / - only."),
)


if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class CodeField(_CharField):
    """The code of a thing: chosen by people, unique by kind, stable once published, never reused."""

    default_validators = [validate_code]

    def __init__(self, verbose_name: Any = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", CODE_LENGTH)
        super().__init__(verbose_name or _("code"), *args, **kwargs)


class LocalisedTextField(models.JSONField):
    """A short text: a string, which is Vietnamese, or one string per BCP 47 tag. Stored as the contract writes it."""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, dict) else [None]
        if value is not None and not all(isinstance(text, str) for text in texts):
            raise ValidationError(_("A text is a string, or one string per language."))


class CodesField(models.JSONField):
    """A list of distinct codes, in the order in which people gave them.

    Curriculum content refers to things by code: drafts may name what does not exist yet, revisions stay readable when
    rows are renumbered, and documents round-trip unchanged. That codes resolve is checked before anything is published.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


def localised(text: Text | None) -> str:
    """Return a short text in the language of the current request."""
    return text_in(text, get_language() or "vi")
