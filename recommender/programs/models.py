"""The programs that were given to learners: a log, one row of which is each learner's program now; what was recommended
to them beside it; and the runs that build programs for everybody.
"""

from typing import ClassVar

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


class GivenRecommendation(models.Model):
    """Courses that were recommended to a learner beside their program, in their order: what may be taken next, or the
    best so many minutes. Rows are appended, where the answer is another than the last to the same question.

    Why each course was there is not here: it follows from release, model and the learner, as ``docs/recommending.md``
    says. Other questions (what if, how long, what unlocks) recommend nothing.
    """

    class Question(models.TextChoices):
        NEXT = "next", _("what may be taken next")
        BEST = "best", _("the best hours")

    privacy = {
        "id": "operational",
        "learner": "pseudonym",
        "question": "operational",
        "minutes": "sensitive",
        "release": "operational",
        "model": "operational",
        "courses": "sensitive",
        "created_at": "operational",
    }

    learner = models.ForeignKey(
        "learners.Learner", models.CASCADE, related_name="+", verbose_name=_("learner"), db_index=False
    )
    question = models.CharField(_("question"), max_length=8, choices=Question.choices)
    minutes = models.PositiveIntegerField(_("minutes asked for"), null=True)
    release = models.CharField(_("release"), max_length=RELEASE_LENGTH)
    model = models.CharField(_("model"), max_length=128)
    courses = models.JSONField(_("courses"))
    created_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        default_permissions = ()
        indexes = [models.Index(fields=["learner", "question", "-id"], name="recommended_to")]

    def __str__(self) -> str:
        return str(self.pk)


class BuildRun(models.Model):
    """One order to bring the programs of all stored learners up to date, for what is current when it is given.

    The work is in its chunks, and so is how far it has come: nothing is counted here that several workers would have to
    change. ``objective`` is empty where each learner keeps their own. A run for which another release or model has
    become current is ``outdated``: what it had left is left to a new one.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        OUTDATED = "outdated", _("outdated")

    privacy = {
        "id": "operational",
        "actor": "operational",
        "release": "operational",
        "model": "operational",
        "objective": "operational",
        "state": "operational",
        "created_at": "operational",
        "sent_at": "operational",
        "finished_at": "operational",
    }

    actor = models.CharField(_("started by"), max_length=150)
    release = models.CharField(_("release"), max_length=RELEASE_LENGTH)
    model = models.CharField(_("model"), max_length=128)
    objective = models.CharField(_("objective"), max_length=16, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.RUNNING)
    created_at = models.DateTimeField(_("started at"))
    sent_at = models.DateTimeField(_("last handed to workers"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("run that builds programs")
        verbose_name_plural = _("runs that build programs")
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("start_buildrun", _("Can have all programs built"))]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class BuildChunk(models.Model):
    """A part of a run: the learners whose row ids are from ``first`` to ``last``, of whom there were ``learners``.

    It is done once, by one job, in one transaction with the programs that it stores; ``changed`` … ``failed`` count
    learners. A chunk with learners who could not be planned for has ``failed``, though the others have their programs.
    One that nobody finished, however often it was begun, has an ``error``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    FINISHED: ClassVar = (State.DONE, State.FAILED)

    privacy = {
        "id": "operational",
        "run": "operational",
        "first": "operational",
        "last": "operational",
        "learners": "operational",
        "state": "operational",
        "attempts": "operational",
        "changed": "operational",
        "same": "operational",
        "fresh": "operational",
        "failed": "operational",
        "error": "operational",
        "finished_at": "operational",
    }

    run = models.ForeignKey(BuildRun, models.CASCADE, related_name="chunks", verbose_name=_("run"), db_index=False)
    first = models.BigIntegerField(_("first learner"))
    last = models.BigIntegerField(_("last learner"))
    learners = models.PositiveIntegerField(_("learners"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    changed = models.PositiveIntegerField(_("programs changed"), default=0)
    same = models.PositiveIntegerField(_("the same"), default=0)
    fresh = models.PositiveIntegerField(_("up to date before"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    error = models.CharField(_("error"), max_length=128, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("part of a run")
        verbose_name_plural = _("parts of a run")
        ordering = ["id"]
        default_permissions = ()
        indexes = [models.Index(fields=["run", "state"], name="chunk_of_run")]

    def __str__(self) -> str:
        return f"{self.first}–{self.last} {self.state}"


class BuildFailure(models.Model):
    """A learner for whom a run could plan nothing, and why: a code, and what whoever looks into it will want to read.

    It goes when the chunk is tried again, and when the learner does.
    """

    privacy = {
        "id": "operational",
        "chunk": "operational",
        "learner": "pseudonym",
        "code": "operational",
        "detail": "sensitive",
    }

    chunk = models.ForeignKey(BuildChunk, models.CASCADE, related_name="failures", verbose_name=_("part of a run"))
    learner = models.ForeignKey("learners.Learner", models.CASCADE, related_name="+", verbose_name=_("learner"))
    code = models.CharField(_("code"), max_length=64)
    detail = models.TextField(_("detail"))

    class Meta:
        verbose_name = _("failure of a run")
        verbose_name_plural = _("failures of runs")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.code
