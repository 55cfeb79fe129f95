"""Which models were trained, and which of them was served when.

No learner is spoken of anywhere: a model holds features and courses alone. ``actor`` is the user name of whoever
acted, kept as text so that the log outlives the account.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

DIGEST_LENGTH = 64


class ModelVersion(models.Model):
    """One trained model. Rows are never changed.

    ``id`` is the SHA-256 of the manifest in ``DATA_ROOT/models/<id>``, where the arrays lie; ``inputs`` is that of
    all that went in (release, interactions, learners' features, parameters, library versions), by which a second run
    with nothing new is recognised. ``report`` holds the evaluation against popularity. Whether it is served is not
    here but in :class:`Promotion`.
    """

    privacy = {
        "id": "operational",
        "inputs": "operational",
        "release": "operational",
        "served": "operational",
        "reason": "operational",
        "trained_at": "operational",
        "actor": "operational",
        "seed": "operational",
        "interaction_count": "operational",
        "learner_count": "operational",
        "course_count": "operational",
        "window_from": "operational",
        "window_to": "operational",
        "parameters": "operational",
        "report": "operational",
    }

    id = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    inputs = models.CharField(max_length=DIGEST_LENGTH, db_index=True)
    release = models.ForeignKey("releases.Release", models.PROTECT, related_name="+", verbose_name=_("release"))
    served = models.CharField(
        _("what it serves"), max_length=16, choices=[("blend", _("blend")), ("popularity", _("popularity"))]
    )
    reason = models.CharField(_("why"), max_length=32)
    trained_at = models.DateTimeField(_("trained"))
    actor = models.CharField(_("trained by"), max_length=150)
    seed = models.BigIntegerField(_("seed"))
    interaction_count = models.PositiveIntegerField(_("interactions"))
    learner_count = models.PositiveIntegerField(_("learners"))
    course_count = models.PositiveIntegerField(_("courses"))
    window_from = models.DateTimeField(_("data from"))
    window_to = models.DateTimeField(_("data until"))
    parameters = models.JSONField(_("parameters"))
    report = models.JSONField(_("evaluation"))

    class Meta:
        verbose_name = _("model version")
        verbose_name_plural = _("model versions")
        ordering = ["-trained_at", "id"]
        default_permissions = ("view",)
        permissions = [("promote_modelversion", _("Can choose which model version is served"))]

    def __str__(self) -> str:
        return self.id[:12]


class Promotion(models.Model):
    """One change of what is served. Rows are appended, never changed and never deleted; the last one is in force.

    ``version`` is ``None`` where somebody decided that no model be served. ``automatic`` says that training promoted
    its result by the rule; otherwise a person chose.
    """

    privacy = {
        "id": "operational",
        "version": "operational",
        "promoted_at": "operational",
        "promoted_by": "operational",
        "automatic": "operational",
        "note": "operational",
    }

    version = models.ForeignKey(
        ModelVersion, models.PROTECT, null=True, related_name="promotions", verbose_name=_("model version")
    )
    promoted_at = models.DateTimeField(_("promoted"))
    promoted_by = models.CharField(_("promoted by"), max_length=150)
    automatic = models.BooleanField(_("by the rule"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.version_id or "-")[:12]
