"""What people who work here are told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing told to one person: in the admin, and by e-mail where they have an address and want it.

    The sentence is not here: ``kind`` and ``data`` are, and it is made in the language of whoever reads
    (:mod:`cms.notices.wording`). ``about`` names what it is about, so that nobody is told the same thing twice.
    ``mail_due`` says that an e-mail is still to be sent.
    """

    privacy = dict.fromkeys(
        ("id", "recipient", "kind", "about", "url", "data", "created_at", "read_at", "mail_due"), "operational"
    )

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["recipient", "read_at", "-id"], name="notice_by_recipient"),
            models.Index(fields=["mail_due"], condition=models.Q(mail_due=True), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
