"""What the editorial screens remember: the background runs that check and publish."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishRun(models.Model):
    """One look at the live content, which may go on to publish it.

    A ``check`` compares what is live with the current release and stops there; a ``publish`` publishes it, provided
    that it is still the content (``seen``) on the parent (``parent``) that whoever pressed the button was shown. The
    release itself is not here: ``content`` is its id. Problems and changes are kept as codes and data; sentences are
    made when somebody looks. ``updated_at`` is the run's heartbeat.
    """

    class Kind(models.TextChoices):
        CHECK = "check", _("check")
        PUBLISH = "publish", _("publication")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CHANGED = "changed", _("content changed")
        FAILED = "failed", _("failed")

    FINISHED: ClassVar = (State.DONE, State.REFUSED, State.CHANGED, State.FAILED)

    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    actor = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    seen = models.CharField(max_length=64, blank=True)
    parent = models.CharField(max_length=64, blank=True)
    content = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=16, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    changes = models.JSONField(null=True)
    error = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("publication run")
        verbose_name_plural = _("publication runs")
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "state", "-id"], name="run_by_kind_and_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in self.FINISHED
