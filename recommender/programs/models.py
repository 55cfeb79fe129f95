"""The programs that were given to learners: a log that is appended to, and a pointer for each learner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

DIGEST_LENGTH = 64


class ProgramVersion(models.Model):
    """One program that was given to a learner, and what it was built from. Rows are appended, never changed.

    This is the log of recommendations that Law 134/2025/QH15 asks for; it goes when the learner does. ``document`` is
    the program as bytes that will always be the same (``docs/formats/programs.schema.json``) and ``digest`` their
    SHA-256. ``cause`` is why it was built. The learner's profile at that time is not here: only its consequences are.
    """

    class Cause(models.TextChoices):
        REQUEST = "request", _("first asked for")
        LEARNER = "learner", _("what is known of the learner changed")
        RELEASE = "release", _("another release")
        MODEL = "model", _("another model")
        OBJECTIVE = "objective", _("another objective")

    privacy = {
        "id": "operational",
        "learner": "pseudonym",
        "release": "operational",
        "model": "operational",
        "objective": "operational",
        "status": "sensitive",
        "document": "sensitive",
        "digest": "operational",
        "cause": "operational",
        "created_at": "operational",
    }

    learner = models.ForeignKey(
        "learners.Learner", models.CASCADE, related_name="+", verbose_name=_("learner"), db_index=False
    )
    release = models.CharField(_("release"), max_length=DIGEST_LENGTH)
    model = models.CharField(_("model"), max_length=128)
    objective = models.CharField(_("objective"), max_length=16)
    status = models.CharField(_("status"), max_length=16)
    document = models.TextField(_("document"))
    digest = models.CharField(_("digest"), max_length=DIGEST_LENGTH)
    cause = models.CharField(_("cause"), max_length=16, choices=Cause.choices)
    created_at = models.DateTimeField(_("built at"))

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        default_permissions = ()
        indexes = [models.Index(fields=["learner", "-id"], name="program_of_learner")]

    def __str__(self) -> str:
        return self.digest[:12]


class CurrentProgram(models.Model):
    """Which program a learner has now. ``inputs`` is the SHA-256 of everything that it was planned from.

    Where the inputs are still the same, planning again would give the same program, and is not done.
    """

    privacy = {"learner": "pseudonym", "version": "operational", "inputs": "operational"}

    learner = models.OneToOneField(
        "learners.Learner", models.CASCADE, related_name="+", primary_key=True, verbose_name=_("learner")
    )
    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="+", verbose_name=_("program"))
    inputs = models.CharField(_("inputs"), max_length=DIGEST_LENGTH)

    class Meta:
        verbose_name = _("current program")
        verbose_name_plural = _("current programs")
        default_permissions = ()

    def __str__(self) -> str:
        return self.inputs[:12]
