"""Model fields for the shapes that curriculum data has everywhere: codes, short texts, lists of codes, small records.

Each stores JSON exactly as the catalogue document writes it, so that bulk import and export copy values as they are.
Their form fields and widgets are in :mod:`cms.taxonomy.formfields`.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.taxonomy.codes import CODE_LENGTH, validate_code
from cms.taxonomy.formfields import CodeFormField, CodesFormField, LocalisedTextFormField, RecordsFormField
from curriculum_graph.snapshot import Text, text_in

if TYPE_CHECKING:
    from wagtail.blocks import Block

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class CodeField(_CharField):
    """A code: of the thing itself, or, with ``kind``, of another thing that this one names.

    A thing's own code is chosen by people, unique by kind, stable once published, never reused.
    """

    default_validators = [validate_code]

    def __init__(self, verbose_name: Any = None, *args: Any, kind: str = "", **kwargs: Any) -> None:
        self.kind = kind
        kwargs.setdefault("max_length", CODE_LENGTH)
        super().__init__(verbose_name or _("code"), *args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        if not self.kind:
            return super().formfield(**kwargs)
        return super().formfield(**{"form_class": CodeFormField, "kind": self.kind, **kwargs})


class LocalisedTextField(models.JSONField):
    """A short text: a string, which is Vietnamese, or one string per BCP 47 tag. Stored as the contract writes it."""

    def __init__(self, *args: Any, long: bool = False, **kwargs: Any) -> None:
        self.long = long
        super().__init__(*args, **kwargs)

    @property
    def required_on_save(self) -> bool:
        """Whether even a draft needs it (Wagtail asks): the column of a text that is not optional holds no NULL."""
        return not self.null

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, dict) else [None]
        if value is not None and not all(isinstance(text, str) for text in texts):
            raise ValidationError(_("A text is a string, or one string per language."))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        kwargs.update(encoder=None, decoder=None)
        return models.Field.formfield(self, **{"form_class": LocalisedTextFormField, "long": self.long, **kwargs})


class CodesField(models.JSONField):
    """A list of distinct codes, in the order in which people gave them.

    Curriculum content refers to things by code: drafts may name what does not exist yet, revisions stay readable when
    rows are renumbered, and documents round-trip unchanged. That codes resolve is checked before anything is published.
    ``kind`` says what they are codes of (see :mod:`cms.taxonomy.kinds`); without one they are free words.
    """

    def __init__(self, *args: Any, kind: str = "", ordered: bool = False, **kwargs: Any) -> None:
        self.kind = kind
        self.ordered = ordered
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        own = {"form_class": CodesFormField, "kind": self.kind, "ordered": self.ordered}
        kwargs.update(encoder=None, decoder=None)
        return models.Field.formfield(self, **{**own, **kwargs})


class RecordsField(models.JSONField):
    """Small records of the contract (levels taught, goals, options), edited through a Wagtail block.

    The block is a factory, so that models load without it; migrations know only that the column holds JSON.
    """

    def __init__(self, *args: Any, block: "type[Block] | None" = None, **kwargs: Any) -> None:
        self.block = block
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        if self.block is None:
            return super().formfield(**kwargs)
        kwargs.update(encoder=None, decoder=None)
        block = self.block(required=not self.blank)
        return models.Field.formfield(self, **{"form_class": RecordsFormField, "block": block, **kwargs})


def localised(text: Text | None) -> str:
    """Return a short text in the language of the current request."""
    return text_in(text, get_language() or "vi")
