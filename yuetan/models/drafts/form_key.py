"""The one-time keys of forms that were sent, so that sending a form twice does not do it twice."""

from __future__ import annotations

from django.db import models

from yuetan.rules.dates import clock

KEY_FIELD = "form_key"  # the hidden field of every form that changes something


class FormKey(models.Model):
    """One form that was sent and carried out: what was in it, and where its sender was led afterwards."""

    key = models.UUIDField()
    path = models.CharField(max_length=200)
    content_sha256 = models.CharField(max_length=64)
    sender = models.ForeignKey("yuetan.User", models.PROTECT, related_name="form_keys")
    led_to = models.CharField(max_length=2000, blank=True)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("key", "path"), name="a_form_is_sent_once"),)
        indexes = (models.Index(fields=("sent_at",)),)

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
