"""What a browser sends when an author presses Save in one of Wagtail's editors without changing anything."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.blocks.base import BlockField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

Sent = dict[str, Any]


def sent_by(html: str, thing: Any) -> Sent:
    """Return the fields of the editor in ``html`` of a page or snippet, those included that scripts would add."""
    form = "page-edit-form" if isinstance(thing, Page) else "w-editor-form"
    data: Sent = dict(querydict_from_html(html, form_id=form).lists())
    for field in thing._meta.get_fields():
        form_field = field.formfield() if hasattr(field, "formfield") else None
        if isinstance(form_field, BlockField):
            value = form_field.prepare_value(getattr(thing, field.name))
            data |= dict(_fields(field.name, form_field.block, value))
    return {name: value for name, value in data.items() if not name.startswith("action-")}


def _fields(prefix: str, block: Any, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        yield f"{prefix}-count", len(value)
        children = value.bound_blocks if isinstance(block, blocks.ListBlock) else value
        for number, child in enumerate(children):
            place = f"{prefix}-{number}"
            yield f"{place}-deleted", ""
            yield f"{place}-order", number
            yield f"{place}-id", child.id or ""
            if not isinstance(block, blocks.ListBlock):
                yield f"{place}-type", child.block_type
            yield from _fields(f"{place}-value", child.block, child.value)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _fields(f"{prefix}-{name}", child, value.get(name))
    else:
        shown = block.value_for_form(value)
        if shown not in (None, False):
            yield prefix, "on" if shown is True else shown
