"""The programs that were given to learners: a log, one row of which is each learner's program now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recommender.engine.batch import STATUSES

RELEASE_LENGTH = 64


class ProgramSource(models.Model):
    """What programs were built from, apart from the learner: a release, a model (or ``none``) and an objective.

    One row for each combination that was ever used, so that millions of programs need not repeat it.
    """

    privacy = {"id": "operational", "release": "operational", "model": "operational", "objective": "operational"}

    id = models.AutoField(primary_key=True)
    release = models.CharField(_("release"), max_length=RELEASE_LENGTH)
    model = models.CharField(_("model"), max_length=128)
    objective = models.CharField(_("objective"), max_length=16)

    class Meta:
        verbose_name = _("source of programs")
        verbose_name_plural = _("sources of programs")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "model", "objective"], name="program_source_once")]

    def __str__(self) -> str:
        return f"{self.release[:12]} {self.model[:12]} {self.objective}"


class ProgramVersion(models.Model):
    """One program that was given to a learner, and what it was built from. Rows are appended to the log.

    This is the log of recommendations that Law 134/2025/QH15 asks for; it goes when the learner does. ``record`` is the
    program in the form of :mod:`recommender.engine.compact`, which gives the same document for ever with the graph of
    its release. ``cause`` is why it was built; ``change`` says it in full, with what is different from the program
    before (:mod:`recommender.programs.changes`; of a first program there is none). The learner's profile at that time
    is not here: only its consequences.

    A learner's program now is the row that ``is_current``. What ever changes in a row is this flag and ``inputs``, a
    digest of everything that the program was planned from: where that is still the same, planning again would give
    the same program, and is not done.
    """

    class Cause(models.TextChoices):
        REQUEST = "request", _("first asked for")
        RELEASE = "release", _("another release")
        MODEL = "model", _("another model")
        OBJECTIVE = "objective", _("another objective")
        EVENT = "event", _("what the learner did")
        WAIVER = "waiver", _("what the learner is let off")
        GOALS = "goals", _("other goals")
        TIME = "time", _("another amount of time")
        PROFILE = "profile", _("another profile")
        KNOWN = "known", _("what the learner knew before")
        LEARNER = "learner", _("what is known of the learner changed")

    privacy = {
        "id": "operational",
        "learner": "pseudonym",
        "source": "operational",
        "status": "sensitive",
        "record": "sensitive",
        "inputs": "operational",
        "cause": "operational",
        "change": "sensitive",
        "created_at": "operational",
        "is_current": "operational",
    }

    learner = models.ForeignKey(
        "learners.Learner", models.CASCADE, related_name="+", verbose_name=_("learner"), db_index=False
    )
    source = models.ForeignKey(
        ProgramSource, models.PROTECT, related_name="+", verbose_name=_("built from"), db_index=False
    )
    status = models.PositiveSmallIntegerField(_("status"), choices=list(enumerate(STATUSES)))
    record = models.BinaryField(_("program"))
    inputs = models.BinaryField(_("inputs"), max_length=32)
    cause = models.CharField(_("cause"), max_length=16, choices=Cause.choices)
    change = models.BinaryField(_("change"), null=True)
    created_at = models.DateTimeField(_("built at"))
    is_current = models.BooleanField(_("current"))

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        default_permissions = ()
        indexes = [models.Index(fields=["learner", "-id"], name="program_of_learner")]
        constraints = [
            models.UniqueConstraint(fields=["learner"], condition=models.Q(is_current=True), name="program_now")
        ]

    def __str__(self) -> str:
        return str(self.pk)
