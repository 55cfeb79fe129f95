"""Learners, what they did, and what follows from it.

A learner is a pseudonym that the delivery platform gave. No name, telephone or identity number has a place here, and no
free text that a learner wrote. Each model says in ``privacy`` what every field is: ``pseudonym`` (stands for a person),
``sensitive`` (needs, and what someone did: Law 91/2025/QH15), ``profile`` (what courses are chosen by) or
``operational`` (says nothing of a person).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 128
PSEUDONYM_LENGTH = 128
KEY_LENGTH = 64


class Learner(models.Model):
    """One learner, as the delivery platform last described them: the fields of the learners document.

    ``completed`` and ``mastered`` are what that document said of the time before; what was completed since is in
    :class:`Completion`. ``seen_at`` is the last word of the learner, from which the retention period counts. What they
    should learn is not here but in ``recommender.programs``; who they are is nowhere.
    """

    privacy = {
        "id": "operational",
        "pseudonym": "pseudonym",
        "region": "profile",
        "audiences": "profile",
        "industries": "profile",
        "languages": "profile",
        "needs": "sensitive",
        "max_megabytes": "profile",
        "minutes_per_week": "profile",
        "minutes_budget": "profile",
        "goals": "profile",
        "completed": "sensitive",
        "mastered": "sensitive",
        "created_at": "operational",
        "seen_at": "sensitive",
    }

    pseudonym = models.CharField(_("pseudonym"), max_length=PSEUDONYM_LENGTH, unique=True)
    region = models.CharField(_("region"), max_length=CODE_LENGTH, null=True)
    audiences = models.JSONField(_("audiences"), default=list)
    industries = models.JSONField(_("industries"), default=list)
    languages = models.JSONField(_("languages"), default=list)
    needs = models.JSONField(_("needs"), default=list)
    max_megabytes = models.FloatField(_("megabytes at most"), null=True)
    minutes_per_week = models.BigIntegerField(_("minutes a week"), null=True)
    minutes_budget = models.BigIntegerField(_("minutes in all"), null=True)
    goals = models.JSONField(_("goals"), default=list)
    completed = models.JSONField(_("completed before"), default=list)
    mastered = models.JSONField(_("mastered before"), default=list)
    created_at = models.DateTimeField(_("known since"))
    seen_at = models.DateTimeField(_("last heard of"), db_index=True)

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        default_permissions = ()

    def __str__(self) -> str:
        return self.pseudonym


class Waiver(models.Model):
    """What one learner is let off, by whom, why and until when (the day itself included; none: for ever).

    A ``course`` alone is a course that counts as taken and teaches nothing. A ``competence`` at a ``level`` is a
    requirement that counts as met wherever courses ask for it; with ``required_by``, it (or a ``course``) counts as met
    for that course alone. A requirement is never a goal reached.

    Rows are not changed but for being revoked, and go with the learner: they are their own record of who did what.
    ``in_document`` are those that came with the learner's document, in its order; they are revoked when a later one no
    longer has them. The others have a ``key`` that whoever made them chose; one holds at a time.
    """

    privacy = {
        "id": "operational",
        "learner": "pseudonym",
        "key": "operational",
        "in_document": "operational",
        "course": "sensitive",
        "competence": "sensitive",
        "level": "sensitive",
        "required_by": "sensitive",
        "until": "operational",
        "reason": "sensitive",
        "author": "operational",
        "created_at": "operational",
        "revoked_at": "operational",
        "revoked_by": "operational",
    }

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="waivers", verbose_name=_("learner"))
    key = models.CharField(_("key"), max_length=KEY_LENGTH, null=True)
    in_document = models.BooleanField(_("from the learner's document"), default=False)
    course = models.TextField(_("course"), null=True)
    competence = models.CharField(_("competence"), max_length=CODE_LENGTH, null=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True)
    required_by = models.CharField(_("required by"), max_length=CODE_LENGTH, null=True)
    until = models.DateField(_("until"), null=True)
    reason = models.TextField(_("reason"), null=True)
    author = models.CharField(_("waived by"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("waived at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.CharField(_("revoked by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["id"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "key"], condition=models.Q(revoked_at=None), name="waiver_holds_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Event(models.Model):
    """One thing that a learner did: a line of the events document. Rows are appended, never changed.

    They go when the retention period ends or the learner asks; what was completed stays (:class:`Completion`).
    """

    privacy = {
        "id": "operational",
        "event_id": "operational",
        "learner": "pseudonym",
        "verb": "sensitive",
        "at": "sensitive",
        "course": "sensitive",
        "module": "sensitive",
        "item": "sensitive",
        "correct": "sensitive",
        "score": "sensitive",
        "seconds": "sensitive",
        "progress": "sensitive",
        "rating": "sensitive",
    }

    event_id = models.CharField(_("event id"), max_length=128, unique=True)
    learner = models.ForeignKey(
        Learner, models.CASCADE, related_name="events", verbose_name=_("learner"), db_index=False
    )
    verb = models.CharField(_("verb"), max_length=16)
    at = models.DateTimeField(_("at"), db_index=True)
    course = models.CharField(_("course"), max_length=CODE_LENGTH, null=True)
    module = models.CharField(_("module"), max_length=CODE_LENGTH, null=True)
    item = models.CharField(_("test item"), max_length=CODE_LENGTH, null=True)
    correct = models.BooleanField(_("correct"), null=True)
    score = models.FloatField(_("score"), null=True)
    seconds = models.FloatField(_("seconds"), null=True)
    progress = models.FloatField(_("progress"), null=True)
    rating = models.FloatField(_("rating"), null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ()
        indexes = [models.Index(fields=["learner", "at"], name="event_of_learner")]

    def __str__(self) -> str:
        return self.event_id


class Completion(models.Model):
    """A course that a learner completed, as an event said. One row a learner and course, at the first such event.

    Kept apart from the events, so that forgetting them (retention) never takes away what somebody achieved.
    """

    privacy = {"id": "operational", "learner": "pseudonym", "course": "sensitive", "at": "sensitive"}

    learner = models.ForeignKey(
        Learner, models.CASCADE, related_name="completions", verbose_name=_("learner"), db_index=False
    )
    course = models.CharField(_("course"), max_length=CODE_LENGTH)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["learner", "course"], name="completion_once")]

    def __str__(self) -> str:
        return self.course
