"""Passwords that somebody has had, as hashes, so that none is used again too soon."""

from __future__ import annotations

from django.db import models

from yuetan.models.people.user import User
from yuetan.rules.dates import clock


class KeptPassword(models.Model):
    """One password of one person, as it was kept in the account."""

    person = models.ForeignKey(User, models.CASCADE, related_name="kept_passwords")
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("-set_at", "-id")

    def __str__(self) -> str:
        return f"{self.person}（{self.set_at:%Y-%m-%d}）"
