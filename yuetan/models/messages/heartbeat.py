"""Signs of life of what runs beside the site, and the jumps of the machine's clock that they make known."""

from __future__ import annotations

from django.db import models

from yuetan.rules.dates import clock


class Heartbeat(models.Model):
    """When a program beside the site was last at work; 待办 warns when that is some minutes ago."""

    program = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.program} {self.at:%Y-%m-%d %H:%M}"


class ClockJumpQuerySet(models.QuerySet["ClockJump"]):
    """Questions about all jumps."""

    def undecided(self) -> ClockJumpQuerySet:
        """Of which nobody has said yet that the time is right, the latest first."""
        return self.filter(confirmed_at=None, ended_at=None).order_by("-noticed_at")


class ClockJump(models.Model):
    """The clock went ahead further than time can have passed: nothing is sent before somebody says that it is right.

    `ended_at` is when it was found set back, by itself or by hand.
    """

    known_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ClockJumpQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-noticed_at",)

    def __str__(self) -> str:
        return f"{self.known_at:%Y-%m-%d %H:%M} → {self.noticed_at:%Y-%m-%d %H:%M}"
