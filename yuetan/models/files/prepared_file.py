"""Files that take long to make (an exported ledger, many papers as one): asked for, made in the background, fetched."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock
from yuetan.vocabulary import PreparedKind

IS_WAITING = Q(ready_at__isnull=True, failed_at__isnull=True)


class PreparedFileQuerySet(models.QuerySet["PreparedFile"]):
    """Questions about all files that were asked for."""

    def waiting(self) -> PreparedFileQuerySet:
        """Neither ready nor given up, the earliest first; one that is being made is among them."""
        return self.filter(IS_WAITING).order_by("asked_at")


class PreparedFile(models.Model):
    """One file for one person. The row stays as the record of who took out what; the file is removed after some days.

    `arguments` says what the file is made of; `problems` what is not in it, or why there is none; `rights` what its
    maker was entitled to when it was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=20, choices=PreparedKind.choices)
    title = models.CharField("内容", max_length=200)
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="prepared_files")
    asked_by_title = models.CharField("职务", max_length=200, blank=True)
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField("已准备", default=0)
    total = models.PositiveIntegerField("共", null=True, blank=True)
    ready_at = models.DateTimeField("完成时间", null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)
    rights = models.CharField(max_length=64, blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    file = models.FileField(upload_to="prepared/%Y/%m/", blank=True)

    objects = PreparedFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(fields=("asked_by", "-asked_at", "-id"), name="prepared_of_person"),
            models.Index(fields=("asked_at",), name="prepared_waiting", condition=IS_WAITING),
            models.Index(fields=("ready_at",), name="prepared_kept", condition=~Q(file="")),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"

    @property
    def is_waiting(self) -> bool:
        """Neither ready nor given up."""
        return self.ready_at is None and self.failed_at is None
