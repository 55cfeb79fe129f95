"""Wagtail blocks whose stored value is the contract's plain data, and nothing more.

A record is stored without the fields that are empty, a list as a plain list (Wagtail's own wraps every entry), a text
and a code as they are in the catalogue document.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.list_block import ListBlockAdapter

from cms.taxonomy.formfields import CodeFormField, LocalisedTextFormField
from cms.taxonomy.widgets import CodeInput, LocalisedTextInput
from curriculum_graph.snapshot import text_in


class RecordBlock(blocks.StructBlock):
    """A record of the contract. ``keep`` names optional-looking fields that are stored even when empty."""

    keep: tuple[str, ...] = ()

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        prepared = super().get_prep_value(value)
        return {
            name: "" if part is None else part
            for name, part in prepared.items()
            if part not in (None, "", []) or name in self.keep or self.child_blocks[name].required
        }


class PlainListBlock(blocks.ListBlock):
    """A list stored as a plain list."""

    def get_prep_value(self, value: Any) -> list[Any]:
        return [item["value"] for item in super().get_prep_value(value)]


class PlainListBlockAdapter(ListBlockAdapter):
    """Lets a list stand at the top of a form field."""

    js_constructor = "curriculum.PlainListBlock"

    def js_args(self, block: Any) -> list[Any]:
        entry = block.child_block
        if isinstance(entry, blocks.FieldBlock) and entry.meta.label:
            # Wagtail shows no label beside the entries of a list, so that a screen reader would say none.
            entry.field.widget.attrs.setdefault("aria-label", entry.meta.label)
        return list(super().js_args(block))

    @cached_property
    def media(self) -> forms.Media:
        own = [
            versioned_static("wagtailadmin/js/telepath/blocks.js"),
            versioned_static("taxonomy/js/plain-list-block.js"),
        ]
        return forms.Media(js=own)


register(PlainListBlockAdapter(), PlainListBlock)


class LocalisedTextBlock(blocks.FieldBlock):
    """A short text in every language that it has: a string, which is Vietnamese, or one string per BCP 47 tag."""

    def __init__(self, required: bool = True, help_text: Any = "", long: bool = False, **kwargs: Any) -> None:
        self.field = LocalisedTextFormField(
            required=required, help_text=help_text, widget=LocalisedTextInput(long=long)
        )
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        return self.field.read(value)

    def value_for_form(self, value: Any) -> Any:
        return None if value in (None, "") else json.dumps(value, ensure_ascii=False)

    def clean(self, value: Any) -> Any:
        return self.field.clean(value)

    def get_form_state(self, value: Any) -> Any:
        return self.value_for_form(value) or ""

    def get_searchable_content(self, value: Any) -> list[str]:
        return [value] if isinstance(value, str) else list((value or {}).values())

    def render_basic(self, value: Any, context: Any = None) -> str:
        return text_in(value, "vi")

    class Meta:
        icon = "globe"
        default = None


class CodeBlock(blocks.FieldBlock):
    """The code of another thing."""

    def __init__(self, kind: str = "", required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        self.field = CodeFormField(kind=kind, required=required, help_text=help_text, widget=CodeInput(kind=kind))
        super().__init__(**kwargs)

    def get_form_state(self, value: Any) -> Any:
        return value or ""

    class Meta:
        icon = "link"
        default = None


class LevelOfBlock(RecordBlock):
    """A competence at a level."""

    competence = CodeBlock("competence", label=_("Competence"))
    level = blocks.IntegerBlock(min_value=1, max_value=32, label=_("Level"))

    class Meta:
        icon = "list-ol"
        label = _("Competence at a level")
        form_classname = "struct-block record-row"


class LevelsBlock(PlainListBlock):
    """Competences at levels: what a course teaches."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LevelOfBlock(), **{"default": [], "min_num": 1 if kwargs.get("required") else None, **kwargs})

    class Meta:
        collapsed = False


class GoalBlock(RecordBlock):
    """A goal: a course, or a competence at a level."""

    course = CodeBlock("course", required=False, label=_("Course"))
    competence = CodeBlock("competence", required=False, label=_("Competence"))
    level = blocks.IntegerBlock(required=False, min_value=1, max_value=32, label=_("Level"))
    weight = blocks.FloatBlock(required=False, label=_("Weight"), help_text=_("How much it counts; 1 when empty."))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        check_one_way(cleaned)
        if cleaned.get("weight") is not None and not cleaned["weight"] > 0:
            raise blocks.StructBlockValidationError(
                {"weight": _refusal(_("Give a weight above 0, or leave it empty."))}
            )
        return cleaned

    class Meta:
        icon = "crosshairs"
        label = _("Goal")
        form_classname = "struct-block record-row"


class GoalsBlock(PlainListBlock):
    """The goals of a programme."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(GoalBlock(), **{"default": [], "min_num": 1 if kwargs.get("required") else None, **kwargs})


class DescriptorBlock(RecordBlock):
    """What somebody at a level can do."""

    level = blocks.IntegerBlock(min_value=1, max_value=32, label=_("Level"))
    text = LocalisedTextBlock(label=_("What somebody at this level can do"), long=True)

    class Meta:
        icon = "list-ol"
        label = _("Level descriptor")


class DescriptorsBlock(PlainListBlock):
    """Level descriptors: a list for people, stored as a mapping from level number to text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DescriptorBlock(), **{"default": [], **kwargs})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, dict):
            value = [{"level": _number(level), "text": text} for level, text in sorted(value.items(), key=_by_level)]
        return super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        return {str(item["level"]): item["text"] for item in super().get_prep_value(value)}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        levels = [item["level"] for item in cleaned]
        if len(levels) != len(set(levels)):
            raise blocks.ListBlockValidationError(
                non_block_errors=[_refusal(_("A level has two descriptors: keep one for each level."))]
            )
        return cleaned


def check_one_way(value: Any) -> None:
    """Refuse an entry that names neither or both of a course and a competence, or a competence without its level."""
    course, competence, level = value.get("course"), value.get("competence"), value.get("level")
    if bool(course) == bool(competence):
        message = _("Name either a course or a competence: one of the two, not both.")
        raise blocks.StructBlockValidationError({"course": _refusal(message)})
    if competence and not level:
        raise blocks.StructBlockValidationError({"level": _refusal(_("Say which level of the competence."))})
    if course and level:
        raise blocks.StructBlockValidationError({"level": _refusal(_("A course has no level: leave this empty."))})


def _refusal(message: Any) -> ValidationError:
    return ValidationError(message)


def _by_level(item: tuple[str, Any]) -> tuple[int, str]:
    return (_number(item[0]) or 0, item[0])


def _number(level: str) -> int | None:
    return int(level) if level.isascii() and level.isdigit() else None
