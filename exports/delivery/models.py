"""Who may call the API, and which files were handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessToken(models.Model):
    """A secret by which one integrator's system calls the API. Only its hash is kept: it is shown once, when made.

    ``scopes`` lists what it may do (:class:`exports.delivery.scopes.Scope`). Not here: whose learners it may see - an
    integrator with a learners' scope is the delivery platform, which knows them all.
    """

    name = models.CharField(_("name"), max_length=128, unique=True)
    hash = models.CharField(_("SHA-256"), max_length=64, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"))
    created_by = models.CharField(_("created by"), max_length=150, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Package(models.Model):
    """One exported file: what it holds, in which format, from which release, and its hash. Never changed afterwards.

    ``subject`` is a course's code or empty; a program's package names its ``learner`` and goes with them when they are
    erased. Not here: the bytes, which lie where the export was told to write them.
    """

    privacy = {
        "id": "operational",
        "format": "operational",
        "scope": "operational",
        "subject": "operational",
        "learner": "pseudonym",
        "release": "operational",
        "file_name": "pseudonym",
        "sha256": "operational",
        "bytes": "operational",
        "created_at": "operational",
        "created_by": "operational",
    }

    format = models.CharField(_("format"), max_length=32)
    scope = models.CharField(_("scope"), max_length=16)
    subject = models.CharField(_("subject"), max_length=128, blank=True)
    learner = models.ForeignKey(
        "learners.Learner", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("learner")
    )
    release = models.CharField(_("release"), max_length=64)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    bytes = models.PositiveBigIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("created"))
    created_by = models.CharField(_("created by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["release", "format", "scope", "subject"], name="package_of_what")]

    def __str__(self) -> str:
        return self.file_name
