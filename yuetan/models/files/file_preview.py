"""An Office file as it is shown in a page: its PDF, made once for all rows that hold the same bytes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import FileKind

SHOWN_BY_LIBREOFFICE = (FileKind.DOCX, FileKind.XLSX)


class FilePreviewQuerySet(models.QuerySet["FilePreview"]):
    """Questions about many previews of files."""

    def waiting(self) -> FilePreviewQuerySet:
        """Neither made nor given up, the earliest first."""
        return self.filter(made_at=None, failed_at=None).order_by("asked_at")


class FilePreview(models.Model):
    """What was asked for, and the PDF or that there is none; who may see it is who may see a file of these bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10)
    file = models.FileField(upload_to="previews/%Y/%m/", blank=True)
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = FilePreviewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("asked_at",)
        indexes = (
            models.Index(fields=("asked_at",), condition=Q(made_at=None, failed_at=None), name="preview_waiting"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(made_at=None, file="") | (Q(made_at__isnull=False, failed_at=None) & ~Q(file="")),
                name="preview_made_has_its_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

    @property
    def is_waiting(self) -> bool:
        """Neither made nor given up."""
        return self.made_at is None and self.failed_at is None
