"""Putting a variant on the newest version of its base: three versions read, choices taken, a draft written."""

from dataclasses import dataclass
from typing import Any

from cms.catalogue.bases import Base, current_base, find_base, read_blocks, write_blocks
from cms.catalogue.merging.bodies import BodyMerge, merge_bodies
from cms.catalogue.merging.choosing import (
    Choice,
    Choices,
    Question,
    list_questions,
    record_questions,
    resolve,
    resolve_record,
)
from cms.catalogue.merging.records import FieldMerge, merge_records
from cms.catalogue.models import Variant

SETTINGS = ("title", "minutes", "megabytes")
"""What a variant may say itself, beside its body; where it says nothing it follows the base."""
MERGED = "catalogue.merge_base"
"""The action's name in the log."""


@dataclass(frozen=True, slots=True)
class Rebase:
    """A variant's newest draft between two versions of its base. ``old`` is the new one where nobody kept the old."""

    draft: Variant
    old: Base
    new: Base
    is_known: bool
    body: BodyMerge
    settings: tuple[FieldMerge, ...]

    @property
    def questions(self) -> list[Question]:
        """Every place where the new base says something that the variant does not."""
        return [*record_questions(self.settings, "settings"), *list_questions(self.body)]

    @property
    def keeping(self) -> Choices:
        """The choices of whoever takes nothing over."""
        return {question.name: Choice("theirs") for question in self.questions}


def prepare_rebase(variant: Variant) -> Rebase:
    """Return the three versions of a variant, merged as far as nobody need choose."""
    draft = variant.get_latest_revision_as_object()
    new = current_base(draft.module)
    old = find_base(draft.module, draft.base_version)
    base = old or new
    said = {name: getattr(draft, name) for name in SETTINGS if getattr(draft, name) is not None}
    return Rebase(
        draft=draft,
        old=base,
        new=new,
        is_known=old is not None,
        body=merge_bodies(base.blocks, read_blocks(draft.body.get_prep_value()), new.blocks),
        settings=merge_records(_settings(base, said), said, _settings(new, said)),
    )


def save_rebase(rebase: Rebase, choices: Choices, *, actor: Any) -> Variant:
    """Write what was chosen as a new draft that stands on the new base. What is live stays as it is.

    Raises
    ------
    django.core.exceptions.ValidationError
        If the draft cannot be saved as it has become.
    """
    draft = rebase.draft
    draft.body = write_blocks(resolve(rebase.body, choices))
    for name, value in resolve_record(rebase.settings, "settings", choices).items():
        setattr(draft, name, value)
    draft.base_version = rebase.new.version
    if not draft.live:  # as the editor does: the row of what was never published is its draft
        draft.save()
    draft.save_revision(user=actor, log_action=MERGED, clean=False)
    return draft


def _settings(base: Base, said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name in said if (value := getattr(base, name)) is not None}
