"""备份: each run of `manage.py backup`, with what came of it; 待办 of the administrator shows the last."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    """Questions about many runs."""

    def ended(self) -> BackupRunQuerySet:
        """That came to their end, well or not, the latest first."""
        return self.exclude(ended_at=None).order_by("-ended_at")

    def succeeded(self) -> BackupRunQuerySet:
        """Whose backup is whole, the latest first."""
        return self.ended().filter(problem="")


class BackupRun(models.Model):
    """One run; `folder` is where the backup lies, `sums_sha256` the digest of its file SHA256SUMS."""

    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    folder = models.CharField(max_length=400)
    encrypted = models.BooleanField(default=False)
    file_count = models.PositiveIntegerField(default=0)
    byte_count = models.PositiveBigIntegerField(default=0)
    added_byte_count = models.PositiveBigIntegerField(default=0)
    sums_sha256 = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=400, blank=True)

    objects = BackupRunQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-began_at", "-id")
        indexes = (models.Index(fields=("-ended_at",), name="backup_run_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(problem="", sums_sha256=""), name="a_whole_backup_has_its_list"
            ),
        )

    def __str__(self) -> str:
        return self.folder
