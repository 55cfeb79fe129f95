"""Releases as commits: blobs by content hash, manifests, one pointer and the log of its moves.

Nothing here is ever changed after it was written, the pointer apart. No learner is spoken of anywhere; ``actor`` is the
user name of whoever published, kept as text so that the log outlives the account.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DIGEST_LENGTH = 64


class CourseVersion(models.Model):
    """One content of one course, stored once however many releases list it.

    ``id`` is the SHA-256 of the canonical JSON, of which ``body`` is the zlib compression. Which releases list it is
    not here but in their manifests.
    """

    id = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    code = models.CharField(_("code"), max_length=128, db_index=True)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.id[:12]}"


class Frame(models.Model):
    """Everything of a release that is not a course (taxonomies, programmes, items, assets), stored once by hash."""

    id = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("frame")
        verbose_name_plural = _("frames")
        default_permissions = ()

    def __str__(self) -> str:
        return self.id[:12]


class Release(models.Model):
    """One published content of the whole curriculum.

    ``id`` is the SHA-256 of the canonical manifest (the hash of each course by code, and of the frame), of which
    ``manifest`` is the zlib compression. ``parent``, ``note``, ``actor`` and ``at`` are of the first publication; later
    ones of the same content are in the log only. Whether it is the current one is not here but in the pointer.
    """

    id = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("release", "parent")
    )
    frame = models.ForeignKey(Frame, models.PROTECT, related_name="+")
    manifest = models.BinaryField()
    note = models.TextField(_("note"))
    actor = models.CharField(_("published by"), max_length=150)
    at = models.DateTimeField(_("published at"), db_index=True)
    counts = models.JSONField(_("counts"))
    warnings = models.JSONField(_("warnings"), default=list)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-at", "id"]
        default_permissions = ("view",)
        permissions = [("publish_release", _("Can publish releases and roll back"))]

    def __str__(self) -> str:
        return self.id[:12]


class Pointer(models.Model):
    """The one row that says which release is current; locked by whoever moves it."""

    CURRENT = "current"

    name = models.CharField(max_length=16, primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("pointer")
        verbose_name_plural = _("pointers")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class PointerMove(models.Model):
    """One move of the pointer. Rows are appended, never changed and never deleted."""

    kind = models.CharField(max_length=16, choices=[("published", _("published")), ("moved", _("moved"))])
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    note = models.TextField()
    source = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Release, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("pointer move")
        verbose_name_plural = _("pointer moves")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class RenderedText(models.Model):
    """The HTML of one Markdown text, by the hash of renderer and text. Derived: may be emptied at any time."""

    id = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    html = models.TextField()

    class Meta:
        verbose_name = _("rendered text")
        verbose_name_plural = _("rendered texts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.id[:12]
