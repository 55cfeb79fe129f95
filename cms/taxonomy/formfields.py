"""Form fields of :mod:`cms.taxonomy.fields`: what a person sends becomes the contract's value, or a clear message."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.base import BlockField

from cms.taxonomy.codes import CODE_LENGTH, check_code, validate_language
from cms.taxonomy.widgets import CodeInput, CodesInput, FeaturesInput, LocalisedTextInput
from curriculum_graph.compile import FEATURES


class _JsonTextField(forms.Field):
    """A field whose widget carries JSON in one input; text that is not JSON is taken as it was typed."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, _Typed) or value is None else json.dumps(value, ensure_ascii=False)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return _Typed(data) if isinstance(data, str) else data  # checkboxes send a list

    def read(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return str(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.to_python(data) or None) != (initial or None))


class _Typed(str):
    """What was sent, shown again unchanged beside its error."""

    __slots__ = ()


class LocalisedTextFormField(_JsonTextField):
    """A text in Vietnamese, and in as many other languages as people wrote."""

    def __init__(self, *, long: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LocalisedTextInput(long=long))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return a string, a mapping without empty texts, or None."""
        text = self.read(value)
        if text is None or text == "" or isinstance(text, str):
            return text or None
        if not isinstance(text, dict):
            raise ValidationError(_("Write a text, or one text for each language."), code="invalid")
        for language, words in text.items():
            validate_language(language)
            if not isinstance(words, str):
                raise ValidationError(
                    _("The text in “%(language)s” is not text: write it again."),
                    params={"language": language},
                    code="invalid",
                )
        return {language: words for language, words in text.items() if words} or None


class CodeFormField(_JsonTextField):
    """One code, found by code or title. A code that nothing has yet may be typed in a draft."""

    def __init__(self, *, kind: str, max_length: int = CODE_LENGTH, **kwargs: Any) -> None:
        kwargs.pop("empty_value", None)
        kwargs.setdefault("widget", CodeInput(kind=kind))
        self.max_length = max_length
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value

    def read(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> str:
        return str(value or "").strip()

    def run_validators(self, value: Any) -> None:
        if value:
            check_code(value, self.max_length)
        super().run_validators(value)


class CodesFormField(_JsonTextField):
    """A list of distinct codes of one kind, or of free words where there is no kind."""

    def __init__(self, *, kind: str = "", ordered: bool = False, **kwargs: Any) -> None:
        self.kind = kind
        features = kind == "accessibility"
        kwargs.setdefault("widget", FeaturesInput() if features else CodesInput(kind=kind, ordered=ordered))
        kwargs["widget"] = _instance(kwargs["widget"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Return the list, in the order given; without the widget's script, codes may be parted by commas."""
        codes = self.read(value)
        if isinstance(codes, str):
            codes = [part.strip() for part in codes.split(",")]
        if codes is None:
            return []
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise ValidationError(_("Give a list of codes, parted by commas."), code="invalid")
        return list(dict.fromkeys(code for code in codes if code))

    def validate(self, value: Any) -> None:
        super().validate(value)
        for code in value:
            if self.kind == "accessibility" and code not in FEATURES:
                raise ValidationError(
                    _("“%(code)s” is not an accessibility feature: choose from the list."), params={"code": code}
                )
            if self.kind == "language":
                validate_language(code)
            elif self.kind:
                check_code(code)


class RecordsFormField(BlockField):
    """Small records, edited as a Wagtail block; the cleaned value is the contract's plain data."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.block.to_python(value) if isinstance(value, list | dict) else value

    def clean(self, value: Any) -> Any:
        return self.block.get_prep_value(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or None) != (self.block.get_prep_value(data) or None))


def _instance(widget: Any) -> Any:
    return widget() if isinstance(widget, type) else widget
