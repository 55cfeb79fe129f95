"""Which version of a base a variant was written from, and the versions that bases had before.

A version is a hash of what a base says. It is made whenever the row is written, so that whether a variant's base has
changed is a comparison of two columns. What a base said before is kept when it is replaced, and only where somebody may
have written a variant from it: revisions may be purged, and imports come without any.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cms.catalogue.merging.records import canonical
from cms.catalogue.signals import base_changed
from cms.taxonomy.api import LocalisedTextField

VERSION_LENGTH = 64


def version_of(fields: dict[str, Any]) -> str:
    """Return the version of a base that says this: its title, minutes, megabytes and body (blocks as JSON has them)."""
    megabytes = fields["megabytes"]
    said = [
        fields["title"],
        fields["minutes"],
        None if megabytes is None else float(megabytes),
        [[block["type"], block["value"]] for block in fields["body"]],
    ]
    return sha256(canonical(said).encode()).hexdigest()


class Versioned(models.Model):
    """A base of variants: knows its version, and keeps what it said before."""

    version = models.CharField(max_length=VERSION_LENGTH, default="", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; what it said before is kept for its variants, and those who listen are told."""
        written = kwargs.get("update_fields")
        if written is not None and "body" not in written:
            super().save(*args, **kwargs)
            return
        self.version = version_of(said_by(self))
        before = type(self)._default_manager.filter(pk=self.pk).exclude(version=self.version).first()
        with transaction.atomic():
            if before is not None:
                replace_bases([before])
            super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """Return the draft. Its version is the row's: a draft is no base yet."""
        draft = super().with_content_json(content)  # type: ignore[misc]  # of a mixin that Wagtail does not type
        draft.version = self.version
        return draft


class Based(models.Model):
    """What was written from a base. A new one for which nobody says from which version stands on what there is."""

    base_version = models.CharField(_("version of the base"), max_length=VERSION_LENGTH, default="", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row."""
        if self._state.adding and not self.base_version:
            self.base_version = self.module.version  # type: ignore[attr-defined]  # of the model
        super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """Return the draft. One from before versions were known has the row's."""
        draft = super().with_content_json(content)  # type: ignore[misc]  # of a mixin that Wagtail does not type
        draft.base_version = content.get("base_version") or self.base_version
        return draft


class BaseVersion(models.Model):
    """What a module's base said until it was replaced, while variants existed. What it says now is the module's row."""

    module = models.ForeignKey("catalogue.Module", models.CASCADE, related_name="base_versions")
    version = models.CharField(max_length=VERSION_LENGTH)
    revision = models.PositiveBigIntegerField(null=True)  # a number, not a key: revisions are purged, this is not
    published_at = models.DateTimeField(null=True)
    title = LocalisedTextField(_("title"))
    minutes = models.PositiveIntegerField(_("minutes"), null=True)
    megabytes = models.FloatField(_("megabytes"), null=True)
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "version"], name="base_version_once_a_module")]

    def __str__(self) -> str:
        return self.version[:12]


def said_by(module: Any) -> dict[str, Any]:
    """Return what a base says, as a version is made of it."""
    return {
        "title": module.title,
        "minutes": module.minutes,
        "megabytes": module.megabytes,
        "body": module.body.get_prep_value(),
    }


def replace_bases(rows: Sequence[Any]) -> None:
    """Keep what these modules say before others replace it, and tell who listens once that is done.

    ``rows`` hold what the database has, whose versions are about to change.
    """
    if not rows:
        return
    with_variants = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows], variants__isnull=False)
    used = set(with_variants.values_list("pk", flat=True))
    kept = [row for row in rows if row.pk in used and row.version]
    BaseVersion.objects.bulk_create(
        [
            BaseVersion(
                module=row,
                version=row.version,
                revision=row.live_revision_id,
                published_at=row.last_published_at,
                **said_by(row),
            )
            for row in kept
        ],
        ignore_conflicts=True,
    )
    if kept:
        modules = [row.pk for row in kept]
        transaction.on_commit(lambda: base_changed.send(sender=BaseVersion, modules=modules))
