"""What checks found in everything, and which addresses answered: a report cannot check ten thousand bodies anew.

A thing's rows are replaced when its draft is saved, and by the job that goes through everything.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.taxonomy.api import LocalisedTextField


class CheckedThing(models.Model):
    """One course, module, variant or test item as it was last checked: the newest draft then, named by its revision."""

    class Kind(models.TextChoices):
        COURSE = "coursepage", _("course")
        MODULE = "module", _("module")
        VARIANT = "variant", _("variant")
        ITEM = "testitem", _("test item")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    thing = models.PositiveBigIntegerField()
    revision = models.PositiveBigIntegerField(null=True)  # a number, not a key: revisions are purged
    code = models.CharField(_("code"))
    title = LocalisedTextField(_("title"))
    owner = models.CharField(_("owner"), blank=True)
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing"], name="checked_once_a_thing")]

    def __str__(self) -> str:
        return str(self.code)


class NotedFinding(models.Model):
    """One thing that a check found: a code and the data of its sentence, which is made in the reader's language."""

    checked = models.ForeignKey(CheckedThing, models.CASCADE, related_name="findings")
    code = models.CharField(_("name of the check"), max_length=40, db_index=True)
    is_error = models.BooleanField(_("error"))
    place = models.CharField()
    fields = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.code)


class CheckedAddress(models.Model):
    """An address outside that some body leads to, and what it said when it was last asked (empty: it answered)."""

    address = models.CharField(unique=True)
    answer = models.CharField(blank=True)
    checked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.address)
