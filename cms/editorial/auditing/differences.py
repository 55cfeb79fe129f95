"""What a revision changed: its fields beside those of the one before."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from wagtail.models import Revision

HIDDEN = frozenset(
    {"pk", "content_type", "latest_revision", "live_revision", "latest_revision_created_at", "last_published_at",
     "first_published_at", "has_unpublished_changes", "url_path", "path", "depth", "numchild", "translation_key",
     "draft_title", "search_description", "wagtail_admin_comments", "locked", "locked_by", "locked_at"}
)  # fmt: skip
"""Fields that say where a thing stands, and not what somebody wrote."""
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with its values before and after, as text."""

    field: str
    before: str
    after: str


def differences(revision: Revision) -> list[Difference]:
    """Return the fields in which a revision differs from the one before; of the first, every field that has a value."""
    previous = revision.get_previous()
    before = previous.content if previous else {}
    after = revision.content
    names = [name for name in after if name not in HIDDEN and before.get(name) != after[name]]
    model = revision.content_type.model_class()
    shown = [Difference(_label(model, name), _text(before.get(name)), _text(after[name])) for name in names]
    return [one for one in shown if one.before != one.after]


def _label(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        return name


def _text(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, str):
        try:  # blocks and localised texts are kept as text that holds JSON
            value = json.loads(value)
        except ValueError:
            return str(value)[:LONGEST]
    return json.dumps(value, ensure_ascii=False, indent=1)[:LONGEST]
